"""The words by which enterprises describe themselves and what they need; kept by staff in two files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from assistant.lexicon import FOLDER, read
from vectorstore.models import Record


class Need(Record):
    """Something that enterprises need, how they put it, and which means of policy serve it."""

    id: str
    name: str
    words: tuple[str, ...] = Field(description="words that name it beyond doubt")
    says: tuple[str, ...] = Field(description="how people put it")
    instruments: tuple[str, ...] = ()


class Named(Record):
    """A name and the words that stand for it."""

    name: str
    words: tuple[str, ...]
    within: tuple[str, ...] = Field(default=(), description="wider names that it belongs to")
    marks: tuple[str, ...] = Field(default=(), description="words that show it without being its name")
    bases: tuple[str, ...] = Field(default=(), description="of a figure: what tiers take their rate of")

    formal: tuple[str, ...] = Field(
        default=(), description="of a figure: its names in official texts, the first of them the usual one"
    )

    @property
    def every(self) -> tuple[str, ...]:
        """Its name and all words that stand for it or show it."""
        return (self.name, *self.words, *self.marks)


class Enterprises(Record):
    """The file `enterprises.yaml`."""

    districts: tuple[Named, ...]
    province: tuple[str, ...]
    counties: dict[str, str]
    industries: tuple[Named, ...]
    certifications: tuple[Named, ...]
    sizes: tuple[Named, ...]
    projects: tuple[Named, ...]
    stages: tuple[Named, ...]
    items: tuple[str, ...] = Field(description="what money is spent on and what is no kind of figure")
    figures: tuple[Named, ...] = Field(min_length=2, description="the last is taken where no other fits")


class Vocabulary(Record):
    """Everything that descriptions of enterprises are read by."""

    needs: tuple[Need, ...]
    enterprises: Enterprises

    def need(self, need_id: str) -> Need | None:
        """Return a need by its id, or None."""
        return next((one for one in self.needs if one.id == need_id), None)

    def industries_of(self, words: tuple[str, ...]) -> frozenset[str]:
        """Return the known industries that some words name, wider ones included."""
        found: set[str] = set()
        for entry in self.enterprises.industries:
            if any(one == entry.name or word in one for one in words for word in entry.every):
                found |= {entry.name, *entry.within}
        return frozenset(found)

    def narrowest(self, names: frozenset[str]) -> frozenset[str]:
        """Return the industries among some that are no wider name of another of them."""
        wider = {name for one in self.enterprises.industries if one.name in names for name in one.within}
        return names - wider

    def is_wider(self, name: str, narrower: str) -> bool:
        """Whether an industry is a wider name of another."""
        return any(one.name == narrower and name in one.within for one in self.enterprises.industries)

    def figure_of_base(self, base: str) -> str | None:
        """Return the kind of figure that a tier takes its rate of, or None where none is known."""
        kinds = self.enterprises.figures
        return next((one.name for one in kinds if any(word in base for word in one.bases)), None)


@cache
def load_vocabulary(folder: Path = FOLDER) -> Vocabulary:
    """Return the vocabulary of a folder.

    Raises:
        LexiconError: a file is missing or malformed.
    """
    return Vocabulary(
        needs=read(folder / "needs.yaml", tuple[Need, ...]),
        enterprises=read(folder / "enterprises.yaml", Enterprises),
    )
