"""What can go wrong with what people asked.

FeedbackError
├── FeedbackStoreError     the database cannot be opened, migrated, read or written
└── UnknownQuestionError   no kept question has this number
"""

from __future__ import annotations

from assistant.errors import AssistantError


class FeedbackError(AssistantError):
    """Base of the faults of kept questions and votes; its message says what happened and what to do."""


class FeedbackStoreError(FeedbackError):
    """The database cannot be opened, migrated, read or written."""


class UnknownQuestionError(FeedbackError):
    """No kept question has this number."""
