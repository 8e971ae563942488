"""The desk that matches: profile in, graded matches out; every measure is looked at, none is searched for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import date

from assistant.ledger import Ledger
from assistant.support.amounts import Calculator, Sum
from assistant.support.canonical import canonical
from assistant.support.checking import unfounded
from assistant.support.comparing import Comparer, places_of
from assistant.support.describing import ProfileReader
from assistant.support.grading import Grader
from assistant.support.granting import Fitting, Grant, Receiver
from assistant.support.matches import Grade, Match, Matching, Row
from assistant.support.missing import is_blank, questions_on
from assistant.support.offers import Found, Offer, offers_found, offers_of, quote_of, topic_of
from assistant.support.profile import Kind, Profile
from assistant.support.recounting import Recounter
from assistant.support.rows import Role
from assistant.support.sources import source_at, source_of
from assistant.support.stacking import Stacking
from assistant.support.text_sums import TextCalculator
from assistant.support.text_ticking import TextTicker
from assistant.support.ticking import Tick, Ticker
from assistant.support.vocabulary import Vocabulary
from prompts.loader import Messages
from vectorstore.measures import ConditionField, MeasureKind
from vectorstore.models import Document
from vectorstore.standing import StandingOn
from vectorstore.validity import Standing

logger = logging.getLogger(__name__)

_ORDER = {grade: rank for rank, grade in enumerate(Grade)}
_LEVELS = ("区县", "市", "省", "国家")
_PROCEDURE = "procedure"
_OF_FIGURES = {"设备投资": "equipment", "固定资产投资": "equipment", "研发投入": "rnd"}


class Desk:
    """Matches profiles to everything that the documents offer."""

    def __init__(
        self, ledger: Ledger, vocabulary: Vocabulary, reader: ProfileReader, messages: Messages
    ) -> None:
        self._ledger = ledger
        self._offers = offers_of(ledger, vocabulary)
        self._book = ledger.standing
        self._vocabulary = vocabulary
        self._say = messages
        self.reader = reader
        self._grader = Grader(vocabulary, messages)
        self._fitting = Fitting(vocabulary, (one.grant for one in self._offers if one.grant))
        self._ticker = Ticker(vocabulary, messages)
        self._text_ticker = TextTicker(vocabulary, messages)
        self._stacking = Stacking(reader.needs_in, messages)
        self._calculator = Calculator(vocabulary, messages)
        self._text_calculator = TextCalculator(self._calculator, messages)
        self._comparer = Comparer(vocabulary, messages)
        self.recounter = Recounter(ledger, self._offers, reader, self._grader, messages)

    def match(self, profile: Profile, day: date, found: Sequence[Found] = ()) -> Matching:
        """Return the matches of a profile on a day, with what would change a grade.

        `found` are official clauses that a search found for the words of the profile; they are added.

        Raises:
            ProfileError: a word of the profile that the product does not know.
        """
        known = canonical(profile, self._vocabulary, self.reader.places, self._say("own"))
        full = _with_needs(self.reader.complete(known))
        relevant = self._relevant(full, found)
        judged = [] if full.kind is Kind.PERSON else [
            self._match(offer, full, day)
            for offer in relevant
            if not self._grader.is_elsewhere(offer) and not self._is_to_come(offer, day)
        ]  # fmt: skip
        offers = {offer.clause_id: offer for offer in relevant}
        dropped = [one for one in judged if unfounded(one, offers[one.source.clause_id], full)]
        for one in dropped:
            logger.error("match %s held back: a number in it is borne out by nothing", one.match_id)
        near = {one.match_id for one in relevant if self._is_near(one, full)}
        kept = sorted((one for one in judged if one not in dropped), key=lambda one: _rank(one, near))
        return Matching(
            day=day.isoformat(),
            profile=full,
            matches=tuple(kept),
            rows=self._rows(relevant, full, day),
            questions=questions_on(full, kept, self._say),
            notices=self._notices(full, kept),
            closing=self._say("closing"),
            is_blank=is_blank(full),
            dropped=tuple(one.match_id for one in dropped),
        )

    def _relevant(self, profile: Profile, found: Sequence[Found]) -> list[Offer]:
        if is_blank(profile):
            return [one for one in self._offers if one.grant and self._fitting.is_named(one.grant, profile)]
        relevant = [offer for offer in self._offers if self._concerns(offer, profile)]
        listed = {offer.clause_id for offer in relevant}
        return relevant + [one for one in offers_found(found, self._ledger) if one.clause_id not in listed]

    def _concerns(self, offer: Offer, profile: Profile) -> bool:
        """Whether an offer serves a need of the profile, or asks for a title that it holds."""
        measure = offer.measure
        if offer.grant is not None:
            return self._is_granted(offer, offer.grant, profile)
        if set(offer.needs) & set(profile.needs):
            return True
        if measure is None or measure.kind is MeasureKind.SERVICE:
            return not profile.needs and measure is None
        ours = self._vocabulary.industries_of(profile.industry)
        titles = {
            title
            for condition in measure.conditions
            if condition.field is ConditionField.CERTIFICATION
            for title in condition.any_of
        }
        if titles & set(profile.certifications or ()):
            return True
        return not profile.needs and bool(ours & set(measure.industries))

    def _is_granted(self, offer: Offer, grant: Grant, profile: Profile) -> bool:
        """Whether a sum is for what the profile needs, is, holds or names; of others' trades it is not.

        Where no need was told, what is given to enterprises of any trade is shown, too.
        """
        if self._is_near(offer, profile):
            return True
        to_firms = grant.receiver in (Receiver.FIRM, Receiver.OPEN)
        return not profile.needs and to_firms and not self._fitting.is_for_others(grant, profile)

    def _is_near(self, offer: Offer, profile: Profile) -> bool:
        """Whether an offer is for what a profile needs, is, holds or names: no sum given to everybody."""
        grant, fitting = offer.grant, self._fitting
        if grant is None or fitting.is_named(grant, profile) or fitting.is_for_title(grant, profile):
            return True
        if fitting.is_for_others(grant, profile):
            return False
        return bool(set(offer.needs) & set(profile.needs)) or fitting.is_for_trade(grant, profile)

    def _match(self, offer: Offer, profile: Profile, day: date) -> Match:
        standing = self._book.on(offer.document.document_id, day)
        found = self._sum(offer, profile)
        conditions = self._conditions(offer, profile)
        steps = self._text_calculator.ticks(offer, found, conditions)
        ticks = (*conditions, *steps, *self._stacked(offer, profile))
        verdict = self._grader.grade(offer, profile, ticks, standing, day)
        measure = offer.measure
        agency = self._agency(offer)
        ended = standing.standing in (Standing.LAPSED, Standing.REPEALED)
        return Match(
            match_id=offer.match_id,
            grade=verdict.grade,
            topic=measure.topic if measure else topic_of(offer),
            reason=verdict.reason,
            offer=measure.offer if measure else quote_of(offer),
            quoted=measure is None,
            amount=self._stated(measure.amount_text if measure else _cell(offer, Role.AMOUNT), offer),
            cap=self._stated(measure.cap_text if measure else _cell(offer, Role.CAP), offer),
            sum=found,
            ticks=ticks,
            level=offer.document.level or self._say("not_found"),
            region=offer.document.region or self._say("not_found"),
            standing=self._standing(standing, offer.document),
            ended=ended,
            validity=self._say(
                "validity.on_day", standing=self._standing(standing, offer.document), basis=standing.basis
            ),
            agency=agency or self._say("agency.elsewhere" if offer.measure is None else "none"),
            next_step=self._next(verdict.grade, agency, ended),
            source=source_of(offer),
            beside=tuple(source_at(offer, rule.path) for rule in offer.rules if rule.path),
        )

    def _sum(self, offer: Offer, profile: Profile) -> Sum | None:
        """Return what an offer gives for the figures of a profile."""
        figures = {**profile.figures}
        if profile.revenue is not None:
            figures["营业收入"] = profile.revenue
        if offer.measure is not None:
            return self._calculator.compute(offer.measure, figures)
        return self._text_calculator.compute(offer, profile, figures)

    def _conditions(self, offer: Offer, profile: Profile) -> tuple[Tick, ...]:
        if offer.measure is not None:
            return self._ticker.ticks(offer.measure, profile)
        return self._text_ticker.ticks(offer, quote_of(offer), profile) if offer.states_sum else ()

    def _stacked(self, offer: Offer, profile: Profile) -> tuple[Tick, ...]:
        """Return how the aid had already stands to an offer of money."""
        measure = offer.measure
        gives = offer.states_sum if measure is None else measure.kind is MeasureKind.SUPPORT
        if not gives and not offer.rules:
            return ()
        is_excerpt = offer.document.is_excerpt
        return self._stacking.ticks(offer.rules, offer.needs, profile.received, is_excerpt=is_excerpt)

    def _is_to_come(self, offer: Offer, day: date) -> bool:
        """Whether an offer is of a draft that was not out yet on a day."""
        document = offer.document
        return document.is_draft and self._book.on(document.document_id, day).not_before is not None

    def _stated(self, words: str, offer: Offer) -> str:
        """Return the words where they state a number; of an excerpt only the excerpt is known to lack one."""
        if any(character.isdigit() for character in words):
            return words
        if offer.states_sum:
            return self._say("amount.quoted")
        return self._say("none_excerpt" if offer.document.is_excerpt else "none")

    def _standing(self, found: StandingOn, document: Document) -> str:
        """Return a standing as it may be told: what no page marks is told as a conclusion."""
        is_marked = not document.is_excerpt or document.status != Standing.UNMARKED
        if found.inferred or (found.standing is Standing.IN_FORCE and not is_marked):
            return self._say("validity.inferred", standing=found.standing.value)
        return found.standing.value

    def _agency(self, offer: Offer) -> str:
        if offer.measure is not None:
            return offer.measure.agency if offer.measure.agency != "未见" else ""
        return _cell(offer, Role.UNIT) or "、".join(unit.name for unit in offer.clause.units)

    def _next(self, grade: Grade, agency: str, ended: bool) -> str:
        if grade is Grade.NOT and not ended:
            return self._say("next.general")
        lead = agency.split("、")[0]
        if not lead or lead.endswith("部门"):
            return self._say("next.general")
        key = {Grade.DIRECTION: "next.wait", Grade.NOT: "next.ask_new"}.get(grade, "next.apply")
        return self._say(key, agency=lead)

    def _rows(self, relevant: Sequence[Offer], profile: Profile, day: date) -> tuple[Row, ...]:
        if not profile.compare:
            return ()
        needs = profile.needs or tuple(dict.fromkeys(need for one in relevant for need in one.needs[:1]))
        return self._comparer.rows(
            [one for one in relevant if not self._is_to_come(one, day)],
            needs,
            places_of(profile.compare),
            self._standing_on(day),
        )

    def _standing_on(self, day: date) -> Callable[[Document], str]:
        return lambda document: self._standing(self._book.on(document.document_id, day), document)

    def compare(self, needs: Sequence[str], places: Sequence[str], day: date) -> tuple[Row, ...]:
        """Return what some places offer for some needs on a day, side by side."""
        offers = [one for one in self._offers if not self._is_to_come(one, day)]
        return self._comparer.rows(offers, needs, places, self._standing_on(day))

    def _notices(self, profile: Profile, matches: Sequence[Match]) -> tuple[str, ...]:
        if profile.kind is Kind.PERSON:
            return (self._say("person"),)
        notices = []
        if profile.region is None and profile.district is None:
            notices.append(self._say("assumed"))
        if not matches:
            notices.append(self._say("blank" if is_blank(profile) else "empty"))
        return tuple(notices)


def _cell(offer: Offer, role: Role) -> str:
    """Return what the columns of a row hold of a role; '' where it is no row."""
    return offer.row.said(role) if offer.row is not None else ""


def _with_needs(profile: Profile) -> Profile:
    """Return a profile with the needs that its figures and its project imply."""
    implied = [_OF_FIGURES[kind] for kind in profile.figures if kind in _OF_FIGURES]
    implied += [_OF_FIGURES[kind] for kind in profile.unclear if kind in _OF_FIGURES]
    implied += ["equipment"] if profile.project else []
    return profile.model_copy(update={"needs": tuple(dict.fromkeys((*profile.needs, *implied)))})


def _rank(match: Match, near: Collection[str]) -> tuple[int, bool, int, str]:
    level = _LEVELS.index(match.level) if match.level in _LEVELS else len(_LEVELS)
    return _ORDER[match.grade], match.match_id not in near, level, match.match_id
