"""What the composers of one product share: sentences for people, the clock, matching, the names of units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assistant.matching import Matcher
from prompts.loader import Messages


@dataclass(frozen=True)
class Context:
    """Handed to every composer."""

    messages: Messages
    matcher: Matcher
    today: Callable[[], date]
    places: tuple[str, ...] = ()
