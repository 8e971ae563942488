"""Decides whether a question is answered at all: scope, attacks, how sure the search is."""

from __future__ import annotations

import math
import re

from pydantic import Field

from assistant.asking import ValidityQuestion, names_unheld, validity_question
from assistant.composing.context import Context
from assistant.composing.refusals import refuse
from assistant.counties import county_asked
from assistant.entities import speaks_of_own_firm
from assistant.ledger import Ledger
from assistant.models import Draft, Status
from assistant.outsiders import asks_of_ours, outsider_from
from assistant.persons import person_asked
from assistant.telling import is_of_clause, may_tell
from assistant.understanding import IN_SCOPE, Detail, Route, Understanding
from vectorstore.models import FactKind, Record, SearchResult

ATTACK_AT = 0.57
META_AT = 0.35
_LEANING_THRESHOLD = 0.15
"""A follow-up is about what its conversation is about unless it clearly is not."""
_OWN_THRESHOLD = 0.08
_ASKS_SUPPORT = 0.5
"""我们能拿什么: who asks for support for the own firm need not name a subject. Of 1,500 questions on laws
some ten more are then answered; of 500 on other subsidies and other things outside none is."""
_DOUBTS = re.compile("你.{0,4}不是说|[你您]?(?:确定|肯定)[吗么不]|真的(?:[吗么]|假的)|没有?[搞弄说]错")
"""Of what was answered before, and no question for what the assistant is."""
_CERTAIN = 1e-4
_TO_BE_HAD = re.compile("领|申请|申报|享受|用上|用得上|施行|实施|生效|执行|兑")


class ScopeModel(Record):
    """Logistic regression over features of route and search; fitted by `python -m assistant.routing`."""

    bias: float
    weights: dict[str, float] = Field(description="weight a feature, see `scope_features`")
    threshold: float = Field(
        default=0.5, ge=0, le=1, description="probability under which a question is refused"
    )


class Verdict(Record):
    """Whether to answer, and how sure."""

    understanding: Understanding
    confidence: float = Field(ge=0, le=1, description="calibrated probability that the question is in scope")
    refusal: Draft | None = None
    validity: ValidityQuestion | None = Field(
        default=None, description="what it asks of whether documents hold, if that is what it asks"
    )


def log_odds(chance: float) -> float:
    """Return the log-odds of a probability, kept within about -9..9."""
    return math.log((chance + _CERTAIN) / (1 - chance + _CERTAIN))


def scope_features(understanding: Understanding, result: SearchResult) -> dict[str, float]:
    """Return what the decision rests on: log-odds of the wording, closeness and coverage of the search."""
    best = result.clauses[0] if result.clauses else None
    return {
        "inside_odds": log_odds(understanding.inside),
        "dense": best.dense if best else 0.0,
        "dense_any": max((found.dense for found in result.clauses), default=0.0),
        "coverage": result.coverage,
        "terms": min(len(understanding.terms), 4) / 4,
        "units": float(any(unit.name for unit in understanding.units)),
        "elsewhere": float(understanding.is_away),
        "from_elsewhere": float(bool(understanding.elsewhere) and understanding.home),
    }


