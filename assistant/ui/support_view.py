"""A matching as the page shows it: cards by grade, comparison, what to ask next. Everything is escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from assistant.support.markdown import MarkdownReport, described, sum_text
from assistant.support.matches import Grade, Match, Matching, Row, Source
from assistant.support.tables import COLUMNS, by_kind, cells
from assistant.support.ticking import State, Tick
from prompts.loader import Messages

_CSS = {Grade.DIRECT: "direct", Grade.POSSIBLE: "possible", Grade.DIRECTION: "direction", Grade.NOT: "not"}
_MARKS = {
    State.MET: ("✓", "met"),
    State.UNMET: ("✗", "unmet"),
    State.PAPERS: ("□", "papers"),
    State.CHECK: ("□", "papers"),
}
_GOVERNMENT = ".gov.cn"


class SupportView:
    """Renders matchings."""

    def __init__(self, messages: Messages) -> None:
        self._say = messages
        self._report = MarkdownReport(messages)

    def waiting(self) -> str:
        """Return what stands where the result will be."""
        return f'<p class="cards-hint">{escape(self._say("page.waiting"))}</p>'

    def note(self, text: str) -> str:
        """Return a calm remark on what was filled in."""
        return f'<p class="note" role="alert">{escape(text)}</p>'

    def result(self, matching: Matching) -> str:
        """Return the whole result."""
        parts = [self._head(matching)]
        parts += [f'<p class="calm">{escape(notice)}</p>' for notice in matching.notices]
        for grade in (Grade.DIRECT, Grade.POSSIBLE, Grade.DIRECTION):
            parts.append(self._group(grade, matching.graded(grade)))
        parts.append(self._table(matching))
        parts.append(self._folded(matching.graded(Grade.NOT)))
        parts.append(self._questions(matching.questions))
        parts.append(f'<p class="match-closing">{escape(matching.closing)}</p>')
        return f'<section class="match-result" aria-live="polite">{"".join(parts)}</section>'

    def _head(self, matching: Matching) -> str:
        facts = "".join(f"<li>{escape(fact)}</li>" for fact in described(matching, self._say))
        day = self._say("as_of", day=matching.day, count=len(matching.matches))
        encoded = b64encode(self._report.text(matching).encode("utf-8")).decode("ascii")
        return (
            f'<header class="match-head"><h3>{escape(self._say("title"))}</h3>'
            f'<p class="match-day">{escape(day)}</p>'
            f'<ul class="match-facts" aria-label="{escape(self._say("own"))}">{facts}</ul>'
            f'<p class="match-tools"><button type="button" class="quiet" data-print="match">'
            f"{escape(self._say('page.print'))}</button>"
            f'<a class="quiet" download="{escape(self._say("page.file"))}" '
            f'href="data:text/markdown;charset=utf-8;base64,{encoded}">{escape(self._say("page.download"))}</a>'
            f"</p></header>"
        )

    def _group(self, grade: Grade, matches: Sequence[Match]) -> str:
        if not matches:
            return ""
        cards = "".join(self._card(match) for match in matches)
        return f'<h4 class="match-grade">{escape(grade.value)}({len(matches)})</h4>{cards}'

    def _folded(self, matches: Sequence[Match]) -> str:
        if not matches:
            return ""
        summary = self._say("page.folded", count=len(matches))
        cards = "".join(self._card(match) for match in matches)
        return f'<details class="match-folded"><summary>{escape(summary)}</summary>{cards}</details>'

    def _card(self, match: Match) -> str:
        offer = f"「{match.offer}」" if match.quoted else match.offer
        facts = [("offer", offer), ("amount", match.amount), ("cap", match.cap)]
        facts += [("sum", sum_text(match, self._say)), ("level", f"{match.level},{match.region}")]
        facts += [("validity", match.validity), ("agency", match.agency), ("next", match.next_step)]
        rows = "".join(
            f"<div><dt>{escape(self._say(f'fact.{key}'))}</dt><dd>{escape(value)}</dd></div>"
            for key, value in facts
            if value
        )
        return (
            f'<article class="match-card match-{_CSS[match.grade]}"><h5>{escape(match.topic)}'
            f'<span class="match-badge">{escape(match.grade.value)}</span></h5>'
            f'<p class="match-reason">{escape(match.reason)}</p><dl>{rows}</dl>'
            f"{self._ticks(match)}{self._source(match.source)}</article>"
        )

    def _ticks(self, match: Match) -> str:
        if not match.ticks:
            return ""
        items = "".join(self._tick(tick) for tick in match.ticks)
        label = escape(self._say("page.conditions"))
        return f'<p class="match-label">{label}</p><ul class="match-ticks">{items}</ul>'

    def _tick(self, tick: Tick) -> str:
        mark, css = _MARKS[tick.state]
        why = f"<small>{escape(tick.why)}</small>" if tick.why else ""
        return (
            f'<li class="tick-{css}"><span aria-hidden="true">{mark}</span>'
            f"<b>{escape(tick.state.value)}</b>{escape(tick.text)}{why}</li>"
        )

    def _source(self, source: Source) -> str:
        number = f"({source.number})" if source.number else ""
        kind = self._say("page.excerpt" if source.is_excerpt else "page.quote")
        where = f"《{source.title}》{number} {source.place}"
        return (
            f'<div class="match-source"><p>{escape(where)}<span>{escape(kind)}</span></p>'
            f"{self._link(source)}</div>"
        )

    def _link(self, source: Source) -> str:
        if source.url is None:
            return f"<p>{escape(self._say('cite.no_link'))}</p>" if source.is_excerpt else ""
        parts = urlsplit(source.url)
        if parts.scheme not in ("http", "https"):
            return ""
        official = (parts.hostname or "").endswith(_GOVERNMENT)
        label = self._say("page.link" if official else "page.reprint")
        address = escape(source.url)
        link = f'<a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>'
        return f"<p>{escape(label)}:{link}</p>"

    def _table(self, matching: Matching) -> str:
        if not matching.rows:
            return ""
        title = self._say("compare.title", places="、".join(matching.profile.compare))
        head = "".join(f'<th scope="col">{escape(self._say(f"column.{name}"))}</th>' for name in COLUMNS)
        tables = "".join(
            f'<p class="match-label">{escape(kind)}</p><div class="match-table"><table>'
            f"<thead><tr>{head}</tr></thead><tbody>{_body(rows)}</tbody></table></div>"
            for kind, rows in by_kind(matching.rows).items()
        )
        caution = escape(self._say("compare.caution"))
        return f'<h4 class="match-grade">{escape(title)}</h4>{tables}<p class="calm">{caution}</p>'

    def _questions(self, questions: Sequence[str]) -> str:
        if not questions:
            return ""
        items = "".join(f"<li>{escape(question)}</li>" for question in questions)
        title = escape(self._say("page.questions"))
        return f'<div class="match-ask"><p>{title}</p><ul>{items}</ul></div>'


def _body(rows: Sequence[Row]) -> str:
    return "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells(row)) + "</tr>" for row in rows
    )
