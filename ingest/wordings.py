"""Everyday wordings (常见问法): how people ask for what a sentence says, tied to the clause's digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from ingest.datafiles import read_entries
from vectorstore.models import Clause, Record


class Asked(Record):
    """The wordings of one thing that a clause says."""

    about: str = Field(min_length=1, description="verbatim part of one sentence of the clause")
    wordings: tuple[str, ...] = Field(min_length=1, description="how people ask for it")


class ClauseWordings(Record):
    """The wordings of one clause; they hold for exactly the text whose digest they name."""

    path: str = Field(description="path of the clause")
    digest: str = Field(description="SHA-256 of the clause's text when they were written")
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class FittingWordings:
    """The wordings that fit a document's clauses, by path, and the paths where they no longer do."""

    by_path: dict[str, tuple[Asked, ...]]
    stale: tuple[str, ...]


def read_wordings(folder: Path, document_id: str) -> tuple[ClauseWordings, ...]:
    """Return the wordings of a document, () where no file holds any."""
    path = folder / f"{document_id}.yaml"
    return read_entries(path, ClauseWordings) if path.is_file() else ()


def fit(clauses: Sequence[Clause], wordings: Sequence[ClauseWordings]) -> FittingWordings:
    """Return the wordings whose clause is unchanged and whose part stands in it once."""
    texts = {clause.path: clause.text for clause in clauses}
    digests = {clause.path: clause.digest for clause in clauses}
    stale = tuple(entry.path for entry in wordings if digests.get(entry.path) != entry.digest)
    fitting = {
        entry.path: tuple(asked for asked in entry.asked if texts[entry.path].count(asked.about) == 1)
        for entry in wordings
        if entry.path not in stale
    }
    return FittingWordings(fitting, stale)
