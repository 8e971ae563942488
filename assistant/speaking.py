"""Says in English, before an answer to an English question, that the texts are in Chinese."""

from __future__ import annotations

from assistant.models import Draft, Sentence, SentenceKind, Status
from prompts.loader import Messages

_ENGLISH = "en"
_ANSWERS = frozenset({Status.ANSWERED, Status.UNSPECIFIED})


def introduced(draft: Draft, language: str, say: Messages) -> Draft:
    """Return a draft that begins in the asker's language where that is English."""
    if language != _ENGLISH:
        return draft
    key = "english.answered" if draft.status in _ANSWERS else "english.refused"
    first = Sentence(kind=SentenceKind.NOTE, text=say(key))
    return draft.model_copy(update={"sentences": (first, *draft.sentences)})
