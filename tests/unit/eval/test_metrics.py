from __future__ import annotations

import warnings

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant.models import Status
from eval import metrics
from eval.catalogue import METRICS
from eval.golden import Golden, Place
from eval.metrics import Case
from eval.statements import facts, holds, statements
from tests.fakes.evaluation import DRAFT, GENERATED, UNITS, answer, golden, record

REFUSED = answer("这个问题不在我能回答的范围内。", (), Status.OUT_OF_SCOPE, ())


def case(given_answer=None, **changes) -> Case:
    return Case(golden(**changes), given_answer or answer(), UNITS, frozenset({"plan"}), ("2025-07-15",))


def test_a_right_answer_is_right_in_every_metric() -> None:
    found = {metric.name: metric.measure(case()) for metric in METRICS}
    undefined = {"list_recall", "list_precision", "refusal_recall", "refusal_precision"}
    assert {name for name, value in found.items() if value is None} == undefined
    assert {value for name, value in found.items() if value is not None and name != "over_refusal"} == {1.0}
    assert found["over_refusal"] == 0.0


def test_lines_become_statements_with_their_markers() -> None:
    text = "有2处:[1][2]\n\n- 3.人才[2]\n\n> 「发放算力券」——一/2[1]\n"
    assert [(one.text, one.markers, one.quote) for one in statements(text)] == [
        ("有2处:", (1, 2), None),
        ("3.人才", (2,), None),
        ("发放算力券", (1,), "发放算力券"),
    ]


def test_facts_are_numbers_dates_and_units_but_not_counts_nor_the_question() -> None:
    (said,) = statements("到2027年底有40家,另有200亿元;市科技局列第2位,共3项,市经信局同列,可拨12345。[1]")
    assert facts(said, UNITS, "市经信局的40家") == ("2027年底", "200亿元", "市科技局")


@pytest.mark.parametrize(
    ("source", "fact", "stands"),
    [
        ("目标140家", "40家", False),
        ("目标40个", "40家", False),
        ("目标40家以上", "40家", True),
        ("请于7月10日前", "2025-07-10", True),
        ("请于7月1日前", "2025-07-10", False),
        ("1.40家", "40家", False),
    ],
)
def test_a_number_stands_only_as_a_whole_with_its_measure(source: str, fact: str, stands: bool) -> None:
    assert holds(source, fact) is stands


def test_a_changed_number_is_not_grounded_and_its_quote_not_verbatim() -> None:
    wrong = answer("企业的目标是60家以上。[1]\n\n> 「到2027年底,培育企业60家以上。」——一/1[1]")
    assert metrics.groundedness(case(wrong)) == pytest.approx(1 / 3)  # of 60家, 2027年底, 60家
    assert metrics.quotes_verbatim(case(wrong)) == 0.0
    assert metrics.citation_recall(case(wrong)) == 0.0
    assert metrics.must(case(wrong)) == 0.0


def test_a_difference_of_two_cited_numbers_is_grounded() -> None:
    text = "40家与10名相差30。[1][2]"
    assert metrics.groundedness(case(answer(text, ("一/1", "一/3")))) == pytest.approx(2 / 3)
    (said,) = statements("200亿元与500亿元相差300亿元。[1]")
    assert metrics.derived(said, "300亿元", "超200亿元,超500亿元")
    assert not metrics.derived(said, "400亿元", "超200亿元,超500亿元")


def test_a_fact_without_marker_is_grounded_but_its_sentence_not_supported() -> None:
    bare = answer("企业的目标是40家以上。\n\n> 「培育企业40家以上」——一/1[1]")
    assert metrics.groundedness(case(bare)) == 1.0
    assert metrics.citation_recall(case(bare)) == pytest.approx(1 / 2)


def test_a_unit_of_another_clause_is_not_supported() -> None:
    wrong = answer("责任单位:市委人才办[1]", ("一/2",))
    assert (metrics.groundedness(case(wrong)), metrics.citation_recall(case(wrong))) == (0.0, 0.0)


def test_a_clause_that_no_sentence_needs_costs_precision() -> None:
    text = "文件有2处相关内容:[1][2]\n\n> 「到2027年底,培育企业40家以上。」——一/1[1]"
    assert metrics.citation_precision(case(answer(text, ("一/1", "一/3")))) == 0.5
    assert metrics.evidence_precision(case(answer(text, ("一/1", "一/3")))) == 0.5
    assert metrics.evidence_precision(case(answer(text, ("一/1", "一/3")), optional_evidence=["10名"])) == 1.0


def test_evidence_recall_is_the_share_of_strings_in_cited_clauses() -> None:
    assert metrics.evidence_recall(case(evidence=["40家以上", "算力券", "10名"])) == pytest.approx(1 / 3)
    assert metrics.evidence_recall(case(REFUSED)) == 0.0


