"""The like-for-like tables of measures here and elsewhere, one a kind of thing: 算力 beside 算力."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.support.grading import place_of
from assistant.support.matches import Row
from assistant.support.money import exact, say_money, say_rate
from assistant.support.offers import Offer
from assistant.support.profile import HOME
from assistant.support.sources import source_of
from assistant.support.vocabulary import Need, Vocabulary
from prompts.loader import Messages
from vectorstore.measures import MeasureKind, Tier
from vectorstore.models import Document

_UNSEEN = re.compile(".{0,4}未见")


class Comparer:
    """Builds the rows; a place without a measure of the kind gets one row that says 未检得."""

    def __init__(self, vocabulary: Vocabulary, messages: Messages) -> None:
        self._vocabulary = vocabulary
        self._say = messages
        self._nothing = messages("not_found")
        self._unstated = messages("none")

    def rows(
        self,
        offers: Sequence[Offer],
        needs: Sequence[str],
        places: Sequence[str],
        standing: Callable[[Document], str],
    ) -> tuple[Row, ...]:
        """Return the rows of each need in turn, in the order of the places.

        A need that no place serves is left out, unless it is the only one.
        """
        found: list[Row] = []
        for need in (one for one in self._vocabulary.needs if one.id in needs):
            rows = [row for place in places for row in self._of_place(offers, place, need, standing)]
            if len(needs) == 1 or any(row.clause_id for row in rows):
                found += rows
        return tuple(found)

    def _of_place(
        self, offers: Sequence[Offer], place: str, need: Need, standing: Callable[[Document], str]
    ) -> Iterable[Row]:
        ours = [offer for offer in offers if self._is_of(offer, place)]
        fitting = [offer for offer in ours if _is_for(offer, need)]
        if not fitting:  # under the full name of the place, where some other measure of it is known
            known = (offer.document.region for offer in ours)
            yield self._empty(next((name for name in known if name), place), need.name)
        for offer in fitting:
            yield self._row(offer, need.name, standing(offer.document))

    def _is_of(self, offer: Offer, place: str) -> bool:
        name = place.removesuffix("市").removesuffix("区").removesuffix("县")
        is_measure = offer.measure is None or offer.measure.kind is MeasureKind.SUPPORT
        return is_measure and name in place_of(offer)

    def _row(self, offer: Offer, kind: str, standing: str) -> Row:
        measure, document = offer.measure, offer.document
        tiers = measure.tiers if measure else ()
        dates = document.validity.dates
        day = dates.adopted or dates.published or dates.effective or document.published
        topic = measure.topic if measure else "、".join(offer.instruments) or offer.clause.heading
        bases = "、".join(dict.fromkeys(tier.base for tier in tiers if tier.base))
        return Row(
            kind=kind,
            place=document.region or self._nothing,
            topic=topic or self._nothing,
            target=self._cell(offer, measure.target_group if measure else ""),
            base=self._cell(offer, bases),
            rate=self._cell(offer, self._rate(measure.amount_text if measure else "", tiers), is_sum=True),
            cap=self._cell(offer, self._cap(measure.cap_text if measure else "", tiers), is_sum=True),
            excludes=self._cell(offer, ";".join(rule.text for rule in offer.rules)),
            year=day[:4] if day else self._nothing,
            standing=standing,
            clause_id=offer.clause_id,
            url=document.url,
            source=source_of(offer),
        )

    def _empty(self, place: str, kind: str) -> Row:
        none = self._nothing
        return Row(
            kind=kind, place=place, topic=none, target=none, base=none, rate=none, cap=none, excludes=none,
            year=none, standing=none,
        )  # fmt: skip

    def _cell(self, offer: Offer, words: str, *, is_sum: bool = False) -> str:
        """Return the words of a cell; what the facts do not hold was not found, an official text lacks it."""
        if words and not _UNSEEN.fullmatch(words):
            return words
        if is_sum and offer.states_sum:
            return self._say("amount.quoted")
        return self._nothing if offer.document.is_excerpt else self._unstated

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


def places_of(compare: Sequence[str]) -> tuple[str, ...]:
    """Return the places of a comparison with the home region first."""
    home = HOME.removesuffix("市")
    return (home, *(place for place in compare if place.removesuffix("市") != home))


def _is_for(offer: Offer, need: Need) -> bool:
    """Whether an offer is chiefly for a need: a prize for projects that also buys machines is no 技改."""
    if need.id not in offer.needs:
        return False
    measure = offer.measure
    if measure is None or need.id == offer.needs[0]:
        return True
    said = f"{measure.topic}{measure.target_group}{measure.offer}{measure.amount_text}"
    return need.name in said or any(word in said for word in need.words)
