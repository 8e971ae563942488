"""Checks every sentence of a draft against the clauses that it cites; what fails does not go out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from assistant.lexicon import load_lexicon
from assistant.marking import promises_money
from assistant.models import Draft, Sentence, SentenceKind
from assistant.normalizing import normalize
from assistant.verifying.book import Book, Page
from assistant.verifying.claims import check_claims
from assistant.verifying.forms import fixed_forms
from assistant.verifying.goals import Figures
from assistant.verifying.quoting import check_quotes
from assistant.verifying.rejection import Rejection
from assistant.verifying.roles import Roles
from assistant.verifying.rules import RULES, Case, Said
from assistant.verifying.standings import Shelf
from vectorstore.models import Clause

__all__ = ["Rejection", "Verifier"]

_FREE = frozenset({SentenceKind.LEAD})
_UNMISTAKABLE = 10
"""Characters of its own from which a fixed sentence cannot be one in a model's words by chance."""
_HOTLINE = "12345"
_TITLE = re.compile("《[^》]*》")


class Verifier:
    """Checks sentences against the clauses of the documents.

    A sentence goes out in one of three ways: as a quote that stands in its clause; as a fixed sentence of the
    messages file whose every slot is computed again from the clauses; or, where it leads an answer and cites
    clauses, in words of its own whose numbers, dates, units, roles and claims its clauses bear out.
    """

    def __init__(
        self,
        clauses: Mapping[str, Clause],
        unit_names: Iterable[str],
        today: Callable[[], date] | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        """Take the clauses by id, the names of all units, the clock that sentences tell the day by.

        Without a shelf nothing can be told of whether documents hold, and no such sentence goes out.
        """
        self._book = Book(clauses, unit_names)
        self._today = today
        self._shelf = shelf
        self._book_of = lru_cache(maxsize=64)(self._book.of)
        self._forms = fixed_forms()
        self._roles = Roles(self._book, load_lexicon().unit_aliases)
        self._figures = Figures(self._book)

    def verify(self, draft: Draft, day: date | None = None) -> tuple[Draft, tuple[Rejection, ...]]:
        """Return the draft without the sentences that fail, and why each failed.

        Money out of a text that on that day is a draft or without force goes out only where it is marked.
        """
        unmarked = self._unmarked(draft.sentences, day or self._day())
        kept: list[Said] = []
        rejections: list[Rejection] = []
        for sentence in draft.sentences:
            result: Said | Rejection = (
                Rejection(reason="no_force", detail=sentence.text)
                if sentence in unmarked
                else self._judge(sentence, tuple(kept), draft.sentences)
            )
            if isinstance(result, Rejection):
                rejections.append(result)
            else:
                kept.append(result)
        sentences = tuple(said.sentence for said in kept)
        return draft.model_copy(update={"sentences": sentences}), tuple(rejections)

    def check(self, sentence: Sentence) -> Rejection | None:
        """Return why a sentence fails on its own, or None where it holds."""
        result = self._judge(sentence, None, None)
        return result if isinstance(result, Rejection) else None

    def _judge(
        self, sentence: Sentence, before: tuple[Said, ...] | None, around: tuple[Sentence, ...] | None
    ) -> Said | Rejection:
        pages = tuple(
            self._book.pages[clause_id] for clause_id in sentence.clause_ids if clause_id in self._book.pages
        )
        if len(pages) != len(sentence.clause_ids) or any(not page.clause.citable for page in pages):
            return Rejection(reason="unknown_clause", detail=" ".join(sentence.clause_ids))
        rejection = check_quotes(sentence, pages)
        if rejection or sentence.kind is SentenceKind.QUOTE:
            return rejection or Said(sentence)
        book = self._about(around or (sentence,))
        fixed = self._as_fixed(sentence, Case("", {}, pages, book, before, around, self._day(), self._shelf))
        if fixed:
            return fixed
        if not pages:
            return Rejection(reason="bare", detail=sentence.text)
        if sentence.kind not in _FREE:
            return Rejection(reason="form", detail=sentence.text)
        return self._check_free(sentence.text, pages) or Said(sentence)

    def _as_fixed(self, sentence: Sentence, blank: Case) -> Said | Rejection | None:
        """Return the sentence as a fixed one that holds; a rejection where it can be no other; or None."""
        failed: Rejection | None = None
        for form in self._forms:
            slots = form.read(sentence.text)
            if slots is None:
                continue
            rule = RULES.get(form.key)
            case = replace(blank, key=form.key, slots=slots)
            if (rule is None and not slots) or (rule is not None and rule(case)):
                return Said(sentence, form.key, slots)
            if form.length >= _UNMISTAKABLE:
                failed = Rejection(reason="fixed", detail=form.key)
        return failed if sentence.clause_ids else None

    def _about(self, sentences: Iterable[Sentence]) -> Book:
        """Return the book of the documents that sentences cite: what they count is counted there."""
        cited = {clause_id.rsplit(":", 1)[0] for one in sentences for clause_id in one.clause_ids}
        return self._book_of(frozenset(cited)) if cited else self._book

    def _unmarked(self, sentences: tuple[Sentence, ...], day: date | None) -> tuple[Sentence, ...]:
        """Return the sentences with money out of texts without force that no remark marks as such."""
        if self._shelf is None or day is None:
            return ()
        marks = [one.text for one in sentences if self._is_mark(one, sentences)]
        return tuple(
            one
            for one in sentences
            if promises_money(one.text)
            and not all(
                any(label in mark for mark in marks) for label in self._shelf.groundless(one.clause_ids, day)
            )
        )

    def _is_mark(self, sentence: Sentence, around: tuple[Sentence, ...]) -> bool:
        """Whether a sentence tells, and rightly, that a document is no ground for money."""
        if sentence.kind is not SentenceKind.NOTE:
            return False
        found = self._judge(sentence, None, around)
        return isinstance(found, Said) and found.key == "validity.no_ground"

    def _day(self) -> date | None:
        return self._today() if self._today else None

    def _check_free(self, text: str, pages: tuple[Page, ...]) -> Rejection | None:
        plain = normalize(text)
        for heading in sorted({one for page in pages for one in page.headings}, key=len, reverse=True):
            plain = plain.replace(normalize(heading), " ")
        for heading in self._book.headings:
            if heading in plain:
                return Rejection(reason="heading", detail=heading)
        claims = check_claims(plain, pages, self._book)
        plain = _TITLE.sub(self._without_title, plain).replace(_HOTLINE, " ")
        return claims or self._roles.check(plain, pages) or self._figures.check(plain, pages)

    def _without_title(self, match: re.Match[str]) -> str:
        named = normalize(match.group()[1:-1]).replace(" ", "").removesuffix("(征求意见稿)")
        return " " if any(named == normalize(title) for title in self._book.titles) else match.group()
