"""The metrics of an answer, question by question; none of them calls a model.

A function returns a value in 0..1, or None where the question does not define the metric; it never returns 0
for want of data. The mean over the questions that define it is the figure; see `METRICS` for the formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2

from assistant.models import Answer, Citation, Status
from eval.golden import Golden, plain
from eval.statements import Statement, derived, facts, holds, squeezed, statements

REFUSALS = frozenset({Status.NO_EVIDENCE, Status.OUT_OF_SCOPE, Status.BLOCKED})
DEPTH = 10
_LIST_LENGTH = 3
"""Groups of `must` from which a question asks for a list."""
_GENERATED, _DRAFT = "自动生成", "征求意见稿"


@dataclass(frozen=True)
class Case:
    """A golden question with the answer to judge, and what is known of the documents."""

    golden: Golden
    answer: Answer
    unit_names: tuple[str, ...] = ()
    drafts: frozenset[str] = frozenset()
    known: tuple[str, ...] = ()
    """Words that state nothing of a clause: titles of the documents, the day of asking."""

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What the answer says."""
        return statements(self.answer.text)

    @cached_property
    def refused(self) -> bool:
        """Whether the assistant declined."""
        return self.answer.status in REFUSALS

    @property
    def accepted(self) -> frozenset[Status]:
        """The statuses that are right."""
        return frozenset({self.golden.record.expected_status, *self.golden.record.also_status})

    @cached_property
    def cited(self) -> frozenset[str]:
        """Ids of the cited clauses."""
        return frozenset(one.clause_id for one in self.answer.citations)

    @cached_property
    def _sources(self) -> dict[int, str]:
        return {citation.marker: _source(citation) for citation in self.answer.citations}

    def facts_of(self, statement: Statement) -> tuple[str, ...]:
        """Return what the statement states that can be checked."""
        text = statement.text
        for words in self.known:
            text = text.replace(words, "")
        told = statement.model_copy(update={"text": text})
        return facts(told, self.unit_names, " ".join(self.golden.record.turns))

    def bears(self, statement: Statement, fact: str, markers: Sequence[int]) -> bool:
        """Whether one of the clauses behind the markers holds the fact."""
        sources = [self._sources[marker] for marker in markers if marker in self._sources]
        return any(holds(source, fact) or derived(statement, fact, source) for source in sources)

    def quotes(self, statement: Statement, markers: Sequence[int]) -> bool:
        """Whether the quote of a statement stands, character for character, in a clause that they cite."""
        texts = [one.text for one in self.answer.citations if one.marker in markers]
        return statement.quote is not None and any(statement.quote in text for text in texts)


Measure = Callable[[Case], float | None]


def ranking_recall(case: Case, k: int) -> float | None:
    """Return |clauses with evidence among the first k found| / |clauses with evidence|."""
    wanted = {place.clause_id for place in case.golden.evidence}
    return _share(sum(one in wanted for one in case.answer.trace.retrieved[:k]), len(wanted))


def ranking_ndcg(case: Case) -> float | None:
    """Return nDCG@10 with gain 1 for a clause with evidence (Järvelin and Kekäläinen 2002).

    DCG = sum over ranks r <= 10 of gain / log2(r + 1), divided by that of the best order.
    """
    wanted = {place.clause_id for place in case.golden.evidence}
    if not wanted:
        return None
    found = case.answer.trace.retrieved[:DEPTH]
    gained = sum(1 / log2(rank + 1) for rank, one in enumerate(found, start=1) if one in wanted)
    return gained / sum(1 / log2(rank + 1) for rank in range(1, min(len(wanted), DEPTH) + 1))


def ranking_mrr(case: Case) -> float | None:
    """Return 1 / rank of the first clause with evidence among the first 10, 0 where there is none."""
    wanted = {place.clause_id for place in case.golden.evidence}
    if not wanted:
        return None
    found = case.answer.trace.retrieved[:DEPTH]
    return next((1 / rank for rank, one in enumerate(found, start=1) if one in wanted), 0.0)


def evidence_recall(case: Case) -> float | None:
    """Return |evidence strings that stand in a cited clause| / |evidence strings|."""
    texts = [citation.text for citation in case.answer.citations]
    held = sum(any(place.text in text for text in texts) for place in case.golden.evidence)
    return _share(held, len(case.golden.evidence))


def evidence_precision(case: Case) -> float | None:
    """Return |cited clauses with evidence, optional too| / |cited clauses|, of questions with evidence."""
    if not case.golden.evidence:
        return None
    places = [place.text for place in (*case.golden.evidence, *case.golden.optional)]
    cited = case.answer.citations
    return _share(sum(any(text in one.text for text in places) for one in cited), len(cited))


def citation_precision(case: Case) -> float | None:
    """Return |cited clauses that a statement with their marker needs| / |cited clauses|.

    A statement needs a clause that holds its quote or one of its facts, or whose heading it names.
    """
    cited = case.answer.citations
    return _share(sum(_is_needed(case, citation) for citation in cited), len(cited))