def test_no_citation_leaves_precision_undefined_and_not_zero() -> None:
    refusing = case(
        REFUSED, evidence=[], answerable="no", must=[], must_not=[], expected_status="out_of_scope"
    )
    for metric in METRICS:
        if metric.name.startswith(
            ("citation", "evidence", "quotes", "grounded", "must", "recall", "ndcg", "mrr")
        ):
            assert metric.measure(refusing) is None, metric.name
    assert metrics.correct(refusing) == 1.0


def test_must_counts_groups_and_takes_notices_for_part_of_the_answer() -> None:
    groups = [["四十", "40家"], ["征求意见"], ["50个"]]
    assert metrics.must(case(must=groups)) == pytest.approx(2 / 3)
    assert metrics.correct(case(must=groups)) == 0.0
    assert metrics.list_recall(case(must=groups)) == pytest.approx(2 / 3)


def test_must_not_proves_a_wrong_answer() -> None:
    assert metrics.must_not(case(must_not=["2027年"])) == 0.0
    assert metrics.correct(case(must_not=["2027年"])) == 0.0
    assert metrics.must_not(case(must_not=[])) is None


@pytest.mark.parametrize(
    ("expected", "actual", "correct", "refusal_recall", "refusal_precision", "over_refusal"),
    [
        ("answered", Status.ANSWERED, 1.0, None, None, 0.0),
        ("answered", Status.OUT_OF_SCOPE, 0.0, None, 0.0, 1.0),
        ("answered", Status.FAILED, 0.0, None, None, 1.0),
        ("out_of_scope", Status.BLOCKED, 1.0, 1.0, 1.0, None),
        ("out_of_scope", Status.ANSWERED, 0.0, 0.0, None, None),
        ("blocked", Status.FAILED, 0.0, 0.0, None, None),
    ],
)
def test_refusals_are_judged_by_what_was_due(
    expected, actual, correct, refusal_recall, refusal_precision, over_refusal
) -> None:
    one = case(answer(status=actual), expected_status=expected)
    assert metrics.correct(one) == correct
    assert metrics.refusal_recall(one) == refusal_recall
    assert metrics.refusal_precision(one) == refusal_precision
    assert metrics.over_refusal(one) == over_refusal
    assert metrics.status_accuracy(one) == float(expected == actual.value)


def test_a_second_status_is_right_too() -> None:
    either = case(REFUSED, also_status=["out_of_scope"], must=[])
    assert (metrics.correct(either), metrics.status_accuracy(either)) == (1.0, 1.0)
    assert (metrics.refusal_recall(either), metrics.over_refusal(either)) == (None, None)


def test_a_list_of_clauses_has_precision_and_recall() -> None:
    one = case(
        answer("1.目标、3.人才[1][2]", ("一/1", "一/3")),
        type="unit_list",
        evidence=["市经信局、市科技局", "40家以上"],
    )
    assert (metrics.list_recall(one), metrics.list_precision(one)) == (0.5, 0.5)


@pytest.mark.parametrize(("notices", "share"), [((GENERATED, DRAFT), 1.0), ((GENERATED,), 0.5), ((), 0.0)])
def test_a_cited_draft_needs_its_notice(notices: tuple[str, ...], share: float) -> None:
    assert metrics.notices_present(case(answer(notices=notices))) == share


rankings = st.lists(st.integers(0, 30), unique=True, max_size=15)


@hypothesis_settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(rankings, st.sets(st.integers(0, 30), min_size=1, max_size=6)), min_size=1, max_size=4)
)
def test_rankings_are_scored_as_ranx_scores_them(searches: list[tuple[list[int], set[int]]]) -> None:
    from numba.core.errors import NumbaTypeSafetyWarning
    from ranx import Qrels, Run, evaluate

    run, qrels, ours = {}, {}, []
    for number, (found, wanted) in enumerate(searches):
        ids = [f"plan:{one}" for one in found]
        run[f"q{number}"] = {one: 1.0 / rank for rank, one in enumerate(ids, start=1)} or {"": 0.0}
        qrels[f"q{number}"] = {f"plan:{one}": 1 for one in wanted}
        places = tuple(
            Place(text="字", start=0, end=1, clause_id=f"plan:{one}", digest="0") for one in sorted(wanted)
        )
        judged = Case(Golden(record=record(evidence=["字"]), evidence=places), answer(retrieved=ids))
        ours.append(
            [
                metrics.ranking_recall(judged, 5),
                metrics.ranking_recall(judged, 10),
                metrics.ranking_ndcg(judged),
                metrics.ranking_mrr(judged),
            ]
        )
    names = ["recall@5", "recall@10", "ndcg@10", "mrr@10"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NumbaTypeSafetyWarning)
        theirs = evaluate(Qrels(qrels), Run(run), names, return_mean=False)
    for column, name in enumerate(names):
        assert [row[column] for row in ours] == pytest.approx(list(theirs[name])), name
