"""Every number that a match shows must stand in the measure's own words or follow from its tiers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.normalizing import normalize
from assistant.support.matches import Match
from assistant.support.money import exact
from assistant.support.offers import Offer
from assistant.support.profile import Profile
from assistant.support.steps import Rates
from assistant.verifying.quantities import find_quantities
from vectorstore.measures import Tier

_ROUNDING = Decimal("1e-9")


def unfounded(match: Match, offer: Offer, profile: Profile) -> str | None:
    """Return a piece of a match's text whose number nothing bears out, or None where all numbers hold.

    The products are computed here anew from the tiers, not taken from the match.
    """
    if match.quoted and match.offer not in match.source.text:
        return match.offer
    measure = offer.measure
    own = "" if offer.measure else offer.document.text  # its conditions may stand in other articles
    words = normalize("\n".join((match.source.text, own, *(rule.text for rule in offer.rules))))
    founded = set(_numbers(words)) | set(_figures(profile))
    if measure is not None:
        founded |= set(_of_tiers(measure.tiers, profile))
        founded |= {exact(one.at_least) for one in measure.conditions if one.at_least is not None}
    if offer.rates is not None:
        founded |= set(_of_rates(offer.rates, profile))
    pieces = [match.offer, match.amount, match.cap, *(f"{tick.text} {tick.why}" for tick in match.ticks)]
    if match.sum is not None:
        pieces.append(match.sum.text)
    for piece in pieces:
        plain = normalize(piece)
        if plain and plain not in words and not all(_borne(one, founded) for one in _numbers(plain)):
            return piece
    return None


def _borne(number: Decimal, founded: Iterable[Decimal]) -> bool:
    """Whether a number read back from text is one of those founded, up to the rounding of reading it."""
    return any(abs(number - one) <= _ROUNDING * max(Decimal(1), abs(one)) for one in founded)


def _numbers(text: str) -> Iterable[Decimal]:
    for quantity in find_quantities(text):
        if quantity.value is not None:
            value = exact(quantity.value)
            yield (value / 100 if quantity.unit in ("%", "个百分点") else value).normalize()


def _figures(profile: Profile) -> Iterable[Decimal]:
    values = (*profile.figures.values(), profile.revenue)
    yield from (exact(value).normalize() for value in values if value is not None)
    told = (*profile.industry, *(profile.received or ()))
    own = normalize(" ".join((*told, *(profile.certifications or ()), profile.stage or "")))
    yield from _numbers(own)


def _of_rates(rates: Rates, profile: Profile) -> Iterable[Decimal]:
    """Yield the shares of the figures of the profile, whole or by parts, and what the parts come to."""
    figures = [exact(value) for value in (*profile.figures.values(), profile.revenue) if value is not None]
    caps = (*rates.caps, *(cap for step in rates.steps for cap in step.caps))
    shares = (share for step in rates.steps for share in (step.rate, step.upper) if share is not None)
    yield from (exact(value).normalize() for value in (*caps, *shares))
    for figure in figures:
        total = Decimal(0)
        for step in rates.steps:
            for rate in (step.rate, step.upper):
                if rate is not None:
                    yield (figure * exact(rate)).normalize()
            if step.is_part and step.bounds is not None:
                low = exact(step.bounds.low or 0)
                high = figure if step.bounds.high is None else min(figure, exact(step.bounds.high))
                part = max(Decimal(0), high - low)
                total += part * exact(step.rate)
                yield from (part.normalize(), (part * exact(step.rate)).normalize())
        yield total.normalize()


def _of_tiers(tiers: Iterable[Tier], profile: Profile) -> Iterable[Decimal]:
    """Yield the numbers of the tiers, and their products with the figures of the profile."""
    figures = [exact(value) for value in (*profile.figures.values(), profile.revenue) if value is not None]
    for tier in tiers:
        own = (tier.at_least, tier.at_most, tier.rate, tier.rate_max, tier.amount, tier.cap)
        yield from (exact(value).normalize() for value in own if value is not None)
        for rate in (tier.rate, tier.rate_max):
            if rate is not None:
                yield from ((figure * exact(rate)).normalize() for figure in figures)
