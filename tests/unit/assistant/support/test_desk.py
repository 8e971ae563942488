"""Grades: who, where, when, on which conditions; nothing lapsed is ever a ground for money."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.ledger import Ledger
from assistant.support.factory import MESSAGES, build_desk
from assistant.support.markdown import sum_text
from assistant.support.matches import Grade, Match, Matching
from assistant.support.profile import Kind, Profile
from assistant.support.ticking import State
from ingest.document import parse_document
from prompts.loader import load_messages
from tests.fakes.support import (
    BENCHMARK,
    GIANT,
    PLAN,
    RENEWAL,
    TRY,
    VOUCHERS,
    desk_over,
    measure,
    shipped_desk,
    shipped_ledger,
)
from vectorstore.embeddings import StaticEmbedder

IN_TERM, TODAY = date(2025, 6, 1), date(2026, 11, 23)
RENEWED = Profile(
    region="湖州市",
    district="吴兴区",
    industry=("服装",),
    needs=("equipment",),
    project="技改",
    stage="已完成",
    figures={"设备投资": 6_500_000},
)


def found(matching: Matching, match_id: str) -> Match:
    (match,) = [one for one in matching.matches if one.match_id == match_id]
    return match


def test_what_meets_every_condition_that_can_be_decided_is_direct() -> None:
    match = found(shipped_desk().match(RENEWED, IN_TERM), RENEWAL)
    assert match.grade is Grade.DIRECT
    assert {tick.state for tick in match.ticks} == {State.MET}
    assert match.amount == "8%" and match.cap == "1000万元"
    assert match.sum is not None and match.sum.high == 520_000


def test_what_an_authority_must_still_decide_is_only_possible() -> None:
    match = found(shipped_desk().match(RENEWED, IN_TERM), BENCHMARK)
    assert match.grade is Grade.POSSIBLE and "标杆示范" in match.reason


def test_a_lapsed_document_is_never_a_ground_for_money() -> None:
    matching = shipped_desk().match(RENEWED, TODAY)
    match = found(matching, RENEWAL)
    assert match.grade is Grade.NOT and "2025-12-31" in match.reason
    assert not matching.graded(Grade.DIRECT)


@pytest.mark.parametrize(
    ("day", "grade"), [(date(2025, 12, 31), Grade.DIRECT), (date(2026, 1, 1), Grade.NOT)]
)
def test_the_last_day_of_the_term_counts_and_the_next_does_not(day: date, grade: Grade) -> None:
    assert found(shipped_desk().match(RENEWED, day), RENEWAL).grade is grade


def test_a_sum_that_goes_to_local_governments_is_not_the_enterprises() -> None:
    profile = Profile(region="湖州市", certifications=("专精特新小巨人",), needs=("growth",))
    match = found(shipped_desk().match(profile, TODAY), GIANT)
    assert match.grade is Grade.NOT and "地方" in match.reason


def test_a_draft_gives_a_direction_quoted_verbatim_and_no_sum() -> None:
    match = found(shipped_desk().match(Profile(region="湖州市", needs=("compute",)), TODAY), VOUCHERS)
    assert match.grade is Grade.DIRECTION and match.amount == match.cap == "文件未载明"
    assert match.quoted and match.offer in shipped_ledger().by_id[VOUCHERS].clause.text
    assert match.sum is None and match.standing == "征求意见稿"


def test_measures_of_other_cities_appear_in_a_comparison_alone() -> None:
    profile = Profile(region="湖州市", needs=("compute",), compare=("杭州", "桐乡"))
    matching = shipped_desk().match(profile, TODAY)
    assert not any("hz-" in one.match_id for one in matching.matches)
    assert {row.place for row in matching.rows} >= {"湖州市", "杭州市", "桐乡"}
    (nothing,) = [row for row in matching.rows if row.place == "桐乡"]
    assert nothing.rate == nothing.cap == "未检得"
    assert not shipped_desk().match(profile.model_copy(update={"compare": ()}), TODAY).rows


def test_an_enterprise_registered_elsewhere_is_told_so() -> None:
    profile = RENEWED.model_copy(update={"region": "杭州市", "district": None})
    match = found(shipped_desk().match(profile, IN_TERM), RENEWAL)
    assert match.grade is Grade.NOT and "杭州市" in match.reason


def test_a_person_is_matched_to_nothing_and_told_where_to_turn() -> None:
    matching = shipped_desk().match(Profile(kind=Kind.PERSON, needs=("talent",)), TODAY)
    assert matching.matches == () and "12345" in matching.notices[0]


def test_aid_received_already_excludes_what_cannot_be_combined() -> None:
    desk = desk_over(measure(excludes=("同一项目已获省级技改补助",)))
    told = RENEWED.model_copy(update={"received": ("省里的技改补助",)})
    match = found(desk.match(told, IN_TERM), TRY)
    assert (
        match.grade is Grade.NOT and "已获省级技改补助" in match.reason and "省里的技改补助" in match.reason
    )


@pytest.mark.parametrize("aid", ["市里的技改补助", "房租减免", "省里的补助"])
def test_aid_that_the_text_does_not_plainly_exclude_is_to_be_checked_never_guessed(aid: str) -> None:
    desk = desk_over(measure(excludes=("同一项目已获省级技改补助",)))
    match = found(desk.match(RENEWED.model_copy(update={"received": (aid,)}), IN_TERM), TRY)
    (tick,) = [one for one in match.ticks if one.state is State.CHECK]
    assert match.grade is Grade.POSSIBLE and "已获省级技改补助" in tick.text and aid in tick.why


def test_aid_received_is_asked_of_where_the_facts_are_silent_on_it() -> None:
    match = found(
        shipped_desk().match(RENEWED.model_copy(update={"received": ("省里的设备补助",)}), IN_TERM), RENEWAL
    )
    assert match.grade is Grade.POSSIBLE and "摘录未载明" in match.ticks[-1].why


def test_a_draft_that_was_not_out_on_the_day_is_not_listed() -> None:
    profile = Profile(region="湖州市", needs=("compute",))
    assert not any(one.match_id == VOUCHERS for one in shipped_desk().match(profile, IN_TERM).matches)


def test_an_official_text_is_never_taken_for_an_excerpt_nor_the_other_way() -> None:
    matching = shipped_desk().match(Profile(region="湖州市", needs=("compute", "equipment")), TODAY)
    for match in matching.matches:
        official = match.source.document_id == PLAN
        assert match.quoted is official and match.source.is_excerpt is not official


def test_at_most_two_questions_are_asked_and_only_such_as_would_change_a_grade() -> None:
    matching = shipped_desk().match(Profile(region="湖州市", needs=("equipment",)), IN_TERM)
    assert 1 <= len(matching.questions) <= 2
    complete = shipped_desk().match(RENEWED.model_copy(update={"stage": "已投产"}), IN_TERM)
    assert complete.questions == ()


def test_the_result_ends_with_the_line_that_promises_nothing() -> None:
    assert "不代表申报一定成功" in shipped_desk().match(RENEWED, TODAY).closing


@settings(max_examples=40, deadline=None)
@given(
    figure=st.floats(min_value=0, max_value=1e11, allow_nan=False),
    day=st.dates(min_value=date(2022, 1, 1), max_value=date(2029, 1, 1)),
    project=st.sampled_from(["新建", "技改", None]),
    industry=st.sampled_from(["服装", "半导体", "软件", "无人机", ""]),
)
def test_no_number_is_ever_shown_that_nothing_bears_out(
    figure: float, day: date, project: str | None, industry: str
) -> None:
    profile = Profile(
        region="湖州市",
        industry=(industry,) if industry else (),
        needs=("equipment", "growth", "compute"),
        project=project,
        figures={"设备投资": round(figure, 2)},
    )
    matching = shipped_desk().match(profile, day)
    assert matching.dropped == ()
    for match in matching.graded(Grade.DIRECT):
        assert match.standing in ("现行有效", "推定现行有效")


def test_only_a_lapsed_measure_is_told_as_lapsed() -> None:
    text = "软件公司,买设备花了900万,技改完成了"
    for day, ended in ((date(2025, 6, 1), False), (TODAY, True)):
        matching = shipped_desk().match(shipped_desk().reader.read(text), day)
        match = next(one for one in matching.matches if one.match_id == RENEWAL)
        assert match.grade is Grade.NOT and match.ended is ended
        assert ("失效前的算法" in sum_text(match, load_messages(MESSAGES))) is ended
        assert ("接续文件" in match.next_step) is ended


def test_no_excerpt_without_a_mark_is_told_as_in_force_for_a_fact() -> None:
    unmarked = {one.document_id for one in shipped_ledger().excerpts if one.status == "未标注"}
    everything = Profile(
        region="湖州市",
        needs=("equipment", "compute", "growth", "rnd", "finance", "data"),
        compare=("杭州", "苏州", "扬州", "桐乡"),
    )
    matching = shipped_desk().match(everything, IN_TERM)
    told = {one.source.document_id: one.standing for one in matching.matches}
    told |= {(one.clause_id or "").partition(":")[0]: one.standing for one in matching.rows}
    assert unmarked & set(told)
    assert not {one for one in unmarked & set(told) if told[one] == "现行有效"}


@pytest.mark.parametrize(
    ("district", "grade"),
    [("长兴县", Grade.DIRECT), (None, Grade.POSSIBLE), ("德清县", Grade.NOT)],
)
def test_a_text_of_a_county_holds_there_alone_and_is_no_other_citys(
    district: str | None, grade: Grade
) -> None:
    text = (
        "长兴县补助办法\n第一条 对技术改造企业,按设备投资额的6%给予补助。\n"
        "第二条 本办法自2026年3月1日起施行,有效期3年。\n"
    )
    document = parse_document(text, "长兴.txt").model_copy(update={"level": "区县", "region": "长兴县"})
    desk = build_desk(Ledger((document,)), StaticEmbedder())
    profile = RENEWED.model_copy(update={"district": district})
    (match,) = desk.match(profile, TODAY).matches
    assert match.grade is grade
