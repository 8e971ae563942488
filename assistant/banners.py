"""What an answer says of each document it cites: whether it holds on the day asked, and how that is known."""

from __future__ import annotations

from datetime import date

from assistant.composing.context import Context
from assistant.labels import labels_of, titles_of
from assistant.ledger import Ledger
from vectorstore.models import Document
from vectorstore.standing import INFERRED, StandingOn
from vectorstore.validity import Standing

_ENDED = {Standing.LAPSED: "notice.lapsed", Standing.REPEALED: "notice.repealed"}


class Banners:
    """Words the standing of documents."""

    def __init__(self, context: Context, ledger: Ledger) -> None:
        self._say = context.messages
        self._ledger = ledger
        self.labels = labels_of(ledger.by_document.values())
        """How each document is called in a sentence, by id."""
        self.titles = titles_of(ledger.by_document.values())
        """How it is called where no marks stand around a title, by id."""

    def banner(self, document: Document, day: date) -> str:
        """Return what people must know of how a document stands on a day, and of text read from pictures."""
        return self._dated(document, day) + self._recognised(document)

    def _dated(self, document: Document, day: date) -> str:
        """Return how it stands on a day; first, if it was not yet out."""
        found = self._ledger.standing.on(document.document_id, day)
        if not found.not_before:
            return self._standing(document, found, day)
        label = self.labels[document.document_id]
        said = self._say("notice.unpublished", label=label, day=day.isoformat(), since=found.not_before)
        return said + self._standing(document, found, day) if document.is_draft else said

    def _recognised(self, document: Document) -> str:
        """Return that its text was recognised from pictures and may be wrong, with how surely; else ''."""
        seen = document.recognition
        if seen is None:
            return ""
        said = self._say("notice.recognised", percent=f"{int(1000 * seen.confidence) / 10:g}")
        return said + (self._say("notice.recognised_doubtful", count=seen.doubtful) if seen.doubtful else "")

    def _standing(self, document: Document, found: StandingOn, day: date) -> str:
        if document.is_draft:
            key = "notice.draft" if document.comment_deadline else "notice.draft_no_deadline"
            return self._say(key, title=document.title, deadline=document.comment_deadline or "")
        if found.standing is Standing.UNMARKED:
            return self._say("notice.unmarked", title=document.title)
        key, since = self._key(found)
        basis = found.basis.removeprefix(INFERRED) if key == "notice.inferred" else found.basis
        values = {"label": self.labels[document.document_id], "day": day.isoformat(), "basis": basis}
        by = self.labels.get(found.superseded_by or "", "")
        return self._say(key, **values, since=since, by=by)

    def was_out(self, document: Document, day: date) -> bool:
        """Whether a document existed on a day, as far as its dates tell."""
        return self._ledger.standing.on(document.document_id, day).not_before is None

    def _key(self, found: StandingOn) -> tuple[str, str]:
        since = found.since or ""
        if found.standing in _ENDED:
            return _ENDED[found.standing] + ("_since" if since else ""), since
        if found.standing is Standing.PENDING:
            return "notice.pending", since
        if found.standing is Standing.AMENDED:
            return ("notice.superseded" if found.superseded_by else "notice.amended"), since
        return ("notice.inferred" if found.inferred else "notice.in_force"), since
