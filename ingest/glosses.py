"""Glosses (通俗解读): reviewed explanations of clauses, each tied to its clause's digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from ingest.datafiles import read_entries
from vectorstore.models import Clause, Record


class Gloss(Record):
    """One explanation; it holds for exactly the text whose digest it names."""

    path: str = Field(description="path of the clause")
    digest: str = Field(description="SHA-256 of the clause's text when the gloss was reviewed")
    gloss: str = Field(min_length=1, description="one or two sentences in everyday words")
    draft: bool = Field(default=False, description="written by a model and not yet reviewed: does not count")


@dataclass(frozen=True)
class Glossed:
    """Clauses with their glosses, and the paths whose gloss no longer fits the text."""

    clauses: tuple[Clause, ...]
    stale: tuple[str, ...]


def read_glosses(folder: Path, document_id: str) -> tuple[Gloss, ...]:
    """Return the glosses of a document, () where no file holds any."""
    path = folder / f"{document_id}.yaml"
    return read_entries(path, Gloss) if path.is_file() else ()


def attach(clauses: Sequence[Clause], glosses: Sequence[Gloss]) -> Glossed:
    """Return the clauses with the glosses that fit; a gloss of a changed or missing clause is stale."""
    by_path = {gloss.path: gloss for gloss in glosses if not gloss.draft}
    digests = {clause.path: clause.digest for clause in clauses}
    stale = tuple(path for path, gloss in by_path.items() if digests.get(path) != gloss.digest)
    fitting = {path: gloss.gloss.strip() for path, gloss in by_path.items() if path not in stale}
    return Glossed(
        tuple(
            clause.model_copy(update={"gloss": fitting[clause.path]}) if clause.path in fitting else clause
            for clause in clauses
        ),
        stale,
    )
