"""The page 惠企匹配: a short form, the result, a field for what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import gradio as gr
from gradio.components import Component, Navbar

from assistant.ui.settings import UiSettings
from assistant.ui.support_form import Filled, Shown, SupportForm
from prompts.loader import Messages

PATH = "match"
"""Under which address the page stands, behind the chat page's."""


def add_support_page(page: gr.Blocks, form: SupportForm, head: str, settings: UiSettings) -> None:
    """Add the page to the pages of the server; `head` is the masthead that all pages share."""
    messages = form.messages
    with page.route(messages("page.name"), PATH):
        Navbar(visible=False)
        _html(head, elem_id="masthead")
        _html(navigation(messages, PATH), elem_id="pages")
        _SupportPage(form, messages, settings).connect()


def navigation(messages: Messages, current: str) -> str:
    """Return the links between the pages of visitors."""
    entries = (("", "/", messages("page.chat")), (PATH, f"/{PATH}", messages("page.name")))
    here = ' aria-current="page"'
    links = "".join(
        f'<a href="{address}"{here if name == current else ""}>{escape(label)}</a>'
        for name, address, label in entries
    )
    return f'<nav class="pages">{links}</nav>'


def _html(value: str, elem_id: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, js_on_load=None, apply_default_css=False)


class _SupportPage:
    """The components of the page, and what leads where."""

    def __init__(self, form: SupportForm, messages: Messages, settings: UiSettings) -> None:
        self._form = form
        self._settings = settings
        say = messages
        with gr.Row(elem_id="match-desk"):
            with gr.Column(elem_id="match-form", min_width=0, scale=2):
                _html(
                    f"<h2>{escape(say('page.heading'))}</h2><p>{escape(say('page.intro'))}</p>"
                    f'<p class="privacy">{escape(say("page.privacy"))}</p>'
                )
                self.fields = self._fields(say)
                with gr.Row(elem_id="match-actions"):
                    self.submit = gr.Button(say("page.submit"), variant="primary", elem_id="match-submit")
                    self.again = gr.Button(say("page.again"), elem_id="match-again")
            with gr.Column(elem_id="match-shown", min_width=0, scale=3):
                self.result = _html(form.view.waiting(), elem_id="match-result")
                with gr.Row(elem_id="match-more", visible=False) as self.asking:
                    self.more = gr.Textbox(
                        label=say("page.more"), placeholder=say("page.more_hint"), lines=1, max_lines=3,
                        elem_id="match-more-text",
                    )  # fmt: skip
                    self.more_submit = gr.Button(say("page.more_submit"), elem_id="match-more-submit")

    def _fields(self, say: Messages) -> list[Component]:
        form = self._form
        return [
            gr.Dropdown(
                list(form.districts()), value=None, label=say("page.district"), elem_id="match-district"
            ),
            gr.Textbox(
                label=say("page.industry"), placeholder=say("page.industry_hint"), lines=1, max_lines=2,
                elem_id="match-industry",
            ),
            gr.Radio(list(form.sizes()), value=None, label=say("page.size"), elem_id="match-size"),
            gr.CheckboxGroup(
                list(form.certifications()), label=say("page.certifications"), elem_id="match-certifications"
            ),
            gr.CheckboxGroup(list(form.needs()), label=say("page.needs"), elem_id="match-needs"),
            gr.Textbox(
                label=say("page.text"), placeholder=say("page.text_hint"), lines=3, max_lines=8,
                elem_id="match-text",
            ),
        ]  # fmt: skip

    def connect(self) -> None:
        """Register the events."""
        quiet: dict[str, Any] = {
            "show_progress": "hidden",
            "api_visibility": "private",
            "concurrency_limit": self._settings.concurrency,
        }
        outputs = [self.result, self.fields[-1], self.asking, self.more]
        self.submit.click(self._match, self.fields, outputs, **quiet)
        adding = [self.more, *self.fields]
        gr.on([self.more_submit.click, self.more.submit], self._add, adding, outputs, **quiet)
        self.again.click(self._clear, None, [*self.fields, self.result, self.asking, self.more], **quiet)

    def _match(self, *values: Any) -> list[Any]:
        return self._shown(self._form.match(_filled(values)))

    def _add(self, more: str | None, *values: Any) -> list[Any]:
        return self._shown(self._form.match(_filled(values), more or ""))

    def _shown(self, shown: Shown) -> list[Any]:
        return [shown.result, shown.text, gr.Row(visible=shown.asks), ""]

    def _clear(self) -> list[Any]:
        empty: list[Any] = [None, "", None, [], [], ""]
        return [*empty, self._form.view.waiting(), gr.Row(visible=False), ""]


def _filled(values: Sequence[Any]) -> Filled:
    """Return what the fields hold, in the order of `_fields`."""
    district, industry, size, certifications, needs, text = values
    return Filled(
        district=district or None,
        industry=industry or "",
        size=size or None,
        certifications=tuple(certifications or ()),
        needs=tuple(needs or ()),
        text=text or "",
    )