def citation_recall(case: Case) -> float | None:
    """Return |supported statements| / |statements with a quote or fact|.

    Supported: with a marker, and its quote and every fact stand in the clauses that its markers cite.
    """
    stating = [one for one in case.statements if one.quote is not None or case.facts_of(one)]
    return _share(sum(_is_supported(case, one) for one in stating), len(stating))


def groundedness(case: Case) -> float | None:
    """Return |numbers, dates and units of the answer that stand in a clause it cites| / |all of them|.

    A statement with markers is held to the clauses that they cite, one without to all that the answer cites.
    """
    everything = [citation.marker for citation in case.answer.citations]
    judged = [
        case.bears(one, fact, one.markers or everything)
        for one in case.statements
        for fact in case.facts_of(one)
    ]
    return _share(sum(judged), len(judged))


def quotes_verbatim(case: Case) -> float | None:
    """Return |quotes that stand character for character in a clause they cite| / |quotes|."""
    quoting = [one for one in case.statements if one.quote is not None]
    return _share(sum(case.quotes(one, one.markers) for one in quoting), len(quoting))


def must(case: Case) -> float | None:
    """Return |groups of `must` of which one string occurs in the answer or its notices| / |groups|."""
    said = plain(_shown(case.answer))
    groups = case.golden.record.must
    return _share(sum(any(holds(said, plain(words)) for words in group) for group in groups), len(groups))


def must_not(case: Case) -> float | None:
    """Return 1 where no string that proves a wrong answer occurs in the answer, 0 where one does."""
    forbidden = case.golden.record.must_not
    said = plain(_shown(case.answer))
    return None if not forbidden else float(not any(holds(said, plain(words)) for words in forbidden))


def correct(case: Case) -> float | None:
    """Return 1 where it refuses just where it should, says all of `must` and nothing of `must_not`."""
    right_kind = case.refused in {status in REFUSALS for status in case.accepted}
    if case.answer.status is Status.FAILED or not right_kind:
        return 0.0
    return float(must(case) in (None, 1.0) and must_not(case) in (None, 1.0))


def status_accuracy(case: Case) -> float | None:
    """Return 1 where the answer ended with an accepted status."""
    return float(case.answer.status in case.accepted)


def refusal_precision(case: Case) -> float | None:
    """Return, of a question that was refused, 1 where it should be."""
    return float(bool(case.accepted & REFUSALS)) if case.refused else None


def refusal_recall(case: Case) -> float | None:
    """Return, of a question that should be refused, 1 where it was."""
    return float(case.refused) if case.accepted <= REFUSALS else None


def over_refusal(case: Case) -> float | None:
    """Return, of a question that should be answered, 1 where it was refused or failed; less is better."""
    if case.accepted & REFUSALS:
        return None
    return float(case.refused or case.answer.status is Status.FAILED)


def list_recall(case: Case) -> float | None:
    """Return the share of a list's items that the answer gives.

    Of 'which clauses name the unit' (unit_list) the items are the clauses with evidence, given where cited;
    of other questions with three groups of `must` or more the groups.
    """
    if case.golden.record.type == "unit_list":
        wanted = {place.clause_id for place in case.golden.evidence}
        return _share(len(wanted & case.cited), len(wanted))
    return must(case) if len(case.golden.record.must) >= _LIST_LENGTH else None


def list_precision(case: Case) -> float | None:
    """Return, of 'which clauses name the unit', |cited clauses that belong to the list| / |cited clauses|."""
    if case.golden.record.type != "unit_list" or not case.golden.evidence:
        return None
    belonging = {place.clause_id for place in (*case.golden.evidence, *case.golden.optional)}
    return _share(len(belonging & case.cited), len(case.cited))


def notices_present(case: Case) -> float | None:
    """Return |required notices that are there| / |required|.

    Required: that the answer was generated, always; that the policy is a draft, where one is cited.
    """
    shown = "".join(case.answer.notices)
    required = [_GENERATED]
    if any(citation.document_id in case.drafts for citation in case.answer.citations):
        required.append(_DRAFT)
    return _share(sum(words in shown for words in required), len(required))


def _is_needed(case: Case, citation: Citation) -> bool:
    heading = squeezed(citation.heading_path.rsplit(" > ", 1)[-1])
    marker = [citation.marker]
    return any(
        case.quotes(one, marker)
        or any(case.bears(one, fact, marker) for fact in case.facts_of(one))
        or bool(heading and heading in squeezed(one.text))
        for one in case.statements
        if citation.marker in one.markers
    )


def _is_supported(case: Case, statement: Statement) -> bool:
    if not statement.markers or (
        statement.quote is not None and not case.quotes(statement, statement.markers)
    ):
        return False
    return all(case.bears(statement, fact, statement.markers) for fact in case.facts_of(statement))


def _source(citation: Citation) -> str:
    return squeezed(" ".join((citation.title, citation.path, citation.heading_path, citation.text)))


def _shown(answer: Answer) -> str:
    lines = [statement.text for statement in statements(answer.text)]
    return "\n".join([*lines, *answer.notices])


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
