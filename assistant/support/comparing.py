"""The like-for-like table of measures here and elsewhere: object, base, rate, cap, year, status."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from assistant.support.grading import place_of
from assistant.support.matches import Row
from assistant.support.money import exact, say_money, say_rate
from assistant.support.offers import Offer
from assistant.support.profile import HOME
from prompts.loader import Messages
from vectorstore.measures import MeasureKind, Tier
from vectorstore.models import Document


class Comparer:
    """Builds the rows; a place without a measure of the kind gets one row that says 未检得."""

    def __init__(self, messages: Messages) -> None:
        self._nothing = messages("not_found")
        self._unstated = messages("none")

    def rows(
        self,
        offers: Sequence[Offer],
        places: Sequence[str],
        standing: Callable[[Document], str],
    ) -> tuple[Row, ...]:
        """Return the rows of the home region first, then of each place in the order asked."""
        found: list[Row] = []
        for place in (HOME.removesuffix("市"), *places):
            ours = [offer for offer in offers if self._is_of(offer, place)]
            found += [row for offer in ours for row in self._rows(offer, standing(offer.document))]
            if not ours:
                found.append(self._empty(place))
        return tuple(found)

    def _is_of(self, offer: Offer, place: str) -> bool:
        name = place.removesuffix("市").removesuffix("区").removesuffix("县")
        is_measure = offer.measure is None or offer.measure.kind is MeasureKind.SUPPORT
        return is_measure and name in place_of(offer)

    def _rows(self, offer: Offer, standing: str) -> Iterable[Row]:
        measure, document = offer.measure, offer.document
        tiers = measure.tiers if measure else ()
        unstated = self._nothing if document.is_excerpt else self._unstated
        dates = document.validity.dates
        day = dates.adopted or dates.published or dates.effective or document.published
        yield Row(
            place=document.region or self._nothing,
            topic=measure.topic if measure else "、".join(offer.instruments),
            target=(measure.target_group if measure else "") or unstated,
            base="、".join(dict.fromkeys(tier.base for tier in tiers if tier.base)) or unstated,
            rate=self._rate(measure.amount_text if measure else "", tiers) or unstated,
            cap=self._cap(measure.cap_text if measure else "", tiers) or unstated,
            year=day[:4] if day else self._nothing,
            standing=standing,
            clause_id=offer.clause_id,
            url=document.url,
        )

    def _rate(self, words: str, tiers: Sequence[Tier]) -> str:
        if words:
            return words
        rates = [say_rate(rate) for tier in tiers for rate in (tier.rate, tier.rate_max) if rate is not None]
        return "、".join(dict.fromkeys(rates))

    def _cap(self, words: str, tiers: Sequence[Tier]) -> str:
        if words:
            return words
        caps = [say_money(exact(tier.cap)) for tier in tiers if tier.cap is not None]
        return "、".join(dict.fromkeys(caps))

    def _empty(self, place: str) -> Row:
        blank = dict.fromkeys(("topic", "target", "base", "rate", "cap", "year", "standing"), self._nothing)
        return Row(place=place, **blank)
