"""Faults of the assistant.

AssistantError
├── LexiconError      a lexicon file is missing or malformed
├── RouterError       the router's weights are missing or do not fit
├── ModelError        a chat model is down, slow or malformed
├── BatchError        a batch input file cannot be read
└── ProfileError      a profile of an enterprise cannot be read
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of the assistant's faults; the text says what happened, to what, and what to do."""


class LexiconError(AssistantError):
    """A lexicon file is missing or malformed."""


class RouterError(AssistantError):
    """The router's weights are missing or do not fit."""


class ModelError(AssistantError):
    """A chat model is down, slow or malformed."""


class BatchError(AssistantError):
    """A batch input file cannot be read."""


class ProfileError(AssistantError):
    """A profile of an enterprise cannot be read, or a field of it does not fit."""
