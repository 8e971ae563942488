"""One condition of a measure against a profile: 满足, 不满足, 需材料 or 需核实, with the reason."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from assistant.support.money import exact, say_money
from assistant.support.profile import Profile
from assistant.support.vocabulary import Vocabulary
from prompts.loader import Messages
from vectorstore.measures import Condition, ConditionField, Measure
from vectorstore.models import Record


class State(StrEnum):
    """How a condition stands."""

    MET = "满足"
    UNMET = "不满足"
    PAPERS = "需材料"
    CHECK = "需核实"


class Tick(Record):
    """A condition with how it stands for one profile."""

    text: str
    state: State
    why: str = Field(default="", description="what it was decided by, or what is missing")
    asks: str = Field(default="", description="field of the profile that would decide it; '' for papers")
    by: str = Field(default="", description="field of the profile that decided it")
    blocks: bool = Field(default=False, description="whether it must be settled before 可直接对应")


class Ticker:
    """Ticks the conditions of measures."""

    def __init__(self, vocabulary: Vocabulary, messages: Messages) -> None:
        self._vocabulary = vocabulary
        self._say = messages

    def ticks(self, measure: Measure, profile: Profile) -> tuple[Tick, ...]:
        """Return the conditions of a measure as they stand, its industries among them."""
        industry = self._industry(measure, profile)
        return (*industry, *(self._tick(condition, profile, measure) for condition in measure.conditions))

    def _industry(self, measure: Measure, profile: Profile) -> tuple[Tick, ...]:
        if not measure.industries:
            return ()
        text = self._say("tick.industry", target=measure.target_group or "、".join(measure.industries))
        ours = self._vocabulary.industries_of(profile.industry)
        if not profile.industry:
            return (self._open(text, "industry"),)
        named = frozenset(measure.industries)
        words = "、".join(profile.industry)
        if ours & named or any(word in named for word in profile.industry):
            return (Tick(text=text, state=State.MET, why=self._say("tick.by_industry", words=words)),)
        leaves = self._vocabulary.narrowest(ours)
        if not ours or any(self._vocabulary.is_wider(one, other) for one in leaves for other in named):
            return (self._open(text, "industry"),)
        why = self._say("tick.by_industry", words=words)
        return (Tick(text=text, state=State.UNMET, why=why, by="industry"),)

    def _tick(self, condition: Condition, profile: Profile, measure: Measure) -> Tick:
        field = condition.field
        if field is ConditionField.INVESTMENT:
            return self._figure(condition, self._investment(profile, measure))
        if field is ConditionField.REVENUE:
            return self._figure(condition, profile.revenue, "revenue")
        if field is ConditionField.CERTIFICATION:
            return self._certification(condition, profile)
        if field is ConditionField.PROJECT:
            return self._word(condition, profile.project, "project")
        if field is ConditionField.STAGE:
            return self._word(condition, profile.stage, "stage")
        if field is ConditionField.SIZE:
            return self._word(condition, profile.size, "size")
        blocks = field is ConditionField.SELECTION
        why = self._say("tick.selection" if blocks else "tick.papers")
        return Tick(text=condition.text, state=State.PAPERS, why=why, blocks=blocks)

    def _investment(self, profile: Profile, measure: Measure) -> float | None:
        kinds = (self._vocabulary.figure_of_base(tier.base) for tier in measure.tiers)
        return next((profile.figures[kind] for kind in kinds if kind and kind in profile.figures), None)

    def _figure(self, condition: Condition, value: float | None, asks: str = "figures") -> Tick:
        if value is None or condition.at_least is None:
            return self._open(condition.text, asks)
        key, state = ("tick.reached", State.MET)
        if value < condition.at_least:
            key, state = "tick.below", State.UNMET
        why = self._say(key, value=say_money(exact(value)), least=say_money(exact(condition.at_least)))
        return Tick(text=condition.text, state=state, why=why)

    def _certification(self, condition: Condition, profile: Profile) -> Tick:
        held = [one for one in profile.certifications or () if one in condition.any_of]
        if held:
            why = self._say("tick.holds", title="、".join(held))
            return Tick(text=condition.text, state=State.MET, why=why, by="certifications")
        said = profile.certifications == () or set(condition.any_of) <= set(profile.without)
        if said:
            return Tick(text=condition.text, state=State.UNMET, why=self._say("tick.lacks"))
        return self._open(condition.text, "certifications")

    def _word(self, condition: Condition, value: str | None, asks: str) -> Tick:
        if value is None:
            return self._open(condition.text, asks)
        why = self._say("tick.said", value=value)
        if value in condition.any_of:
            return Tick(text=condition.text, state=State.MET, why=why)
        if asks == "stage":
            return Tick(text=condition.text, state=State.PAPERS, why=why, blocks=True)
        return Tick(text=condition.text, state=State.UNMET, why=why, by=asks)

    def _open(self, text: str, asks: str) -> Tick:
        why = self._say("tick.unknown")
        return Tick(text=text, state=State.PAPERS, why=why, asks=asks, blocks=True)