def probability(model: ScopeModel, features: dict[str, float]) -> float:
    """Return the probability that a question with these features is in scope."""
    logit = model.bias + sum(weight * features[name] for name, weight in model.weights.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def _asks_for_own_firm(understanding: Understanding) -> bool:
    """Whether somebody asks what support the own firm may have, here."""
    asked = understanding.route_scores.get(Route.SUPPORT.value, 0.0) >= _ASKS_SUPPORT
    return asked and not understanding.is_away and speaks_of_own_firm(understanding.text)


class Judge:
    """Refuses attacks and what lies outside; says what the assistant is when asked."""

    def __init__(self, model: ScopeModel, context: Context, ledger: Ledger) -> None:
        self._model = model
        self._context = context
        self._ledger = ledger
        self._explained = ledger.explained

    @property
    def threshold(self) -> float:
        """The confidence below which a question that leans on nothing is refused."""
        return self._model.threshold

    def confidence(self, understanding: Understanding, result: SearchResult) -> float:
        """Return the probability that a question is in the scope of the explained documents."""
        return probability(self._model, scope_features(understanding, result))

    def judge(self, understanding: Understanding, result: SearchResult) -> Verdict:
        """Return the verdict; the understanding's route is one of those in scope where it is answered."""
        confidence = self.confidence(understanding, result)
        if (
            self._names_instrument(understanding)
            or self._others_answer(understanding, result)
            or self._asks_of_county(understanding)
            or self._asks_of_person(understanding)
        ):
            confidence = max(confidence, self._model.threshold)
        refusal = self._refusal(understanding, result, confidence)
        validity = validity_question(understanding, self._ledger)
        if refusal is not None and validity is not None and refusal.status is not Status.BLOCKED:
            refusal = None
        if refusal is None and self._of_public_contact(understanding):
            understanding = understanding.model_copy(update={"route": Route.CONTACT, "detail": Detail.PERSON})
        elif understanding.route is Route.CONTACT and self._is_of_clause(understanding, result):
            understanding = understanding.model_copy(update={"route": Route.CONTENT})
        if refusal is None and understanding.route not in IN_SCOPE:
            best = max(IN_SCOPE, key=lambda route: understanding.route_scores.get(route.value, 0.0))
            understanding = understanding.model_copy(update={"route": best})
        return Verdict(understanding=understanding, confidence=confidence, refusal=refusal, validity=validity)

    def _refusal(self, understanding: Understanding, result: SearchResult, confidence: float) -> Draft | None:
        if understanding.route_scores.get(Route.ATTACK.value, 0.0) >= ATTACK_AT:
            if self._of_public_contact(understanding):
                return None
            return refuse(Status.BLOCKED, "refusal.blocked", self._context, self._ledger)
        doubted = bool(understanding.context) and _DOUBTS.search(understanding.text)
        if understanding.route_scores.get(Route.META.value, 0.0) >= META_AT and not doubted:
            return refuse(Status.OUT_OF_SCOPE, "meta.about", self._context, self._ledger)
        if names_unheld(understanding.asked, self._ledger):
            return refuse(Status.OUT_OF_SCOPE, "refusal.out_of_scope", self._context, self._ledger)
        outsider = outsider_from(understanding.text, understanding.elsewhere)
        of_ours = asks_of_ours(understanding.text) or self._asks_from_away(understanding)
        if outsider and of_ours and result.clauses:
            return None
        if confidence >= self._threshold(understanding):
            return None if result.clauses else self._no_evidence()
        if understanding.elsewhere:
            place = understanding.elsewhere[0]
            return refuse(Status.OUT_OF_SCOPE, "refusal.elsewhere", self._context, self._ledger, place=place)
        return refuse(Status.OUT_OF_SCOPE, "refusal.out_of_scope", self._context, self._ledger)

    def _threshold(self, understanding: Understanding) -> float:
        if _asks_for_own_firm(understanding):
            return _OWN_THRESHOLD
        leans = bool(understanding.context) and not understanding.strays
        return _LEANING_THRESHOLD if leans else self._model.threshold

    def _names_instrument(self, understanding: Understanding) -> bool:
        """Whether the question names a means of policy of these documents, and no other place."""
        named = any(name in understanding.text for name in self._ledger.instrument_names)
        return named and not understanding.elsewhere

    def _asks_from_away(self, understanding: Understanding) -> bool:
        """Whether a firm with its seat elsewhere asks for a means of policy of these documents."""
        named = any(name in understanding.text for name in self._ledger.instrument_names)
        return named and speaks_of_own_firm(understanding.text)

    def _asks_of_person(self, understanding: Understanding) -> bool:
        """Whether a follow-up asks if somebody may have the means of policy that it is about."""
        named = any(name in understanding.topic for name in self._ledger.instrument_names)
        return named and bool(person_asked(understanding.text)) and not understanding.elsewhere

    def _asks_of_county(self, understanding: Understanding) -> bool:
        """Whether it asks for the tasks of a county, where documents name responsible units."""
        county = county_asked(understanding.text, understanding.topic, self._context.counties)
        return bool(county and self._ledger.units) and not understanding.elsewhere

    def _others_answer(self, understanding: Understanding, result: SearchResult) -> bool:
        """Whether a document answers for which the scope model was not fitted: those without 通俗解读."""
        others = [found for found in result.clauses if found.document_id not in self._explained]
        if not others:
            return False
        places = [self._ledger.by_document[found.document_id].region or "" for found in others[:1]]
        away = [place for place in understanding.elsewhere if place not in places[0]]
        named = set(self._ledger.titles.find(understanding.text).ids) - self._explained
        return not away and (bool(named) or may_tell(result.model_copy(update={"clauses": tuple(others)})))

    def _is_of_clause(self, understanding: Understanding, result: SearchResult) -> bool:
        """Whether the search finds a clause far above the notice: 无人车上路了没有 is no question for dates.

        When a means of policy can be had is told with how the document stands.
        """
        named = any(name in understanding.asked for name in self._ledger.instrument_names)
        return not (named and _TO_BE_HAD.search(understanding.text)) and is_of_clause(result)

    def _of_public_contact(self, understanding: Understanding) -> bool:
        """Whether the question names the person whom the notice names as its contact."""
        contacts = self._ledger.facts_of(FactKind.CONTACT)
        return any(entry.fact.value in understanding.text for entry in contacts)

    def _no_evidence(self) -> Draft:
        return refuse(Status.NO_EVIDENCE, "refusal.no_evidence", self._context, self._ledger)
