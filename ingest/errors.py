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
├── UnknownSourceError      no source of that id in sources.yaml
├── SourceFaultError        a source could not be had from its site
│   └── SourceVanishedError     its page is gone
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


class UnknownSourceError(IngestError):
    """sources.yaml holds no source of the id asked for."""


class SourceFaultError(IngestError):
    """A source could not be had from its site; its last snapshot stays.

    Attributes:
        passing: whether another try may help.
        wait_s: seconds that the site asks to wait before it.
        http_status: what the site answered, where it did.
    """

    def __init__(
        self, line: str, *, passing: bool = False, wait_s: float = 0.0, http_status: int | None = None
    ) -> None:
        """Take the line for people."""
        super().__init__(line)
        self.passing = passing
        self.wait_s = wait_s
        self.http_status = http_status


class SourceVanishedError(SourceFaultError):
    """The site says that the page is gone (404, 410)."""


class UnwritableFileError(IngestError):
    """A file that a command is to write cannot be written."""


class SettingsError(IngestError):
    """A setting is misspelt or has the wrong type."""
