"""Citations -> cards: the whole clause, verbatim, with the quoted parts highlighted."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assistant.models import Citation
from assistant.ui.state import Conversation, Turn
from assistant.ui.texts import UiTexts

_HEADING_SEPARATOR = " > "
_QUESTION_CHARS = 24


def card_id(turn_id: str, marker: int) -> str:
    """Return the id of a citation's card in the page."""
    return f"card-{turn_id}-{marker}"


def own_heading(citation: Citation) -> str:
    """Return the innermost heading of a citation, or the document's title where it has none."""
    return citation.heading_path.rsplit(_HEADING_SEPARATOR, 1)[-1].strip() or citation.title


def shortened(text: str, limit: int) -> str:
    """Return a text on one line, at most `limit` characters long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def highlighted(text: str, quotes: Iterable[str]) -> str:
    """Return a clause as HTML, every occurrence of a quote within `<mark>`; overlapping quotes join."""
    marked = [False] * len(text)
    for quote in quotes:
        start = text.find(quote) if quote else -1
        while start >= 0:
            marked[start : start + len(quote)] = [True] * len(quote)
            start = text.find(quote, start + len(quote))
    pieces: list[str] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or marked[end] != marked[start]:
            piece = escape(text[start:end])
            pieces.append(f"<mark>{piece}</mark>" if marked[start] else piece)
            start = end
    return "".join(pieces)


class CardRenderer:
    """Renders the cards of a conversation: a group for each turn, the latest shown."""

    def __init__(self, texts: UiTexts) -> None:
        self._texts = texts

    def conversation(self, conversation: Conversation) -> str:
        """Return the panel of cards."""
        turns = [turn for turn in conversation.turns if turn.answer is not None]
        title = f'<h2 class="panel-title">{escape(self._texts.cards_title)}</h2>'
        if not turns:
            return f'{title}<p class="cards-hint">{escape(self._texts.cards_empty)}</p>'
        shown = turns[-1].turn_id
        return title + "".join(self._group(turn, hidden=turn.turn_id != shown) for turn in turns)

    def _group(self, turn: Turn, *, hidden: bool) -> str:
        texts = self._texts
        citations = turn.answer.citations if turn.answer else ()
        question = shortened(turn.question, _QUESTION_CHARS)
        summary = texts.cards_group.format(question=question, count=len(citations))
        body = "".join(self._card(turn.turn_id, citation) for citation in citations)
        if not citations:
            summary = texts.cards_none
        return (
            f'<section class="card-group" id="cards-{turn.turn_id}" data-turn="{turn.turn_id}"'
            f"{' hidden' if hidden else ''}>"
            f'<h3 class="group-title">{escape(summary)}</h3>{body}</section>'
        )

    def _card(self, turn_id: str, citation: Citation) -> str:
        texts = self._texts
        identity = card_id(turn_id, citation.marker)
        clause = citation.text.strip()
        outer = citation.heading_path.split(_HEADING_SEPARATOR)[:-1]
        crumbs = "".join(f"<li>{escape(heading.strip())}</li>" for heading in outer if heading.strip())
        source = f"《{citation.title}》{citation.path}"
        return (
            f'<article class="card" id="{identity}" tabindex="-1" aria-labelledby="{identity}-title">'
            f'<header><span class="card-number" aria-hidden="true">{citation.marker}</span><div>'
            f'<h4 id="{identity}-title"><span class="visually-hidden">[{citation.marker}] </span>'
            f"{escape(own_heading(citation))}</h4>"
            f'<p class="card-source">《{escape(citation.title)}》'
            f'<span class="card-path">{escape(texts.cards_path.format(path=citation.path))}</span></p>'
            f"</div></header>"
            + (f'<ol class="crumbs">{crumbs}</ol>' if crumbs else "")
            + self._excerpt(citation)
            + f'<blockquote class="clause">{highlighted(clause, citation.quotes)}</blockquote>'
            + self._references(citation)
            + self._gloss(citation.gloss)
            + f'<footer><button type="button" class="quiet" data-copy="clause" '
            f'data-source="{escape(source)}">{escape(texts.copy_clause)}</button>'
            f'<a class="quiet" href="#answer-{turn_id}" data-back="{turn_id}-{citation.marker}">'
            f"{escape(texts.back_to_answer)}</a></footer></article>"
        )

    def _excerpt(self, citation: Citation) -> str:
        """Return what must be known of facts in our own words: they are not the policy, and where that is."""
        if not citation.excerpt:
            return ""
        link = ""
        if citation.url and citation.url.startswith(("http://", "https://")):
            address = escape(citation.url)
            link = f' <a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>'
        return f'<p class="excerpt-note">{escape(self._texts.excerpt_note)}{link}</p>'

    def _references(self, citation: Citation) -> str:
        """Return what the clause refers to, folded: each reference with the words that stand there."""
        if not citation.references:
            return ""
        texts = self._texts
        items = "".join(
            f"<li><b>{escape(one.text)}</b> "
            f'<span class="card-path">{escape(texts.cards_path.format(path=one.path + one.part))}</span>'
            + (
                f'<blockquote class="clause">{escape(one.words.strip())}</blockquote>'
                if one.words
                else f"<p>{escape(texts.references_missing)}</p>"
            )
            + "</li>"
            for one in citation.references
        )
        summary = escape(texts.references_label.format(count=len(citation.references)))
        return f'<details class="references"><summary>{summary}</summary><ul>{items}</ul></details>'

    def _gloss(self, gloss: str | None) -> str:
        if not gloss:
            return ""
        return (
            f'<div class="gloss"><p class="gloss-label">{escape(self._texts.gloss_label)}'
            f"<span>{escape(self._texts.gloss_note)}</span></p><p>{escape(gloss)}</p></div>"
        )
