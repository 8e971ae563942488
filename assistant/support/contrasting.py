"""Answers who compares places without describing an enterprise: 湖州和桐乡的投资奖励哪个高."""

from __future__ import annotations

import re
from datetime import date

from assistant.models import Answer, Status
from assistant.normalizing import normalize
from assistant.support.desk import Desk
from assistant.support.sources import cited
from assistant.support.tables import chat_tables
from prompts.loader import Messages

_COMPARES = re.compile(
    "(?:哪个|哪边|哪里|哪家|哪座|谁)[^,。?]{0,6}[高多好强大]|划算|各(?:补|给|奖|有|是|自|能|多)|分别"
    "|比(?!例|如|重|赛|率)|区别|差别|差多少|不同|对照"
)
_OF_MONEY = re.compile("补|奖|券|资助|扶持|优惠|贴息|政策|支持|上限|比例|多少")
_SEVERAL = 2


class Contraster:
    """Lays the measures of two or more places side by side, each kind in a table of its own."""

    def __init__(self, desk: Desk, messages: Messages) -> None:
        self._desk = desk
        self._say = messages

    def contrast(self, text: str, day: date) -> Answer | None:
        """Return the tables for a question that compares places by what they give; None for any other.

        None, too, where nothing is held of any other place that it names.
        """
        plain = normalize(text)
        if not (_COMPARES.search(plain) and _OF_MONEY.search(plain)):
            return None
        places, needs = self._desk.reader.places_in(text), self._desk.reader.needs_in(text)
        if len(places) < _SEVERAL or not needs:
            return None
        rows = self._desk.compare(needs, places, day)
        if not any(row.source and row.source.is_excerpt for row in rows):
            return None
        sources = {row.source.clause_id: row.source for row in rows if row.source}
        markers = {clause_id: marker for marker, clause_id in enumerate(sources, start=1)}
        return Answer(
            status=Status.ANSWERED,
            text="\n\n".join(
                [
                    self._say("contrast.lead", places="、".join(places), day=day.isoformat()),
                    *chat_tables(rows, markers, self._say),
                    self._say("contrast.caution"),
                ]
            ),
            citations=tuple(cited(markers[key], source) for key, source in sources.items()),
            notices=(self._say("chat.excerpts"), self._say("closing")),
        )
