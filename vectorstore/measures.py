"""Measures of support as facts: what is offered, to whom, on which conditions, how much."""

from __future__ import annotations

from pydantic import Field

from vectorstore.records import Record


class Tier(Record):
    """A step of a measure's amount. Money is in yuan, rates are shares (0.08 is 8 %)."""

    base: str = Field(default="", description="what the rate is taken of, e.g. 设备投资额")
    at_least: float | None = Field(default=None, description="lowest base that reaches the tier, yuan")
    below: float | None = Field(default=None, description="the base must be below this, yuan")
    rate: float | None = Field(default=None, description="share of the base")
    rate_max: float | None = Field(default=None, description="upper end where the rate is a range")
    amount: float | None = Field(default=None, description="fixed sum, yuan")
    amount_max: float | None = Field(default=None, description="upper end where the sum is a range")
    cap: float | None = Field(default=None, description="most that is paid, yuan")
    per: str = Field(default="", description="per what: 年, 项目, 人 ...")


class Measure(Record):
    """One measure (政策措施) of a policy, in our own words; never a quote."""

    measure_id: str = Field(description="<policy id>/<n>, lasting")
    topic: str
    offer: str = Field(description="what is offered")
    target_group: str = Field(default="", description="to whom, as the source says in short")
    conditions: tuple[str, ...] = Field(default=(), description="each condition of its own")
    amount_text: str = Field(default="", description="amount in words; '' where the source states none")
    cap_text: str = Field(default="", description="cap in words; '' where the source states none")
    tiers: tuple[Tier, ...] = ()
    needs: tuple[str, ...] = Field(
        default=(), description="what it serves: compute, model, data, equipment, rnd, talent, finance ..."
    )
    industries: tuple[str, ...] = Field(default=(), description="words of industries; () means any")
    excludes: tuple[str, ...] = Field(default=(), description="what it cannot be combined with")
    payee: str = Field(default="enterprise", description="who gets the money: enterprise, person, government")
    agency: str = Field(default="", description="responsible unit as the source names it")
    clause: str = Field(default="", description="where it stands in the source, e.g. 一(三)")
