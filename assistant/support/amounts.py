"""What a measure gives for a figure: computed from its tiers, the sum shown; ranges stay ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pydantic import Field

from assistant.support.money import exact, say_money, say_rate
from assistant.support.vocabulary import Vocabulary
from prompts.loader import Messages
from vectorstore.measures import Measure, Tier
from vectorstore.models import Record


class Sum(Record):
    """What one measure gives for one figure."""

    base: str = Field(description="what the figure is, e.g. 设备投资额")
    figure: float = Field(description="yuan")
    reached: bool = Field(description="false: under the threshold of every tier, or above the tier")
    low: float | None = Field(default=None, description="yuan; None: no sum can be computed")
    high: float | None = Field(default=None, description="yuan; equal to `low` where it is no range")
    capped: bool = False
    unread: bool = Field(default=False, description="an official sentence not understood whole: no sum, why")
    text: str = Field(description="the sum as shown, e.g. 650万元×8%=52万元")


class Calculator:
    """Computes sums from tiers; exact decimals, no rounding."""

    def __init__(self, vocabulary: Vocabulary, messages: Messages) -> None:
        self._vocabulary = vocabulary
        self._say = messages

    def compute(self, measure: Measure, figures: Mapping[str, float]) -> Sum | None:
        """Return the sum for the figure that the tiers take their rate of; None where no figure fits."""
        fitting = [tier for tier in measure.tiers if self._kind(tier) in figures]
        if not fitting:
            return None
        figure = figures[self._kind(fitting[0]) or ""]
        tier = _tier_of(fitting, figure)
        if tier is None:
            return self._missed(fitting, figure)
        return self.of_tier(tier, figure)

    def _kind(self, tier: Tier) -> str | None:
        return self._vocabulary.figure_of_base(tier.base)

    def _missed(self, tiers: Sequence[Tier], figure: float) -> Sum:
        least = min((tier.at_least for tier in tiers if tier.at_least is not None), default=None)
        most = max((tier.at_most for tier in tiers if tier.at_most is not None), default=None)
        key = "sum.below" if least is not None and figure < least else "sum.above"
        bound = least if key == "sum.below" else most
        text = self._say(
            key, base=tiers[0].base, figure=say_money(exact(figure)), bound=say_money(exact(bound or 0))
        )
        return Sum(base=tiers[0].base, figure=figure, reached=False, text=text)

    def of_tier(self, tier: Tier, figure: float) -> Sum:
        """Return the sum that one tier gives for a figure that lies in it."""
        money = exact(figure)
        if tier.amount is not None:
            text = self._say(
                "sum.step",
                base=tier.base,
                figure=say_money(money),
                step=say_money(exact(tier.at_least or 0)),
                amount=say_money(exact(tier.amount)),
            )
            return Sum(
                base=tier.base, figure=figure, reached=True, low=tier.amount, high=tier.amount, text=text
            )
        rates = [rate for rate in (tier.rate, tier.rate_max) if rate is not None]
        if not rates:
            cap = say_money(exact(tier.cap)) if tier.cap is not None else ""
            text = self._say("sum.no_rate", base=tier.base, figure=say_money(money), cap=cap)
            return Sum(base=tier.base, figure=figure, reached=True, text=text)
        return self._rated(tier, money, rates)

    def _rated(self, tier: Tier, money: Decimal, rates: Sequence[float]) -> Sum:
        cap = exact(tier.cap) if tier.cap is not None else None
        raw = [money * exact(rate) for rate in rates]
        paid = [value if cap is None else min(value, cap) for value in raw]
        shown = "—".join(say_rate(rate) for rate in rates)
        product = "—".join(say_money(value) for value in raw)
        only_most = tier.rate is None
        text = self._say(
            "sum.rate_most" if only_most else "sum.rate",
            base=tier.base, figure=say_money(money), rate=shown, product=product,
        )  # fmt: skip
        capped = paid != raw
        if cap is not None:
            key = "sum.capped" if capped else "sum.within"
            text += self._say(key, cap=say_money(cap), paid="—".join(dict.fromkeys(map(say_money, paid))))
        return Sum(
            base=tier.base,
            figure=float(money),
            reached=True,
            low=None if only_most else float(paid[0]),
            high=float(paid[-1]),
            capped=capped,
            text=text,
        )


def _tier_of(tiers: Sequence[Tier], figure: float) -> Tier | None:
    """Return the highest step that a figure reaches."""
    reached = [
        tier
        for tier in tiers
        if (tier.at_least is None or figure >= tier.at_least)
        and (tier.at_most is None or figure <= tier.at_most)
    ]
    return max(reached, key=lambda tier: tier.at_least or 0.0, default=None)
