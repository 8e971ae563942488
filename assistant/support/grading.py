"""The grade of one offer for one profile, with the reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.support.granting import Receiver
from assistant.support.matches import Grade
from assistant.support.offers import Offer
from assistant.support.profile import HOME, Kind, Profile
from assistant.support.ticking import State, Tick
from assistant.support.vocabulary import Vocabulary, load_vocabulary
from prompts.loader import Messages
from vectorstore.measures import MeasureKind, Payee
from vectorstore.models import Record
from vectorstore.standing import StandingOn
from vectorstore.validity import Standing

_NATION, _PROVINCE = "全国", "浙江省"
_NOT_HOLDING = {
    Standing.LAPSED: "why.lapsed",
    Standing.REPEALED: "why.repealed",
    Standing.PENDING: "why.pending",
    Standing.AMENDED: "why.amended",
}


_NOT_TO_FIRMS = {Receiver.TREASURY: "why.government", Receiver.PERSON: "why.individual"}


class Verdict(Record):
    """A grade with its reason."""

    grade: Grade
    reason: str


def place_of(offer: Offer) -> str:
    """Return the region of an offer's document: a city with 市 at its end, a district behind its city."""
    region = offer.document.region or ""
    if any(region == district.name for district in load_vocabulary().enterprises.districts):
        return f"{HOME}{region}"
    return HOME if region in ("湖州", HOME) else region


class Grader:
    """Decides grades; what hinders is told in the order: whom, where, when, which conditions."""

    def __init__(self, vocabulary: Vocabulary, messages: Messages) -> None:
        self._vocabulary = vocabulary
        self._say = messages

    def is_elsewhere(self, offer: Offer) -> bool:
        """Whether an offer is of another city than the product's: shown in comparisons alone."""
        place = place_of(offer)
        return place not in (_NATION, _PROVINCE) and not place.startswith(HOME)

    def grade(
        self, offer: Offer, profile: Profile, ticks: Sequence[Tick], standing: StandingOn, day: date
    ) -> Verdict:
        """Return the verdict on one offer."""
        hindrance = (
            self._whom(offer, profile)
            or self._where(offer, profile)
            or self._when(standing, day)
            or self._unmet(ticks)
        )
        if hindrance:
            return Verdict(grade=Grade.NOT, reason=hindrance)
        if offer.document.is_draft or (offer.measure is None and not offer.states_sum):
            return Verdict(grade=Grade.DIRECTION, reason=self._direction(offer))
        if offer.measure is None:
            return self._by_text(offer, profile, ticks, standing)
        if offer.measure.kind is MeasureKind.DIRECTION:
            return Verdict(grade=Grade.DIRECTION, reason=self._say("why.no_standard"))
        return self._fitting(offer, profile, ticks, standing)

    def _direction(self, offer: Offer) -> str:
        if offer.document.is_draft:
            return self._say("why.draft_sum" if offer.states_sum else "why.draft")
        return self._say("why.no_standard")

    def _by_text(
        self, offer: Offer, profile: Profile, ticks: Sequence[Tick], standing: StandingOn
    ) -> Verdict:
        """Return direct for an official clause whose text leaves nothing open, else possible with what does.

        Where no condition could be read in its words they are for its reader to compare.
        """
        reasons = self._open(offer, profile, ticks, standing)
        if not any(tick.by != "received" and tick.asks != "received" for tick in ticks):
            reasons = [self._say("why.text"), *reasons]
        elif any(tick.asks == "received" for tick in ticks):
            reasons.append(self._say("why.check", items=self._say("tick.stack_untold")))
        if reasons:
            return Verdict(grade=Grade.POSSIBLE, reason="。".join(reasons))
        return Verdict(grade=Grade.DIRECT, reason=self._say("why.met_text"))

    def _whom(self, offer: Offer, profile: Profile) -> str | None:
        if profile.kind is Kind.PERSON:
            return self._say("why.person")
        if offer.measure is not None and offer.measure.payee is Payee.GOVERNMENT:
            return self._say("why.government")
        key = _NOT_TO_FIRMS.get(offer.receiver)
        return self._say(key) if key else None

    def _where(self, offer: Offer, profile: Profile) -> str | None:
        place = place_of(offer)
        if place == _NATION:
            return None
        if place == _PROVINCE:
            names = self._vocabulary.enterprises.province
            inside = profile.is_local or any(name in (profile.region or "") for name in names)
            return None if inside else self._elsewhere(place, profile)
        if not profile.is_local:
            return self._elsewhere(place, profile)
        district = place.removeprefix(HOME)
        if district and profile.district and district != profile.district:
            return self._say("why.district", region=district)
        return None

    def _elsewhere(self, place: str, profile: Profile) -> str:
        return self._say("why.elsewhere", region=place, place=profile.region)

    def _when(self, standing: StandingOn, day: date) -> str | None:
        key = _NOT_HOLDING.get(standing.standing)
        return self._say(key, basis=standing.basis, day=day.isoformat()) if key else None

    def _to_check(self, ticks: Sequence[Tick]) -> list[str]:
        """Return what the responsible unit must be asked, as one reason; [] where there is nothing."""
        texts = [f"{tick.text}({tick.why})" for tick in ticks if tick.blocks and tick.state is State.CHECK]
        return [self._say("why.check", items=";".join(texts))] if texts else []

    def _unmet(self, ticks: Sequence[Tick]) -> str | None:
        unmet = next((tick for tick in ticks if tick.state is State.UNMET), None)
        return self._say("why.unmet", text=unmet.text, reason=unmet.why) if unmet else None

    def _fitting(
        self, offer: Offer, profile: Profile, ticks: Sequence[Tick], standing: StandingOn
    ) -> Verdict:
        """Return possible with what is missing, or direct where nothing that can be decided is open."""
        reasons = self._open(offer, profile, ticks, standing)
        if reasons:
            return Verdict(grade=Grade.POSSIBLE, reason="。".join(reasons))
        is_service = offer.measure is not None and offer.measure.kind is MeasureKind.SERVICE
        return Verdict(grade=Grade.DIRECT, reason=self._say("why.service" if is_service else "why.met"))

    def _open(self, offer: Offer, profile: Profile, ticks: Sequence[Tick], standing: StandingOn) -> list[str]:
        """Return what is missing or must be asked before an offer can be said to fit."""
        reasons = []
        missing = [tick.text for tick in ticks if tick.blocks and tick.state is not State.CHECK]
        district = place_of(offer).removeprefix(HOME) if place_of(offer).startswith(HOME) else ""
        if district and not profile.district:
            missing.append(self._say("why.district", region=district))
        if missing:
            reasons.append(self._say("why.missing", items=";".join(missing)))
        reasons += self._to_check(ticks)
        if standing.standing is not Standing.IN_FORCE:
            reasons.append(self._say("why.unmarked", basis=standing.basis))
        if profile.exclusions:
            reasons.append(self._say("why.excluded", what="、".join(profile.exclusions)))
        return reasons
