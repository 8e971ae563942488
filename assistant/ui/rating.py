"""Whether the latest answer helped, and why it did not: components below the answer."""

from __future__ import annotations

from html import escape
from typing import Any

import gradio as gr
from gradio.components import Component

from assistant.feedback.records import Verdict
from assistant.feedback.settings import FeedbackSettings
from assistant.ui.dialogue import Rating
from assistant.ui.texts import UiTexts


class RatingParts:
    """The components of the rating; one of its three faces is shown at a time, or none."""

    def __init__(self, texts: UiTexts, kept: FeedbackSettings | None) -> None:
        with gr.Row(elem_id="rating", visible=False) as self._ask:
            gr.HTML(
                f'<p class="rating-question">{escape(texts.rating_question)}</p>',
                js_on_load=None,
                apply_default_css=False,
            )
            self.up = gr.Button(texts.rating_answers[Verdict.UP], elem_id="rate-up", min_width=0, size="sm")
            self.down = gr.Button(
                texts.rating_answers[Verdict.DOWN], elem_id="rate-down", min_width=0, size="sm"
            )
        self._note = gr.HTML(
            "", elem_id="rating-note", visible=False, js_on_load=None, apply_default_css=False
        )
        with gr.Column(elem_id="rating-why", visible=False, min_width=0) as self._why:
            self.reason = gr.Radio(
                [(text, reason.value) for reason, text in texts.rating_reasons.items()],
                label=texts.rating_reason_label,
                elem_id="rating-reason",
                container=False,
            )
            self.comment = gr.Textbox(
                label=texts.rating_comment_label,
                placeholder=texts.rating_comment_placeholder,
                elem_id="rating-comment",
                container=False,
                lines=2,
                max_lines=4,
                max_length=kept.max_comment_chars if kept else None,
            )
            self.send = gr.Button(texts.rating_send, elem_id="rating-send", min_width=0, size="sm")

    @property
    def outputs(self) -> list[Component]:
        """Return the components that change as the rating goes on."""
        return [self._ask, self._note, self._why, self.reason, self.comment]

    def updates(self, step: Rating, note: str) -> dict[Component, Any]:
        """Return what changes where the rating comes to a step; `note` is escaped already."""
        changes: dict[Component, Any] = {
            self._ask: gr.Row(visible=step is Rating.ASK),
            self._note: gr.HTML(f'<p class="rating-note">{note}</p>' if note else "", visible=bool(note)),
            self._why: gr.Column(visible=step is Rating.WHY),
        }
        if step is not Rating.WHY:
            changes |= {self.reason: None, self.comment: ""}
        return changes
