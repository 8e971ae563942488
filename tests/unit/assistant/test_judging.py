from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.judging import ATTACK_AT, META_AT, Judge, ScopeModel, Verdict, probability, scope_features
from assistant.models import Status
from assistant.routing.scope import load_scope
from assistant.understanding import IN_SCOPE, Route, Understanding, UnitMention
from tests.fakes.composing import VOUCHER, found_for, plan_context, plan_ledger
from vectorstore.models import SearchResult

FOUND = SearchResult(clauses=found_for(VOUCHER), coverage=0.6)
NOTHING = SearchResult(clauses=(), coverage=0.0)
YES, NO = ScopeModel(bias=9, weights={}), ScopeModel(bias=-9, weights={})


def understood(text: str = "算力券", **scores: float) -> Understanding:
    route = Route(max(scores, key=lambda name: scores[name])) if scores else Route.CONTENT
    return Understanding(original=text, text=text, route=route, route_scores=scores)


def worded(inside: float) -> Understanding:
    return understood().model_copy(update={"inside": inside})


def judge(understanding: Understanding, model: ScopeModel = YES, result: SearchResult = FOUND) -> Verdict:
    return Judge(model, plan_context(), plan_ledger()).judge(understanding, result)


def test_the_features_are_those_that_the_fitted_model_weighs() -> None:
    assert set(load_scope().weights) <= set(scope_features(understood(), FOUND))


def test_the_features_tell_of_route_search_and_names() -> None:
    named = understood("杭州的市经信局").model_copy(
        update={
            "units": (UnitMention(surface="市经信局", name="市经信局"),),
            "elsewhere": ("杭州",),
            "terms": ("a", "b", "c", "d", "e"),
        }
    )
    features = scope_features(named, FOUND)
    assert (features["units"], features["elsewhere"], features["terms"]) == (1, 1, 1)
    assert (features["coverage"], features["dense"]) == (0.6, FOUND.clauses[0].dense)
    assert scope_features(understood(), NOTHING)["dense"] == 0
    inside, outside = (scope_features(worded(share), FOUND)["inside_odds"] for share in (0.99, 0.01))
    assert inside > 0 > outside
    moving = scope_features(named.model_copy(update={"home": True}), FOUND)
    assert (moving["elsewhere"], moving["from_elsewhere"]) == (0, 1), "who moves here asks about here"


@given(st.floats(0, 1), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_the_probability_stays_between_nought_and_one(inside: float, bias: float, weight: float) -> None:
    model = ScopeModel(bias=bias, weights={"inside_odds": weight})
    assert 0 <= probability(model, scope_features(worded(inside), FOUND)) <= 1


def test_a_question_in_scope_goes_on_with_a_route_in_scope() -> None:
    verdict = judge(understood(out_of_scope=0.6, unit=0.3, number=0.1))
    assert verdict.refusal is None
    assert verdict.understanding.route is Route.UNIT and Route.UNIT in IN_SCOPE


def test_an_attack_is_blocked_however_sure_the_search_is() -> None:
    verdict = judge(understood(attack=ATTACK_AT, content=1 - ATTACK_AT))
    assert verdict.refusal is not None and verdict.refusal.status is Status.BLOCKED


def test_a_question_about_the_assistant_is_told_what_it_is() -> None:
    verdict = judge(understood(meta=META_AT, content=1 - META_AT))
    assert verdict.refusal is not None and "湖小政" in verdict.refusal.sentences[0].text


def test_a_question_outside_is_refused_and_the_other_place_is_named() -> None:
    refused = judge(understood("明天天气"), NO).refusal
    elsewhere = judge(understood("杭州补贴").model_copy(update={"elsewhere": ("杭州", "上海")}), NO).refusal
    assert refused is not None and refused.status is Status.OUT_OF_SCOPE
    assert elsewhere is not None and "杭州的政策" in elsewhere.sentences[0].text
    assert refused.sentences[0].clause_ids == ()


def test_a_question_in_scope_for_which_nothing_is_found_has_no_evidence() -> None:
    refused = judge(understood(), YES, NOTHING).refusal
    assert refused is not None and refused.status is Status.NO_EVIDENCE


def test_the_public_contact_is_never_an_attack() -> None:
    verdict = judge(understood("顾莹萍是谁", attack=0.9, contact=0.1))
    assert verdict.refusal is None and verdict.understanding.route is Route.CONTACT


@pytest.mark.parametrize("threshold", [-0.1, 1.1])
def test_a_threshold_is_a_probability(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        ScopeModel(bias=0, weights={}, threshold=threshold)


@pytest.mark.parametrize(
    ("text", "elsewhere", "refused"),
    [("我们能拿什么", (), False), ("能拿什么", (), True), ("我们公司在杭州能拿什么", ("杭州",), True)],
)
def test_who_asks_for_the_own_firm_need_not_name_a_subject(
    text: str, elsewhere: tuple[str, ...], refused: bool
) -> None:
    unsure = ScopeModel(bias=-2.0, weights={}, threshold=0.3)
    asked = understood(text, support=0.6, content=0.4).model_copy(update={"elsewhere": elsewhere})
    verdict = judge(asked, unsure)
    assert 0.08 < verdict.confidence < 0.3
    assert (verdict.refusal is not None) is refused
