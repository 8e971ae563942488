"""Clause -> chunks: the whole clause under its headings, each sentence, the gloss. Never across a clause."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.settings import SentenceChunks
from ingest.tables import header_of, is_table, said
from ingest.units import unit_tails
from ingest.widths import halve
from ingest.wordings import Asked
from vectorstore.models import (
    Chunk,
    ChunkKind,
    Clause,
    ClauseKind,
    Document,
    IndexedDocument,
    Span,
    text_digest,
)

_SENTENCE = re.compile(r"[^。;!?\r\n]+(?:[。;!?]+[”’」』\")\]》]*)?")
_ZERO_WIDTH = "\u200b\u200c\u200d\ufeff"
_COMMENT = re.compile(r"<!--.*?-->")
_ARTICLE = re.compile(r"第.{1,9}条")
_LONG_ARTICLE = 400
"""Characters. On 943 lay questions over 12,000 articles (STARD, docs/ingest.md) chunks of the sentences of
shorter articles add nothing: nDCG@10 0.465 with and without, recall@50 0.748 with, 0.763 without."""
_STATE = re.compile(r"^中华人民共和国(?=.)")
_ONLY_MARKS = re.compile(r"[\W_]*$")


def index_document(
    document: Document,
    wordings: Mapping[str, tuple[Asked, ...]] | None = None,
    sentence_chunks: SentenceChunks = "long",
) -> IndexedDocument:
    """Return the document with all its chunks; `wordings` are everyday wordings by clause path."""
    asked = wordings or {}
    is_law = has_articles(document)
    longest_whole = longest_left_whole(sentence_chunks, is_law)
    title = _STATE.sub("", document.title) if is_law else ""
    chunks: list[Chunk] = []
    header: tuple[str, ...] = ()
    for clause in document.clauses:
        if clause.kind is ClauseKind.ROW:
            chunks += _row_chunks(document, clause, header, title)
            continue
        if is_table(clause.number):
            header = header_of(clause.text)
        chunks += chunk_clause(document, clause, asked.get(clause.path, ()), longest_whole, title)
    return IndexedDocument(document=document, chunks=tuple(chunks))


def has_articles(document: Document) -> bool:
    """Whether most clauses of a document are articles (第X条): a law, whose articles are short."""
    clauses = [clause for clause in document.clauses if clause.kind is ClauseKind.CLAUSE]
    articles = sum(_ARTICLE.match(clause.number or "") is not None for clause in clauses)
    return 2 * articles > len(clauses)


def longest_left_whole(sentence_chunks: SentenceChunks, is_law: bool) -> float:
    """Return up to how many characters a clause of a document gets no chunks of its sentences.

    An article is one rule and short; the clauses of a plan bundle measures, of which each is asked for by
    itself.
    """
    if sentence_chunks == "all":
        return 0
    if sentence_chunks == "none":
        return math.inf
    return _LONG_ARTICLE if is_law else 0


def chunk_clause(
    document: Document, clause: Clause, asked: Sequence[Asked] = (), longest_whole: float = 0, title: str = ""
) -> Iterator[Chunk]:
    """Yield the chunks of one clause; a form's leftovers have none.

    Args:
        document: the document that holds the clause.
        clause: any clause but a row.
        asked: everyday wordings.
        longest_whole: a clause of at most so many characters gets no chunks of its sentences.
        title: what stands before the headings: the title of a law, whose articles do not say what they are
            about where thousands of them are searched.
    """
    if not clause.citable or not clause.text.strip():
        return
    body = _uncommented(clause.text)
    if not body:
        return
    headings = _under(title, clause)
    whole = headings if clause.kind is ClauseKind.HEADING else f"{headings}\n{body}"
    yield _chunk(document, clause, ChunkKind.CLAUSE, "clause", whole, clause.start, clause.end)
    is_cut = bool(asked) or len(body) > longest_whole
    spans = sentences(clause) if is_cut else ()
    for number, span in enumerate(spans, start=1):
        text = clause.text[span.start : span.end]
        start, end = clause.start + span.start, clause.start + span.end
        yield _chunk(document, clause, ChunkKind.SENTENCE, f"s{number}", text, start, end)
    if clause.gloss:
        yield _chunk(document, clause, ChunkKind.GLOSS, "gloss", clause.gloss, clause.start, clause.end)
    yield from _wording_chunks(document, clause, asked, spans)


def _row_chunks(document: Document, clause: Clause, header: Sequence[str], title: str) -> Iterator[Chunk]:
    """Yield the chunk of a row: under its headings and the caption, each value behind its column's name."""
    text = said(clause.text, header)
    if text:
        whole = f"{_under(title, clause)}\n{text}"
        yield _chunk(document, clause, ChunkKind.CLAUSE, "clause", whole, clause.start, clause.end)


