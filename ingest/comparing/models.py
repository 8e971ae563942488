"""What a comparison of two documents holds; its JSON is a contract."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from vectorstore.models import ClauseKind
from vectorstore.records import Record


class Op(StrEnum):
    """What happens to a run of characters on the way from the first text to the second."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


class Segment(Record):
    """A run of characters. EQUAL and DELETE joined are the first text, EQUAL and INSERT the second."""

    op: Op
    text: str


class Change(StrEnum):
    """What became of a clause."""

    UNCHANGED = "unchanged"
    RENUMBERED = "renumbered"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class ValueKind(StrEnum):
    """Which sort of value changed."""

    TARGET = "指标"
    QUANTITY = "数值"
    DATE = "日期"
    UNIT = "责任单位"


class ValueChange(Record):
    """A value that changed; None where the clause of that side does not hold it."""

    kind: ValueKind
    label: str = Field(default="", description="what is counted, where both clauses say the same; else ''")
    before: str | None
    after: str | None


class ClauseSide(Record):
    """A clause as it stands in one of the two documents."""

    path: str
    heading_path: str
    kind: ClauseKind
    text: str = Field(description="verbatim")


class ClauseChange(Record):
    """One row: a clause of the first document, of the second, or the same of both."""

    change: Change
    is_moved: bool = Field(default=False, description="stands elsewhere in the order of the clauses")
    before: ClauseSide | None
    after: ClauseSide | None
    segments: tuple[Segment, ...] = Field(description="the way from `before.text` to `after.text`")
    values: tuple[ValueChange, ...] = ()

    @property
    def is_shown(self) -> bool:
        """Whether a reader should see it as a difference."""
        return self.change is not Change.UNCHANGED or self.is_moved


class DocumentSide(Record):
    """One of the two documents."""

    document_id: str
    title: str
    status: str = Field(description="效力 on the day of the comparison, the other document considered")
    status_basis: str
    number: str | None
    effective: str | None = Field(description="ISO")
    version: str | None = Field(description="ISO, day of this wording")
    source_name: str


class Counts(Record):
    """How many clauses became what; a moved one is counted by what became of its words, too."""

    unchanged: int = 0
    renumbered: int = 0
    changed: int = 0
    added: int = 0
    removed: int = 0
    moved: int = 0


class DocumentDiff(Record):
    """Two documents compared. Every clause of both stands in exactly one row."""

    before: DocumentSide
    after: DocumentSide
    counts: Counts
    rows: tuple[ClauseChange, ...] = Field(description="in the order of the second document")
