"""Turns of a conversation -> HTML. Everything from people, models or documents is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.feedback.settings import FeedbackSettings
from assistant.models import Answer, Citation, Status
from assistant.ui.cards import card_id, own_heading, shortened
from assistant.ui.markdown import AnswerMarkdown, plain_text
from assistant.ui.ports import DocumentBanner
from assistant.ui.state import Conversation, Outcome, Turn
from assistant.ui.texts import UiTexts

_HEADING_CHARS = 22
_MAX_LISTED_SOURCES = 6


class TurnRenderer:
    """Renders questions and answers."""

    def __init__(self, texts: UiTexts) -> None:
        self._texts = texts
        self._markdown = AnswerMarkdown()

    def history(self, conversation: Conversation) -> str:
        """Return all turns but the latest."""
        return "".join(self.turn(turn, past=True) for turn in conversation.turns[:-1])

    def latest(self, conversation: Conversation) -> str:
        """Return the latest turn, or nothing."""
        return self.turn(conversation.last) if conversation.last else ""

    def turn(self, turn: Turn, past: bool = False) -> str:
        """Return one turn: the question, and the answer as far as it has come; a past one with its rating."""
        texts = self._texts
        busy = "true" if turn.outcome is Outcome.PENDING else "false"
        body = self._answer(turn, turn.answer, past) if turn.answer else self._unanswered(turn)
        return (
            f'<article class="turn" id="turn-{turn.turn_id}">'
            f'<div class="question"><p class="who">{escape(texts.you)} · '
            f"{escape(texts.audiences[turn.audience])}</p>"
            f'<p class="question-text">{escape(turn.question)}</p></div>'
            f'<section class="answer" id="answer-{turn.turn_id}" tabindex="-1" aria-busy="{busy}" '
            f'aria-label="{escape(texts.name)}">{body}</section></article>'
        )

    def announcement(self, answer: Answer) -> str:
        """Return what a screen reader says when an answer is complete, unescaped."""
        return self._texts.announce_done.format(
            status=self._status(answer)[0],
            count=len(answer.citations),
            text=plain_text(answer.text),
        )

    def _status(self, answer: Answer) -> tuple[str, str]:
        """Return what the badge says of an answer, and its style: facts in our own words are no text."""
        excerpts = bool(answer.citations) and all(one.excerpt for one in answer.citations)
        if excerpts and answer.status is Status.ANSWERED:
            return self._texts.excerpts_alone, Status.UNSPECIFIED.value
        return self._texts.statuses[answer.status], answer.status.value

    def _head(self, status: str = "", css: str = "") -> str:
        badge = f'<span class="status status-{css}">{escape(status)}</span>' if status else ""
        name = escape(self._texts.name)
        return f'<header class="answer-head"><span class="who">{name}</span>{badge}</header>'

    def _answer(self, turn: Turn, answer: Answer, past: bool) -> str:
        citations = {citation.marker: citation for citation in answer.citations}

        def link(marker: int) -> str | None:
            return self._marker(turn.turn_id, citations[marker]) if marker in citations else None

        return (
            self._head(*self._status(answer))
            + f'<div class="answer-text">{self._markdown.html(answer.text, link)}</div>'
            + self._sources(turn.turn_id, answer.citations)
            + self._notices(answer.notices)
            + self._foot(self._texts.rated[turn.rating] if past and turn.rating else "")
        )

    def _unanswered(self, turn: Turn) -> str:
        texts = self._texts
        streamed = self._markdown.html(turn.partial, lambda _: None) if turn.partial else ""
        text = f'<div class="answer-text">{streamed}</div>' if streamed else ""
        if turn.outcome is Outcome.PENDING:
            waiting = "" if streamed else f'<p class="working">{escape(texts.working)}</p>'
            return self._head() + text + waiting
        note = {Outcome.STOPPED: texts.stopped, Outcome.INTERRUPTED: texts.interrupted}
        sentence = note.get(turn.outcome, texts.error)
        css = "failed" if turn.outcome is Outcome.ERROR else "stopped"
        return (
            self._head()
            + text
            + f'<p class="calm calm-{css}">{escape(sentence)}</p>'
            + (self._foot() if streamed else "")
        )

    def _marker(self, turn_id: str, citation: Citation) -> str:
        label = self._texts.citation_label.format(marker=citation.marker, heading=own_heading(citation))
        target = card_id(turn_id, citation.marker)
        return (
            f'<a class="cite" href="#{target}" data-card="{target}" data-turn="{turn_id}" '
            f'aria-label="{escape(label)}">[{citation.marker}]</a>'
        )

    def _sources(self, turn_id: str, citations: Sequence[Citation]) -> str:
        if not citations:
            return ""
        items = "".join(self._source(turn_id, citation) for citation in citations[:_MAX_LISTED_SOURCES])
        more = len(citations) - _MAX_LISTED_SOURCES
        rest = f'<li class="more">+{more}</li>' if more > 0 else ""
        return (
            f'<div class="sources"><span class="sources-label">{escape(self._texts.sources_label)}</span>'
            f"<ul>{items}{rest}</ul></div>"
        )

    def _source(self, turn_id: str, citation: Citation) -> str:
        target = card_id(turn_id, citation.marker)
        heading = shortened(own_heading(citation), _HEADING_CHARS)
        return (
            f'<li><a class="source" href="#{target}" data-card="{target}" data-turn="{turn_id}">'
            f"<b>{citation.marker}</b>{escape(heading)}</a></li>"
        )

    def _notices(self, notices: Sequence[str]) -> str:
        own = [notice for notice in notices if notice.strip() != self._texts.generated_label]
        items = "".join(f"<li>{escape(notice)}</li>" for notice in own)
        return f'<ul class="notices">{items}</ul>' if items else ""

    def _foot(self, rated: str = "") -> str:
        label = escape(self._texts.generated_label)
        rating = f'<span class="rated">{escape(rated)}</span>' if rated else ""
        return (
            f'<footer class="answer-foot"><span class="generated">{label}</span>{rating}'
            f'<button type="button" class="quiet" data-copy="answer">{escape(self._texts.copy_answer)}'
            f"</button></footer>"
        )


def banner(documents: Sequence[DocumentBanner], texts: UiTexts) -> str:
    """Return what is to be known of the documents: a line for each draft, a list of all."""
    lines = "".join(_draft_line(document, texts) for document in documents if document.is_draft)
    items = "".join(
        f"<li>{escape(texts.library_item.format(title=document.title, status=document.status))}</li>"
        for document in documents
    )
    library = ""
    if len(documents) > 1:
        summary = escape(texts.library_summary.format(count=len(documents)))
        library = f'<details class="library"><summary>{summary}</summary><ul>{items}</ul></details>'
    return f'<div class="banner" role="note">{lines}{library}</div>' if lines or library else ""


def _draft_line(document: DocumentBanner, texts: UiTexts) -> str:
    line = texts.banner_draft.format(title=document.title, status=document.status)
    if document.comment_deadline:
        template = texts.banner_deadline_passed if document.deadline_passed else texts.banner_deadline
        line += template.format(deadline=document.comment_deadline)
    return f"<p>{escape(line)}</p>"


def welcome(texts: UiTexts, privacy: str = "") -> str:
    """Return the words that greet before the first question, with what is kept of it."""
    title, text = escape(texts.welcome_title), escape(texts.welcome_text)
    kept = f'<p class="privacy">{escape(privacy)}</p>' if privacy else ""
    return f'<div class="welcome"><h2>{title}</h2><p>{text}</p>{kept}</div>'


def privacy_note(texts: UiTexts, kept: FeedbackSettings | None) -> str:
    """Return what visitors must know of what is kept, '' where nothing is unless they rate an answer."""
    if kept is None or not kept.keep_questions:
        return ""
    days = (
        texts.privacy_days.format(days=kept.retention_days) if kept.retention_days else texts.privacy_always
    )
    return texts.privacy.format(days=days)
