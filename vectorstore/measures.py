"""Measures of support as facts: what is offered, to whom, on which conditions, how much."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from vectorstore.records import Record


class MeasureKind(StrEnum):
    """What a measure gives: money with a standard, a direction without one, a service, or a duty."""

    SUPPORT = "support"
    DIRECTION = "direction"
    SERVICE = "service"
    DUTY = "duty"


class Payee(StrEnum):
    """Who gets the money; what goes to a local government is never the enterprise's."""

    ENTERPRISE = "enterprise"
    PERSON = "person"
    GOVERNMENT = "government"


class ConditionField(StrEnum):
    """Which fact about an enterprise decides a condition.

    PAPERS: documents must show it; SELECTION: an authority judges it (评审, 入选, 认定为示范 ...).
    """

    INVESTMENT = "investment"
    REVENUE = "revenue"
    CERTIFICATION = "certification"
    SIZE = "size"
    PROJECT = "project"
    STAGE = "stage"
    SELECTION = "selection"
    PAPERS = "papers"


class Condition(Record):
    """One condition of a measure, in our own words, with what decides it."""

    text: str
    field: ConditionField = ConditionField.PAPERS
    any_of: tuple[str, ...] = Field(default=(), description="values of the field that meet it; one is enough")
    at_least: float | None = Field(default=None, description="least value of the field, yuan")


class Tier(Record):
    """A step of a measure's amount. Money is in yuan, rates are shares (0.08 is 8 %)."""

    base: str = Field(default="", description="what the rate is taken of, e.g. 设备投资额")
    at_least: float | None = Field(default=None, description="lowest base that reaches the tier, yuan")
    at_most: float | None = Field(default=None, description="highest base of the tier, yuan")
    rate: float | None = Field(default=None, description="share of the base; lower end where a range")
    rate_max: float | None = Field(
        default=None, description="upper end where the rate is a range; alone: 最高, 不超过"
    )
    amount: float | None = Field(default=None, description="fixed sum, yuan")
    cap: float | None = Field(default=None, description="most that is paid, yuan")
    per: str = Field(default="", description="per what: 年, 项目, 人 ...")


class Measure(Record):
    """One measure (政策措施) of a policy, in our own words; never a quote."""

    measure_id: str = Field(description="<policy id>/<n>, lasting")
    kind: MeasureKind = MeasureKind.SUPPORT
    topic: str
    offer: str = Field(description="what is offered")
    target_group: str = Field(default="", description="to whom, as the source says in short")
    conditions: tuple[Condition, ...] = Field(default=(), description="each condition of its own")
    amount_text: str = Field(default="", description="amount in words; '' where the source states none")
    cap_text: str = Field(default="", description="cap in words; '' where the source states none")
    tiers: tuple[Tier, ...] = ()
    needs: tuple[str, ...] = Field(
        default=(), description="what it serves: compute, model, data, equipment, rnd, talent, finance ..."
    )
    industries: tuple[str, ...] = Field(default=(), description="words of industries; () means any")
    excludes: tuple[str, ...] = Field(default=(), description="what it cannot be combined with")
    payee: Payee = Payee.ENTERPRISE
    agency: str = Field(default="", description="responsible unit as the source names it")
    clause: str = Field(default="", description="where it stands in the source, e.g. 一(三)")
    note: str = Field(default="", description="what must be known beside it")
