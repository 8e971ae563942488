"""Chooses which clauses and sentences found by the search an answer rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.composing.request import ComposeRequest
from assistant.ledger import Place
from assistant.phrases import ATTRIBUTES
from assistant.telling import OF_NOTICE
from assistant.understanding import Detail, Route
from vectorstore.models import ClauseKind, RetrievedClause

_UNITS_TAIL = re.compile(r"\(责任单位[::].*?\)\s*$", re.S)
_FULL = 1.0
_SHORT = 320
"""Characters: the longest paragraph of the plan has 278."""
_SEVERAL = 2
_GENERAL_RATIO = 0.35
"""Of the best score: from where goals of the whole are shown beside a clause on the matter itself."""
_NEVER = 2.0
_TELLING = 3
_SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")


@dataclass(frozen=True)
class Choice:
    """How much evidence a kind of answer takes."""

    clauses: int = 3
    clause_ratio: float = 0.72
    sentences: int = 2
    sentence_ratio: float = 0.75
    first_sentences: int = 4
    first_ratio: float = 0.45

    def for_first(self) -> Choice:
        """Return how much is taken of the best clause: more of it than of the others."""
        return replace(
            self, sentences=max(self.first_sentences, self.sentences), sentence_ratio=self.first_ratio
        )


@dataclass(frozen=True)
class Evidence:
    """A clause with the sentences of it that answer."""

    place: Place
    quotes: tuple[str, ...]
    score: float
    rank: int


def choose(request: ComposeRequest, choice: Choice) -> tuple[Evidence, ...]:
    """Return the best clauses, each with its best sentences, in order of the search."""
    found = [one for one in request.result.clauses if _answers(one, request)] or list(request.result.clauses)
    if not found:
        return ()
    found = _on_the_matter(found, request)
    floor = found[0].score * choice.clause_ratio
    general = max(floor, found[0].score * _GENERAL_RATIO)
    if request.understanding.detail is Detail.MONEY and _is_specific(found[0]):
        general = _NEVER  # a goal of the whole beside a clause would be read as the sum asked for
    kept = [one for one in found[: choice.clauses] if one.score >= (floor if _is_specific(one) else general)]
    return tuple(
        Evidence(
            place=request.place(one),
            quotes=best_sentences(one, choice) if position else _of_first(one, choice.for_first()),
            score=one.score,
            rank=one.rank,
        )
        for position, one in enumerate(kept)
    )


def _on_the_matter(found: Sequence[RetrievedClause], request: ComposeRequest) -> list[RetrievedClause]:
    """Return the clauses without goals of the whole before one that alone holds what a sum is asked of.

    专项基金规模几个亿 is asked of the fund, and no goal in 亿元 answers it.
    """
    asked = request.understanding
    if asked.detail is not Detail.MONEY or _is_specific(found[0]):
        return list(found)
    names = [term for term in asked.terms if term not in ATTRIBUTES and len(term) >= _TELLING]
    holding = [one for one in found if _is_specific(one) and any(name in one.clause.text for name in names)]
    goals = [one for one in found if not _is_specific(one)]
    if not holding or any(name in one.clause.text for one in goals for name in names):
        return list(found)
    return [one for one in found if _is_specific(one)]


def _is_specific(found: RetrievedClause) -> bool:
    """Whether a clause tells of one matter: the goals at the beginning name nearly all of them."""
    return found.clause.numbered or not found.clause.targets


def led_by(request: ComposeRequest) -> tuple[Evidence, ...]:
    """Return the clauses that a question names, several by number or side by side; () where it does not.

    The search puts them first with a full score, all others far behind.
    """
    named = [one for one in request.result.clauses if one.score >= _FULL]
    if len(named) < _SEVERAL:
        return ()
    return tuple(
        Evidence(
            place=request.place(one),
            quotes=(body_text(one.clause.text) or one.clause.text.strip(),),
            score=one.score,
            rank=one.rank,
        )
        for one in named
        if one.clause.kind is not ClauseKind.HEADING
    )


def _answers(found: RetrievedClause, request: ComposeRequest) -> bool:
    """Whether a clause may answer: headings say nothing, and the notice only of the consultation."""
    kind = found.clause.kind
    about_notice = request.understanding.route is Route.CONTACT
    return kind is not ClauseKind.HEADING and (about_notice or kind not in OF_NOTICE)


def _of_first(found: RetrievedClause, choice: Choice) -> tuple[str, ...]:
    """Return the best clause whole where it is short: a sentence left out may be the one asked for."""
    body = body_text(found.clause.text)
    return (body,) if 0 < len(body) <= _SHORT else best_sentences(found, choice)


def best_sentences(found: RetrievedClause, choice: Choice) -> tuple[str, ...]:
    """Return the best sentences of a clause in the order of its text, without the list of units."""
    usable = [one for one in found.sentences if not is_units_tail(one.text)]
    if not usable:
        body = body_text(found.clause.text)
        return (body,) if body else (found.clause.text.strip(),)
    floor = usable[0].score * choice.sentence_ratio
    kept = [one for one in usable[: choice.sentences] if one.score >= floor]
    return tuple(one.text.strip() for one in sorted(kept, key=lambda one: one.start))


def is_units_tail(text: str) -> bool:
    """Whether a piece of a clause is its list of units rather than its substance."""
    return text.strip().startswith("(责任单位")


def body_text(text: str) -> str:
    """Return the substance of a clause, without its list of units."""
    return _UNITS_TAIL.sub("", text.strip()).strip()


def sentences_of(text: str) -> tuple[str, ...]:
    """Return the verbatim sentences of a clause's substance."""
    return tuple(piece.strip() for piece in _SENTENCE.findall(body_text(text)) if piece.strip())


def units_tail(text: str) -> str | None:
    """Return the verbatim list of units of a clause, e.g. (责任单位:…), or None."""
    match = _UNITS_TAIL.search(text.strip())
    return match.group().strip() if match else None
