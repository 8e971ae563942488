"""Errors of the chat page.

UiError
├── TextsError             the file of labels is missing, unreadable or incomplete
├── PortTakenError         the address to listen on is in use or not ours
└── IncompleteAnswerError  an answer that was asked for by a program ended before it was whole
"""

from __future__ import annotations


class UiError(Exception):
    """The page cannot be built or served."""


class TextsError(UiError):
    """The labels of the page cannot be read."""


class PortTakenError(UiError):
    """The page cannot listen on its address."""


class IncompleteAnswerError(UiError):
    """An answer ended before it was whole."""
