"""Marks what an answer may not rest on: money out of texts without force, texts of different levels."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.composing.context import Context
from assistant.dates import AskedDay
from assistant.labels import labels_of
from assistant.ledger import Ledger
from assistant.models import Draft, Sentence, SentenceKind, Status
from vectorstore.models import Document

_SUPPORT = "补贴|补助|奖励|奖金|资助|奖补|贴息|贴补|扶持|减免|返还|补偿|给予|支持|兑现|免费|优惠"
_AMOUNT = (
    r"[0-9][0-9,.]*\s*(?:亿|千万|百万|万|千|百)?元|[0-9.]+\s*%|百分之[零一二三四五六七八九十百]+"
    "|[一二两三四五六七八九十百千]+(?:万|亿|千)?元"
)
_PROMISE = re.compile(f"(?:{_SUPPORT})[^。;!?\n]*?(?:{_AMOUNT})|(?:{_AMOUNT})[^。;!?\n]*?(?:{_SUPPORT})")
_FEW_LEVELS = 4


def promises_money(text: str) -> bool:
    """Whether a sentence tells of support with a sum or a rate."""
    return bool(_PROMISE.search(text))


class Marker:
    """Adds to a draft the remarks that its sources demand."""

    def __init__(self, context: Context, ledger: Ledger) -> None:
        self._say = context.messages
        self._ledger = ledger
        self._labels = labels_of(ledger.by_document.values())

    def mark(self, draft: Draft, asked: AskedDay) -> Draft:
        """Return the draft, with a remark where money is told from a text without force, or levels differ.

        What was not yet out on the day asked is said first.
        """
        if draft.status not in (Status.ANSWERED, Status.UNSPECIFIED):
            return draft
        notes = [*self._no_ground(draft.sentences, asked), *self._levels(draft.sentences)]
        added = tuple(Sentence(kind=SentenceKind.NOTE, text=text) for text in notes)
        first = tuple(
            Sentence(kind=SentenceKind.NOTE, text=text) for text in self._not_yet(draft.sentences, asked)
        )
        whole = first + draft.sentences + added
        return draft.model_copy(update={"sentences": whole}) if first or added else draft

    def _not_yet(self, sentences: Iterable[Sentence], asked: AskedDay) -> list[str]:
        """Return what is said of cited documents that did not exist yet on the day asked."""
        found = {
            self._labels[one.document_id]: self._ledger.standing.on(one.document_id, asked.day).not_before
            for one in self._cited(sentences)
        }
        return [
            self._say("validity.not_yet", label=label, day=asked.day.isoformat(), since=since)
            for label, since in found.items()
            if since
        ]

    def _no_ground(self, sentences: Iterable[Sentence], asked: AskedDay) -> list[str]:
        promising = [one for one in sentences if promises_money(one.text)]
        day = asked.day
        return [
            self._say(
                "validity.no_ground",
                label=self._labels[document.document_id],
                day=day.isoformat(),
                standing=self._ledger.standing.on(document.document_id, day).standing.value,
            )
            for document in self._cited(promising)
            if document.is_draft or self._ledger.standing.on(document.document_id, day).lacks_force
        ]

    def _levels(self, sentences: Iterable[Sentence]) -> list[str]:
        """Return what is said where official texts of different levels are quoted side by side."""
        quoting = [one for one in sentences if one.kind is SentenceKind.QUOTE]
        documents = [one for one in self._cited(quoting) if one.level and not one.is_draft][:_FEW_LEVELS]
        if len({document.level for document in documents}) < 2:
            return []
        parts = [f"{self._labels[one.document_id]}是{one.level}级文件" for one in documents]
        return [self._say("validity.levels", levels="、".join(parts))]

    def _cited(self, sentences: Iterable[Sentence]) -> list[Document]:
        ids = dict.fromkeys(clause_id.rsplit(":", 1)[0] for one in sentences for clause_id in one.clause_ids)
        return [self._ledger.by_document[one] for one in ids if one in self._ledger.by_document]
