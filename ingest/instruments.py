"""Instruments of policy (政策工具) named in a clause, found by a reviewed list of names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ingest.datafiles import read_entries
from ingest.widths import halve
from vectorstore.models import Instrument, Record

_LIST = "instruments.yaml"


class InstrumentName(Record):
    """One line of the list: a normalised name and its other spellings."""

    name: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True)
class InstrumentFinder:
    """Finds instruments in texts."""

    names: tuple[InstrumentName, ...]

    @cached_property
    def _normal(self) -> dict[str, str]:
        return {
            halve(spelling): entry.name for entry in self.names for spelling in (entry.name, *entry.variants)
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._normal, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def find(self, text: str, offset: int = 0) -> tuple[Instrument, ...]:
        """Return every mention in order; spans are document offsets (the clause starts at `offset`)."""
        return tuple(
            Instrument(
                start=offset + found.start(), end=offset + found.end(), name=self._normal[found.group(0)]
            )
            for found in self._pattern.finditer(halve(text))
        )


def shipped_instruments() -> InstrumentFinder:
    """Return the finder for the list that the package ships."""
    return InstrumentFinder(read_entries(_LIST, InstrumentName))
