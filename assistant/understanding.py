"""What a question is understood to be: its route, the detail asked, and what it mentions."""

from __future__ import annotations

import re
from enum import StrEnum

from pydantic import Field

from vectorstore.models import Record

_YEAR = re.compile(r"20\d\d年?底?")


class Route(StrEnum):
    """What kind of answer a question wants."""

    NUMBER = "number"
    UNIT = "unit"
    UNIT_LIST = "unit_list"
    SUPPORT = "support"
    DEFINITION = "definition"
    CONTACT = "contact"
    COMPARE = "compare"
    CONTENT = "content"
    OUT_OF_SCOPE = "out_of_scope"
    ATTACK = "attack"
    META = "meta"


IN_SCOPE = frozenset(Route) - {Route.OUT_OF_SCOPE, Route.ATTACK, Route.META}


class Detail(StrEnum):
    """What kind of thing the asker wants to hear."""

    MONEY = "money"
    COUNT = "count"
    DATE = "date"
    UNIT = "unit"
    PERSON = "person"
    PLACE = "place"
    PHONE = "phone"
    PROCEDURE = "procedure"
    CONDITION = "condition"
    LIST = "list"
    YESNO = "yesno"
    MEANING = "meaning"
    REASON = "reason"
    STATUS = "status"
    ANY = "any"


class UnitMention(Record):
    """A unit of government that the question names."""

    surface: str = Field(description="as the person wrote it")
    name: str | None = Field(description="the name in the documents, or None where no document names it")


class Quantity(Record):
    """A number with its unit in the question."""

    text: str
    number: float
    unit: str = Field(description="家, 个, 亿元, 万元, %, 年 ... or ''")


class Understanding(Record):
    """A question, understood."""

    original: str = Field(description="the last turn as the person wrote it")
    text: str = Field(description="normalised: simplified characters, half width, pinyin and English turned")
    context: tuple[str, ...] = Field(
        default=(), description="earlier turns that this one leans on, newest first"
    )
    topic: str = Field(default="", description="what a follow-up is about, from the turns that it leans on")
    told: str = Field(default="", description="the turn before, where it tells something and asks nothing")
    is_bare: bool = Field(default=False, description="whether a follow-up names no subject of its own")
    leans: bool = Field(
        default=False,
        description="whether a follow-up is short or names no subject: it leans on its topic",
    )
    strays: bool = Field(
        default=False, description="whether a follow-up names a subject that the documents do not tell of"
    )
    route: Route = Route.CONTENT
    detail: Detail = Detail.ANY
    route_scores: dict[str, float] = Field(default_factory=dict, description="probability a route")
    inside: float = Field(
        default=0.5, ge=0, le=1, description="probability of asking what the explained documents are about"
    )
    detail_scores: dict[str, float] = Field(default_factory=dict, description="probability a detail")
    units: tuple[UnitMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    terms: tuple[str, ...] = Field(
        default=(), description="words of the documents in the question, salient first"
    )
    among: tuple[str, ...] = Field(
        default=(), description="ids of the clauses listed before of which it asks (其中)"
    )
    beyond: int = Field(default=0, description="a place beyond those of the list before: 10 of nine")
    beside: tuple[str, ...] = Field(default=(), description="two or more things that it names side by side")
    sought: tuple[str, ...] = Field(
        default=(), description="names that it asks about whether the documents speak of them at all"
    )
    unwritten: tuple[str, ...] = Field(
        default=(), description="places of the region that it names and no document does"
    )
    unknown: tuple[str, ...] = Field(
        default=(), description="things it asks about that stand in no document, at most two"
    )
    elsewhere: tuple[str, ...] = Field(default=(), description="places outside the region that it names")
    home: bool = Field(default=False, description="whether it names a place of the region")
    language: str = Field(default="zh", description="zh, en or pinyin")
    corrections: tuple[str, ...] = Field(default=(), description="wordings after correction of slips")

    official: str | None = Field(default=None, description="official terms for the lay terms in it")
    rewritten: str | None = Field(default=None, description="stand-alone wording by a chat model")

    @property
    def asked(self) -> str:
        """What is asked: the turn, or before it what a turn without a subject of its own is about."""
        return f"{self.topic} {self.text}" if self.is_bare else self.text

    @property
    def counted(self) -> str:
        """What a number is asked of: as `asked`, a year of the turn itself instead of those before it."""
        if not self.is_bare:
            return self.text
        topic = _YEAR.sub("", self.topic) if _YEAR.search(self.text) else self.topic
        return f"{topic} {self.text}"

    @property
    def is_away(self) -> bool:
        """Whether it names places outside the region alone, none of the region beside them."""
        return bool(self.elsewhere) and not self.home

    def asks(self, detail: Detail, at_least: float = 0.3) -> bool:
        """Whether the question asks for a detail, as the most probable one or probably beside it."""
        return self.detail is detail or self.detail_scores.get(detail.value, 0.0) >= at_least
