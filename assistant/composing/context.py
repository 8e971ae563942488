"""What the composers of one product share: sentences for people, the clock, matching, the names of units."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from assistant.lexicon import UnitClass
from assistant.matching import Matcher
from prompts.loader import Messages

_EACH = re.compile("各个?区县|每个区县?|每个县|各县区?|各区")


@dataclass(frozen=True)
class Context:
    """Handed to every composer."""

    messages: Messages
    matcher: Matcher
    today: Callable[[], date]
    counties: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    classes: tuple[UnitClass, ...] = ()
    """What units of a kind are called together: 运营商."""
    official: Callable[[str], str | None] = field(default=lambda _: None)
    """Words of the documents for a lay word, or None."""

    def counties_in(self, text: str) -> tuple[str, ...]:
        """Return the counties of the region that a text names, or 各区县 where it asks for each."""
        named = tuple(place for place in self.counties if place in text)
        return named or tuple(found for found in _EACH.findall(text)[:1])
