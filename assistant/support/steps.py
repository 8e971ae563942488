"""What the share that an official sentence gives comes to: its steps, or why none were read."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from assistant.support.bounds import Bounds
from vectorstore.models import Record


class Unread(StrEnum):
    """Why no sum is computed of a sentence; each has a message `unread.<name>`."""

    BASES = "bases"
    BASE = "base"
    GROWTH = "growth"
    PER = "per"
    STEPS = "steps"
    CAPS = "caps"
    RULES = "rules"
    WHOSE = "whose"
    WORDS = "words"


class Step(Record):
    """A rate with the range that it is for."""

    bounds: Bounds | None = Field(default=None, description="None: for every figure")
    is_part: bool = Field(default=False, description="of the part of the figure between the bounds alone")
    rate: float = Field(description="share; the lower end where `upper` is given")
    upper: float | None = Field(default=None, description="upper end of the share, where it is a range")
    at_most: bool = Field(default=False, description="最高, 不超过: the share is the most, not the rule")
    caps: tuple[float, ...] = Field(default=(), description="yuan, written with this step")


class Rates(Record):
    """What a sentence gives for a figure, or why it is not computed."""

    base: str = Field(description="what the rate is taken of, in the words of the text")
    kind: str = Field(description="kind of figure")
    steps: tuple[Step, ...] = ()
    caps: tuple[float, ...] = Field(default=(), description="caps of the whole, yuan")
    near: tuple[str, ...] = Field(default=(), description="where nothing was read: kinds that it speaks of")
    unread: Unread | None = None


class NotReadError(Exception):
    """A sentence is not understood whole; carries the reason, never leaves the reader."""

    def __init__(self, why: Unread) -> None:
        super().__init__(why)
        self.why = why
