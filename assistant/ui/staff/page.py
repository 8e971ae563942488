"""The staff page: components, their places and which event leads where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import gradio as gr

from assistant.feedback.errors import UnknownQuestionError
from assistant.feedback.records import Sieve, Verdict
from assistant.models import Status
from assistant.ui.settings import UiSettings
from assistant.ui.staff.desk import StaffDesk
from assistant.ui.staff.rendering import StaffRenderer, table_html
from assistant.ui.staff.tables import Tables
from assistant.ui.texts import UiTexts
from prompts.loader import Messages

_PLACE = ZoneInfo("Asia/Shanghai")
_LARGEST_NUMBER = 2**31 - 1
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def build_staff_page(
    desk: StaffDesk, tables: Tables, say: Messages, texts: UiTexts, settings: UiSettings
) -> gr.Blocks:
    """Return the staff page; it shows nothing by itself, every event asks the desk."""
    page: gr.Blocks = gr.Blocks(title=say("page.title"), analytics_enabled=False, fill_width=True)
    with page:
        _StaffParts(desk, StaffRenderer(say, tables), tables, say, texts).connect(page)
    page.queue(api_open=False, max_size=settings.queue_size, default_concurrency_limit=2)
    return page


class _StaffParts:
    """The tabs of the page."""

    def __init__(
        self, desk: StaffDesk, renderer: StaffRenderer, tables: Tables, say: Messages, texts: UiTexts
    ) -> None:
        self._desk = desk
        self._renderer = renderer
        self._tables = tables
        self._say = say
        _html(renderer.head(), "staff-head")
        with gr.Tabs(elem_id="staff-tabs"):
            with gr.Tab(say("tabs.overview")):
                self.periods = _html("")
                _html(f"<h3>{say('overview.failing')}</h3>")
                self.failing = _html("", "failing")
            with gr.Tab(say("tabs.questions")):
                self._questions_tab(texts)
            self.lazy = [
                self._lazy_tab("subjects", self._subjects),
                self._lazy_tab("gaps", self._gaps),
                self._lazy_tab("golden", self._candidates),
                self._lazy_tab("reports", self._reports),
            ]

    def connect(self, page: gr.Blocks) -> None:
        """Register every event of the page."""
        listed = [self.list, self.place, self.offset, self.note, self.exports]
        page.load(self._open, None, [self.periods, self.failing, *listed], **_QUIET)
        chosen = [self.status, self.verdict, self.only_failing, self.words, self.since, self.until]
        gr.on([self.search.click, self.words.submit], self._first, chosen, listed, **_QUIET)
        size = self._desk.settings.page_size
        for button, step in ((self.before, -size), (self.after, size)):
            button.click(self._turn(step), [*chosen, self.offset], listed, **_QUIET)
        gr.on([self.show.click, self.number.submit], self._detail, [self.number], [self.detail], **_QUIET)
        for tab, view, render in self.lazy:
            tab.select(render, None, [view], **_QUIET)

    def _questions_tab(self, texts: UiTexts) -> None:
        say = self._say
        every = [(say("filters.all"), "")]
        statuses = every + [(texts.statuses[status], status.value) for status in Status]
        verdicts = every + [(say(f"verdicts.{one.value}"), one.value) for one in Verdict]
        with gr.Row(elem_id="filters"):
            self.status = gr.Dropdown(statuses, value="", label=say("filters.status"), min_width=140)
            self.verdict = gr.Dropdown(verdicts, value="", label=say("filters.verdict"), min_width=120)
            self.since = gr.Textbox(label=say("filters.since"), max_length=10, min_width=130)
            self.until = gr.Textbox(label=say("filters.until"), max_length=10, min_width=130)
            self.words = gr.Textbox(label=say("filters.words"), max_length=100, min_width=160)
            self.only_failing = gr.Checkbox(label=say("filters.failing"), min_width=160)
            self.search = gr.Button(say("filters.search"), variant="primary", min_width=80)
        self.note = _html("")
        self.exports = _html("")
        self.list = _html("", "questions")
        self.offset = gr.State(0)
        with gr.Row(elem_id="paging"):
            self.before = gr.Button(say("filters.before"), min_width=80, size="sm")
            self.place = _html("")
            self.after = gr.Button(say("filters.after"), min_width=80, size="sm")
        with gr.Row(elem_id="open"):
            self.number = gr.Number(label=say("detail.open"), precision=0, minimum=1, min_width=120)
            self.show = gr.Button(say("detail.show"), min_width=80)
        self.detail = _html("", "detail")

    def _lazy_tab(self, name: str, render: Callable[[], str]) -> tuple[gr.Tab, gr.HTML, Callable[[], str]]:
        with gr.Tab(self._say(f"tabs.{name}")) as tab:
            view = _html(f'<p class="empty">{self._say("page.working")}</p>', f"tab-{name}")
        return tab, view, render

    def _open(self) -> tuple[Any, ...]:
        opening = self._desk.opening()
        self._desk.prepare()
        failing = self._renderer.questions(opening.failing.questions)
        return (self._renderer.periods(opening.periods), failing, *self._first("", "", False, "", "", ""))

    def _first(self, *chosen: Any) -> tuple[Any, ...]:
        return self._listed(0, *chosen)

    def _turn(self, step: int) -> Callable[..., tuple[Any, ...]]:
        def turn(*chosen: Any) -> tuple[Any, ...]:
            return self._listed(max(0, int(chosen[-1] or 0) + step), *chosen[:-1])

        return turn

    def _listed(
        self, offset: int, status: str, verdict: str, failing: bool, words: str, since: str, until: str
    ) -> tuple[Any, ...]:
        note, first, end = "", None, None
        try:
            first, end = _day(since), _day(until)
        except ValueError:
            note = self._say("filters.bad_date")
        sieve = Sieve(
            statuses=(Status(status),) if status else (), verdict=Verdict(verdict) if verdict else None,
            failing=bool(failing), words=(words or "").strip()[:100], since=first,
            until=end,
        )  # fmt: skip
        found = self._desk.questions(sieve, offset)
        if not found.questions and offset:
            offset = max(0, offset - self._desk.settings.page_size)
            found = self._desk.questions(sieve, offset)
        last = offset + len(found.questions)
        place = self._say("filters.place", first=min(offset + 1, last), last=last, total=found.total)
        noted = f'<p class="note" role="alert">{note}</p>' if note else ""
        exports = self._renderer.exports("questions", sieve)
        return self._renderer.questions(found.questions), f"<p>{place}</p>", offset, noted, exports

    def _detail(self, number: float | None) -> str:
        try:
            if number is None or not 1 <= number <= _LARGEST_NUMBER:
                raise UnknownQuestionError(self._say("detail.unknown"))
            return self._renderer.answer(self._desk.answer(int(number)))
        except UnknownQuestionError:
            return f'<p class="note" role="alert">{self._say("detail.unknown")}</p>'

    def _subjects(self) -> str:
        found, weeks = self._desk.subjects(), self._desk.settings.hot_weeks
        if not found:
            return self._empty("subjects", weeks=weeks)
        lead = self._say("subjects.lead", weeks=weeks, n=sum(subject.n for subject in found))
        table = table_html(self._tables.subjects(found), "subjects")
        return f"<p>{lead}</p>{self._renderer.exports('subjects')}{table}"

    def _gaps(self) -> str:
        found, weeks = self._desk.gaps(), self._desk.settings.hot_weeks
        if not found:
            return self._empty("gaps", weeks=weeks)
        table = table_html(self._tables.gaps(found), "gaps")
        return f"<p>{self._say('gaps.lead', weeks=weeks)}</p>{self._renderer.exports('gaps')}{table}"

    def _candidates(self) -> str:
        lead = self._say("golden.lead", file=self._desk.candidates_file.name)
        return f"<p>{lead}</p>{self._renderer.candidates(self._desk.candidates())}"

    def _reports(self) -> str:
        lead = self._say("reports.lead", folder=self._desk.settings.reports_dir)
        return f"<p>{lead}</p>{self._renderer.reports(self._desk.reports())}"

    def _empty(self, name: str, **values: object) -> str:
        return f'<p class="empty">{self._say(f"{name}.empty", **values)}</p>'


def _html(value: str, elem_id: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, js_on_load=None, apply_default_css=False)


def _day(text: str | None) -> datetime | None:
    """Return the beginning of a day in Huzhou, None for an empty text."""
    if not text or not text.strip():
        return None
    return datetime.strptime(text.strip(), "%Y-%m-%d").replace(tzinfo=_PLACE)
