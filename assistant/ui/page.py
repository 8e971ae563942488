"""The chat page: components, their places and which event leads where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import gradio as gr
from gradio.components import Component, Navbar

from assistant.feedback.records import Reason, Verdict
from assistant.feedback.settings import FeedbackSettings
from assistant.models import Audience
from assistant.ui.cards import CardRenderer
from assistant.ui.dialogue import Dialogue, View
from assistant.ui.frame import header
from assistant.ui.ports import AnswerKeeper, Assistant, DocumentBanner
from assistant.ui.rating import RatingParts
from assistant.ui.rendering import banner, privacy_note, welcome
from assistant.ui.settings import UiSettings
from assistant.ui.state import Conversation, LiveAnswer
from assistant.ui.support_form import SupportForm
from assistant.ui.support_page import add_support_page, navigation
from assistant.ui.texts import UiTexts, load_texts

_EXAMPLES = 6
_STORAGE_KEY = "huxz-conversation"
# BrowserState scrambles what it stores; a fixed word, so that a conversation outlives a restart of the
# server. It guards nothing: key and conversation both lie in the visitor's own browser.
_STORAGE_WORD = "huxz-local-store"
_MARK_RESTORED = "() => { document.documentElement.dataset.restored = 'true'; }"

Updates = dict[Component, Any]


def build_page(
    assistant: Assistant,
    documents: Sequence[DocumentBanner],
    settings: UiSettings,
    texts: UiTexts | None = None,
    keeper: AnswerKeeper | None = None,
    support: SupportForm | None = None,
) -> gr.Blocks:
    """Return the page; `serve` shows it. Without `texts` the shipped ones are used.

    Without `keeper` nothing is kept, and nobody is asked whether an answer helped. With `support` there is
    a second page, 惠企匹配.
    """
    words = texts or load_texts()
    page: gr.Blocks = gr.Blocks(title=words.title, analytics_enabled=False, fill_width=True)
    with page:
        Navbar(visible=False)
        pages = navigation(support.messages, "") if support else ""
        parts = _Parts(documents, settings, words, keeper.settings if keeper else None, pages)
        _Wiring(parts, Dialogue(assistant, settings, words, keeper), settings, words).connect(page)
    if support:
        add_support_page(page, support, header(words, settings), settings)
    page.queue(api_open=False, max_size=settings.queue_size, default_concurrency_limit=settings.concurrency)
    return page


class _Parts:
    """The components, laid out in the order in which they are read."""

    def __init__(
        self,
        documents: Sequence[DocumentBanner],
        settings: UiSettings,
        texts: UiTexts,
        kept: FeedbackSettings | None,
        pages: str = "",
    ) -> None:
        self._kept = kept
        self.store = gr.BrowserState(Conversation().stored(), storage_key=_STORAGE_KEY, secret=_STORAGE_WORD)
        self.live = gr.State(LiveAnswer())
        _html(header(texts, settings), elem_id="masthead")
        if pages:
            _html(pages, elem_id="pages")
        if documents:
            _html(banner(documents, texts), elem_id="draft-banner")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk", min_width=0, scale=3):
                self._talk(texts)
                with gr.Column(elem_id="composer", min_width=0):
                    self._composer(texts)
            with gr.Column(elem_id="evidence", min_width=0, scale=2):
                self.cards = _html(CardRenderer(texts).conversation(Conversation()), elem_id="cards")
        self.announcer = _html("", elem_id="announcer")

    def _talk(self, texts: UiTexts) -> None:
        with gr.Column(elem_id="welcome", min_width=0) as self.welcome:
            _html(welcome(texts, privacy_note(texts, self._kept)))
            _html(f'<h3 class="examples-label">{texts.examples_label}</h3>')
            with gr.Row(elem_id="examples"):
                first = texts.examples[Audience.CITIZEN]
                self.examples = [_example(first, index) for index in range(_EXAMPLES)]
        self.history = _html("", elem_id="history")
        self.latest = _html("", elem_id="latest")
        self.rating = RatingParts(texts, self._kept)
        with gr.Row(elem_id="turn-actions"):
            self.again = gr.Button(texts.regenerate, elem_id="again", visible=False, min_width=0)
            self.anew = gr.Button(texts.new_conversation, elem_id="anew", visible=False, min_width=0)

    def _composer(self, texts: UiTexts) -> None:
        self.audience = gr.Radio(
            [(texts.audiences[audience], audience.value) for audience in Audience],
            value=Audience.CITIZEN.value,
            label=texts.audience_label,
            elem_id="audience",
            container=False,
        )
        self.note = _html("", elem_id="note")
        with gr.Row(elem_id="composer-line"):
            self.question = gr.Textbox(
                label=texts.input_label,
                placeholder=texts.input_placeholder,
                elem_id="question",
                show_label=False,
                container=False,
                lines=1,
                max_lines=6,
                min_width=0,
            )
            self.stop = gr.Button(texts.stop, elem_id="stop", visible=False, min_width=0)
            self.send = gr.Button(texts.send, elem_id="send", variant="primary", min_width=0)


def _html(value: str, elem_id: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, js_on_load=None, apply_default_css=False)


def _example(examples: Sequence[str], index: int) -> gr.Button:
    known = index < len(examples)
    return gr.Button(
        examples[index] if known else "",
        visible=known,
        elem_classes="example",
        size="sm",
        min_width=0,
    )


class _Wiring:
    """Connects events to the dialogue and its views to the components."""

    def __init__(self, parts: _Parts, dialogue: Dialogue, settings: UiSettings, texts: UiTexts) -> None:
        self._parts = parts
        self._dialogue = dialogue
        self._settings = settings
        self._texts = texts
        self._outputs: list[Component] = [
            parts.store, parts.history, parts.latest, parts.cards, parts.announcer, parts.note,
            parts.question, parts.send, parts.stop, parts.again, parts.anew, *parts.rating.outputs,
        ]  # fmt: skip

    def connect(self, page: gr.Blocks) -> None:
        """Register every event of the page."""
        parts = self._parts
        outputs = [*self._outputs, parts.welcome]
        asking: dict[str, Any] = {
            "outputs": outputs,
            "show_progress": "hidden",
            "api_visibility": "private",
            "concurrency_id": "answers",
            "concurrency_limit": self._settings.concurrency,
        }
        quick = {**asking, "concurrency_id": None, "concurrency_limit": None}
        context: list[Component] = [parts.audience, parts.store, parts.live]
        triggers = [parts.question.submit, parts.send.click]
        asked = [gr.on(triggers, self._ask, [parts.question, *context], **asking)]
        asked += [button.click(self._ask, [button, *context], **asking) for button in parts.examples]
        asked.append(parts.again.click(self._ask_again, context, **asking))
        parts.stop.click(self._stop, [parts.store, parts.live], cancels=asked, **quick)
        parts.anew.click(self._start_over, None, cancels=asked, **quick)
        rated = {**quick, "outputs": outputs}
        for button, verdict in ((parts.rating.up, Verdict.UP), (parts.rating.down, Verdict.DOWN)):
            button.click(partial(self._rate, verdict), [parts.store], **rated)
        explained = [parts.store, parts.rating.reason, parts.rating.comment]
        parts.rating.send.click(self._explain, explained, **rated)
        parts.audience.change(
            self._examples, [parts.audience], parts.examples, show_progress="hidden", api_visibility="private"
        )
        restored = page.load(self._restore, [parts.store], **quick)
        restored.then(None, js=_MARK_RESTORED, show_progress="hidden", api_visibility="private")

    def _ask(self, text: str | None, audience: str, stored: object, live: LiveAnswer) -> Iterator[Updates]:
        for view in self._dialogue.ask(text or "", Audience(audience), stored, live):
            yield self._updates(view)

    def _ask_again(self, audience: str, stored: object, live: LiveAnswer) -> Iterator[Updates]:
        for view in self._dialogue.ask_again(Audience(audience), stored, live):
            yield self._updates(view)

    def _stop(self, stored: object, live: LiveAnswer) -> Updates:
        return self._updates(self._dialogue.stop(stored, live))

    def _start_over(self) -> Updates:
        return self._updates(self._dialogue.start_over())

    def _restore(self, stored: object) -> Updates:
        return self._updates(self._dialogue.restore(stored))

    def _rate(self, verdict: Verdict, stored: object) -> Updates:
        return self._updates(self._dialogue.rate(stored, verdict))

    def _explain(self, stored: object, reason: str | None, comment: str | None) -> Updates:
        return self._updates(
            self._dialogue.explain(stored, Reason(reason) if reason else None, comment or "")
        )

    def _examples(self, audience: str) -> list[Any]:
        examples = self._texts.examples[Audience(audience)]
        known = [gr.Button(value=text, visible=True) for text in examples[:_EXAMPLES]]
        return known + [gr.Button(visible=False)] * (_EXAMPLES - len(known))

    def _updates(self, view: View) -> Updates:
        parts = self._parts
        changes: Updates = {
            parts.send: gr.Button(visible=not view.busy),
            parts.stop: gr.Button(visible=view.busy),
        }
        texts = {
            parts.history: view.history,
            parts.latest: view.latest,
            parts.cards: view.cards,
            parts.announcer: view.announcement,
            parts.note: view.note,
            parts.question: view.input_text,
        }
        changes.update({part: text for part, text in texts.items() if text is not None})
        if view.rating is not None:
            changes.update(parts.rating.updates(view.rating, view.rating_note))
        if view.conversation is not None:
            begun = bool(view.conversation.turns)
            changes[parts.store] = view.conversation.stored()
            changes[parts.welcome] = gr.Column(visible=not begun)
            changes[parts.again] = gr.Button(visible=begun and not view.busy)
            changes[parts.anew] = gr.Button(visible=begun)
        return changes
