"""The data of the staff page as HTML; everything from people or documents is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote, urlencode

from assistant.feedback.records import KeptAnswer, KeptQuestion, Sieve
from assistant.ui.staff.desk import Candidate, Period, RunReport
from assistant.ui.staff.door import PREFIX
from assistant.ui.staff.tables import Cell, Table, Tables, moment
from prompts.loader import Messages


class StaffRenderer:
    """Renders tables, details and links."""

    def __init__(self, say: Messages, tables: Tables) -> None:
        self._say = say
        self._tables = tables

    def head(self) -> str:
        """Return the masthead with the way out."""
        say = self._say
        return (
            f'<div class="staff-head"><div><h1>{escape(say("page.title"))}</h1>'
            f"<p>{escape(say('page.lead'))}</p></div>"
            f'<a class="quiet" href="/">{escape(say("page.back"))}</a>'
            f'<form method="post" action="{PREFIX}/logout"><button class="quiet">'
            f"{escape(say('page.logout'))}</button></form></div>"
        )

    def periods(self, periods: Sequence[Period]) -> str:
        """Return the overview."""
        names = ("asked", "answered", "unanswered", "outside", "up", "down")
        headings = (self._say("overview.period"), *(self._say(f"overview.{name}") for name in names))
        rows = tuple(
            (self._say(f"overview.{one.name}"), *(getattr(one, name) for name in names)) for one in periods
        )
        empty = "" if periods and periods[-1].asked else f"<p>{escape(self._say('overview.none'))}</p>"
        return table_html(Table(headings=headings, rows=rows), "figures") + empty

    def questions(self, questions: Sequence[KeptQuestion]) -> str:
        """Return a list of questions."""
        if not questions:
            return f'<p class="empty">{escape(self._say("filters.empty"))}</p>'
        return table_html(self._tables.questions(questions), "questions")

    def exports(self, what: str, sieve: Sieve | None = None) -> str:
        """Return links to a table as files."""
        chosen = {} if sieve is None else _query(sieve)
        query = f"?{escape(urlencode(chosen, doseq=True))}" if chosen else ""
        links = " ".join(
            f'<a class="quiet" href="{PREFIX}/export/{what}.{kind}{query}" download>'
            f"{escape(self._say(f'export.{kind}'))}</a>"
            for kind in ("csv", "xlsx")
        )
        return f'<p class="exports">{escape(self._say("export.label"))}:{links}</p>'

    def answer(self, kept: KeptAnswer) -> str:
        """Return everything known of a question."""
        say, vote = self._say, kept.vote
        turns = "".join(f"<li>{escape(turn)}</li>" for turn in kept.turns)
        said = (
            f'<pre class="said">{escape(vote.text)}</pre>'
            if vote
            else f"<p>{escape(say('detail.no_answer'))}</p>"
        )
        cited = "".join(
            f"<li><b>[{one.marker}]</b> 《{escape(one.title)}》 {escape(one.path)}"
            f"<blockquote>{escape(one.text)}</blockquote></li>"
            for one in (vote.sources if vote else ())
        ) or "".join(f"<li>{escape(one.clause_id)}</li>" for one in kept.citations)
        versions = say(
            "detail.version_line",
            app=kept.versions.app,
            corpus=kept.versions.corpus[:12],
            embedding=kept.versions.embedding,
            model=kept.versions.model or say("detail.no_model"),
        )
        return (
            self.questions([kept.question])
            + _part(say("detail.turns"), f"<ol>{turns}</ol>")
            + _part(say("detail.answer"), said)
            + _part(say("detail.citations"), f"<ul>{cited}</ul>")
            + _part(say("detail.versions"), f"<p>{escape(versions)}</p>")
            + f"<p>{escape(say('detail.candidate'))} <code>python -m eval golden add --from-feedback "
            f"{kept.question.number}</code></p>"
        )

    def candidates(self, candidates: Sequence[Candidate]) -> str:
        """Return the candidates for golden questions."""
        if not candidates:
            return f'<p class="empty">{escape(self._say("golden.empty"))}</p>'
        headings = tuple(self._say(f"columns.{name}") for name in ("id", "question", "note"))
        rows = tuple((one.id, one.question, one.note) for one in candidates)
        return table_html(Table(headings=headings, rows=rows), "candidates")

    def reports(self, runs: Sequence[RunReport]) -> str:
        """Return the evaluation runs with links to their reports."""
        if not runs:
            return f'<p class="empty">{escape(self._say("reports.empty"))}</p>'
        headings = "".join(
            f"<th>{escape(self._say(f'columns.{name}'))}</th>" for name in ("run", "made", "files")
        )
        rows = "".join(
            f"<tr><td>{escape(run.name)}</td><td>{moment(run.made)}</td><td>{_files(run)}</td></tr>"
            for run in runs
        )
        head = f"<thead><tr>{headings}</tr></thead>"
        return f'<div class="scroll"><table>{head}<tbody>{rows}</tbody></table></div>'


def table_html(table: Table, css: str) -> str:
    """Return a table, numbers to the right."""
    headings = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in table.headings)
    rows = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in table.rows)
    return (
        f'<div class="scroll" tabindex="0"><table class="{css}"><thead><tr>{headings}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"<td>{escape(cell)}</td>"
    return f'<td class="number">{cell}</td>'


def _part(heading: str, body: str) -> str:
    return f"<h4>{escape(heading)}</h4>{body}"


def _files(run: RunReport) -> str:
    return " ".join(
        f'<a href="{PREFIX}/reports/{quote(run.name, safe="")}/{quote(name)}" download>{escape(name)}</a>'
        for name in run.files
    )


def _query(sieve: Sieve) -> dict[str, list[str] | str]:
    query: dict[str, list[str] | str] = {"status": [status.value for status in sieve.statuses]}
    for name, value in (("since", sieve.since), ("until", sieve.until)):
        if value is not None:
            query[name] = value.isoformat()
    if sieve.verdict is not None:
        query["verdict"] = sieve.verdict.value
    if sieve.failing:
        query["failing"] = "1"
    if sieve.words:
        query["words"] = sieve.words
    return {name: value for name, value in query.items() if value}
