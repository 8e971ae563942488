"""What a composer is handed, and the builder of drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.asking import ValidityQuestion
from assistant.dates import AskedDay
from assistant.ledger import Ledger, Place
from assistant.models import Audience, Draft, Sentence, SentenceKind, Status
from assistant.understanding import Understanding
from vectorstore.models import RetrievedClause, SearchResult

_SAID_FIRST = frozenset({SentenceKind.LEAD, SentenceKind.GAP, SentenceKind.NOTE})


@dataclass(frozen=True)
class ComposeRequest:
    """A question understood, what was found for it, and the ledger."""

    understanding: Understanding
    result: SearchResult
    ledger: Ledger
    audience: Audience
    confidence: float = 1.0
    asked: AskedDay | None = None
    validity: ValidityQuestion | None = None

    def place(self, found: RetrievedClause) -> Place:
        """Return the clause found, in its document."""
        return Place(document=self.ledger.by_document[found.document_id], clause=found.clause)


class Composer(Protocol):
    """Writes a draft from a request."""

    @property
    def name(self) -> str:
        """Name for the trace."""
        ...

    def compose(self, request: ComposeRequest) -> Draft:
        """Return sentences with the clauses that they rest on; verification comes after."""
        ...


@dataclass
class DraftBuilder:
    """Collects the sentences of a draft."""

    status: Status = Status.ANSWERED
    sentences: list[Sentence] = field(default_factory=list)
    states_number: bool = False
    """Whether the number that was asked for is said: a goal, or how many there are."""
    states_units: bool = False
    """Whether the units that were asked for are said: no person, and no list, is lacking."""

    def add(
        self,
        kind: SentenceKind,
        text: str,
        places: Sequence[Place] = (),
        quotes: Sequence[str] = (),
        counted: Sequence[int] = (),
    ) -> None:
        """Append a sentence; the same line is never said twice."""
        sentence = Sentence(
            kind=kind,
            text=text,
            quotes=tuple(quotes),
            counted=tuple(counted),
            clause_ids=tuple(dict.fromkeys(place.clause_id for place in places)),
        )
        if all(
            sentence.text != other.text or sentence.clause_ids != other.clause_ids for other in self.sentences
        ):
            self.sentences.append(sentence)

    def quote(self, place: Place, text: str) -> None:
        """Append a verbatim quote of a clause."""
        said = any(
            text in quote for one in self.sentences if one.kind is SentenceKind.QUOTE for quote in one.quotes
        )
        if text and not said:
            self.add(SentenceKind.QUOTE, f"「{text}」", [place], [text])

    def note(self, text: str) -> None:
        """Append a fixed remark that states nothing of the policy."""
        self.add(SentenceKind.NOTE, text)

    def without(self, text: str) -> None:
        """Take back a remark that something more telling takes the place of."""
        self.sentences = [one for one in self.sentences if one.text != text]

    def bring_forward(self, since: int, to: int) -> None:
        """Move what is said since a place to an earlier one, but for its quotes and advice.

        What people want to hear first is whether the text holds what they asked, not its clauses.
        """
        said = self.sentences[since:]
        first = [sentence for sentence in said if sentence.kind in _SAID_FIRST]
        rest = [sentence for sentence in said if sentence.kind not in _SAID_FIRST]
        self.sentences[since:] = rest
        self.sentences[to:to] = first

    def draft(self) -> Draft:
        """Return the draft."""
        return Draft(status=self.status, sentences=tuple(self.sentences))
