"""Faults of ingest; every message names the file, says what is wrong and what to do.

IngestError
├── BadInputError           a file that cannot be taken in (exit code 2)
│   ├── UnreadableFileError     missing, directory, empty, binary, too large, unknown encoding
│   │   ├── UnsafeFileError         built to harm: zip bomb, entities, paths that lead outside, depth
│   │   └── ReaderFaultError        its reader hung, died, or needed more memory than it may take
│   ├── NoClauseError           readable, but without a numbered clause
│   └── TreeMismatchError       the clause tree does not give the text back
├── ChatModelError          no chat model to draft with, or it does not reply as agreed
├── UnknownDocumentError    no document of that id in the index
├── UnwritableFileError     a file that is to be written cannot be
└── SettingsError           a misspelt or ill-typed setting
"""

from __future__ import annotations


class IngestError(Exception):
    """Base of all faults that ingest raises; `str()` is one line for people."""


class BadInputError(IngestError):
    """A file that cannot be taken in; the index stays as it was."""


class UnreadableFileError(BadInputError):
    """The file's bytes could not be had or are not text."""


class UnsafeFileError(UnreadableFileError):
    """The file is built to harm whoever opens it."""


class ReaderFaultError(UnreadableFileError):
    """The process that read the file hung, died or ran out of memory."""


class NoClauseError(BadInputError):
    """The text holds no numbered clause or heading."""


class TreeMismatchError(BadInputError):
    """The clause tree does not give the document back character for character."""


class ChatModelError(IngestError):
    """No chat model is configured to draft with, or it does not reply as agreed."""


class UnknownDocumentError(IngestError):
    """The index holds no document of the id asked for."""


class UnwritableFileError(IngestError):
    """A file that a command is to write cannot be written."""


class SettingsError(IngestError):
    """A setting is misspelt or has the wrong type."""
