"""Verified sentences -> the answer's Markdown with [n] markers, and its citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.ledger import Place
from assistant.models import Citation, Sentence, SentenceKind

_PREFIX = {SentenceKind.QUOTE: "> ", SentenceKind.ITEM: "- "}


def number_citations(
    sentences: Sequence[Sentence], places: Mapping[str, Place], titles: Mapping[str, str] | None = None
) -> tuple[Citation, ...]:
    """Return the cited clauses, numbered from 1 in the order of first citation.

    `titles` tells versions of one title apart, by document id; without it a document is called by its title.
    """
    ids = list(dict.fromkeys(clause_id for sentence in sentences for clause_id in sentence.clause_ids))
    return tuple(
        _citation(marker, places[clause_id], sentences, titles or {})
        for marker, clause_id in enumerate(ids, start=1)
    )


def _citation(
    marker: int, place: Place, sentences: Sequence[Sentence], titles: Mapping[str, str]
) -> Citation:
    quotes = dict.fromkeys(
        quote
        for sentence in sentences
        if place.clause_id in sentence.clause_ids
        for quote in sentence.quotes
        if quote in place.clause.text
    )
    return Citation(
        marker=marker,
        document_id=place.document.document_id,
        title=titles.get(place.document.document_id, place.document.title),
        path=place.clause.path,
        heading_path=place.clause.heading_path,
        text=place.clause.text,
        quotes=tuple(quotes),
        digest=place.clause.digest,
        gloss=place.clause.gloss,
    )


def render_lines(
    sentences: Sequence[Sentence], citations: Sequence[Citation], labels: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Yield the lines of the answer, each with its markers; joined with nothing between they are the text.

    Where clauses of several documents are cited, each quote tells its document by its label (by id).
    """
    several = len({citation.document_id for citation in citations}) > 1
    named = labels if several and labels else {}
    markers = {citation.clause_id: citation for citation in citations}
    previous: Sentence | None = None
    for sentence in sentences:
        cited = [markers[clause_id] for clause_id in sentence.clause_ids]
        yield _separator(previous, sentence) + _line(sentence, cited, named)
        previous = sentence


def _line(sentence: Sentence, cited: Sequence[Citation], named: Mapping[str, str]) -> str:
    marks = "".join(f"[{citation.marker}]" for citation in cited)
    where = ""
    if sentence.kind is SentenceKind.QUOTE and cited:
        where = f"——{named.get(cited[0].document_id, '')}{cited[0].path}"
    return f"{_PREFIX.get(sentence.kind, '')}{sentence.text}{where}{marks}"


def _separator(previous: Sentence | None, sentence: Sentence) -> str:
    if previous is None:
        return ""
    both_items = previous.kind is SentenceKind.ITEM and sentence.kind is SentenceKind.ITEM
    return "\n" if both_items else "\n\n"