def _under(title: str, clause: Clause) -> str:
    """Return the headings above a clause, behind the title of its law."""
    above = "" if clause.kind is ClauseKind.TITLE else title
    return " > ".join(part for part in (above, clause.heading_path) if part)


def _wording_chunks(
    document: Document, clause: Clause, asked: Sequence[Asked], spans: Sequence[Span]
) -> Iterator[Chunk]:
    """Yield one chunk a wording, over the sentence that holds what it is about."""
    number = 0
    for thing in asked:
        at = clause.text.find(thing.about)
        span = next((one for one in spans if one.start <= at < one.end), None)
        start, end = (span.start, span.end) if span else (0, len(clause.text))
        for wording in thing.wordings:
            number += 1
            first, last = clause.start + start, clause.start + end
            yield _chunk(document, clause, ChunkKind.WORDING, f"q{number}", wording, first, last)


def sentences(clause: Clause) -> tuple[Span, ...]:
    """Return the ranges of a clause's sentences in its text, without edge white space.

    The heading sentence of a numbered clause stays with the sentence behind it; lists of responsible units
    are no sentences.
    """
    half = halve(clause.text)
    tails = unit_tails(clause.text)
    comments = (Span(start=found.start(), end=found.end()) for found in _COMMENT.finditer(half))
    for gap in (*tails, *comments):
        half = half[: gap.start] + "\n" * (gap.end - gap.start) + half[gap.end :]
    found = []
    for match in _SENTENCE.finditer(half):
        span = _trimmed(half, match.start(), match.end())
        content = half[span.start : span.end]
        if content and not _ONLY_MARKS.match(content):
            found.append(span)
    return tuple(_with_heading_joined(clause, found))


def _with_heading_joined(clause: Clause, spans: list[Span]) -> list[Span]:
    if clause.kind is not ClauseKind.CLAUSE or len(spans) < 2:
        return spans
    first = clause.text[spans[0].start : spans[0].end]
    is_heading = clause.heading not in ("", clause.number) and first.rstrip("。:\uff1a ") == clause.heading
    same_line = "\n" not in clause.text[spans[0].end : spans[1].start]
    if not (is_heading and same_line):
        return spans
    return [Span(start=spans[0].start, end=spans[1].end), *spans[2:]]


def _trimmed(half: str, start: int, end: int) -> Span:
    while start < end and _is_edge(half[start]):
        start += 1
    while end > start and _is_edge(half[end - 1]):
        end -= 1
    return Span(start=start, end=end)


def _is_edge(character: str) -> bool:
    return character.isspace() or character in _ZERO_WIDTH


def _uncommented(text: str) -> str:
    plain = _COMMENT.sub("", text) if "<!--" in text else text
    lines = (line.strip() for line in plain.splitlines())
    return "\n".join(line for line in lines if line)


def _chunk(
    document: Document, clause: Clause, kind: ChunkKind, name: str, text: str, start: int, end: int
) -> Chunk:
    clause_id = f"{document.document_id}:{clause.path}"
    return Chunk(
        chunk_id=f"{clause_id}#{name}",
        clause_id=clause_id,
        document_id=document.document_id,
        path=clause.path,
        kind=kind,
        text=text,
        start=start,
        end=end,
        digest=text_digest(text),
        status=document.status,
        region=document.region or "",
        units=tuple(unit.name for unit in clause.units),
    )
