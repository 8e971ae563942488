from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.composing.premises import takes_for_in_force
from assistant.composing.verbatim import VerbatimComposer
from assistant.lexicon import UnitClass, load_lexicon
from assistant.matters import matters_in
from assistant.models import Draft, Status
from assistant.outsiders import outsider_from
from assistant.persons import is_among, person_asked, whom_named
from assistant.phrases import side_by_side
from assistant.splitting import leaning_on, questions_in
from assistant.understanding import Detail, Route
from tests.fakes.composing import make_request, plan_context, plan_ledger, plan_verifier

CLASSES = (
    UnitClass(called=("运营商",), members=("湖州电信", "湖州移动")),
    UnitClass(called=("银行",), members=()),
)


def _answer(
    question: str,
    words: str,
    route: Route = Route.CONTENT,
    detail: Detail = Detail.ANY,
    terms: Sequence[str] = (),
) -> Draft:
    request = make_request(question, words, route=route, detail=detail)
    if terms:
        understanding = request.understanding.model_copy(update={"terms": tuple(terms)})
        request = replace(request, understanding=understanding)
    draft = VerbatimComposer(replace(plan_context(), classes=CLASSES)).compose(request)
    kept, rejections = plan_verifier().verify(draft)
    assert rejections == ()
    return kept


def test_units_of_a_kind_are_those_of_the_plan() -> None:
    draft = _answer("运营商要负责哪些事", "智算", Route.UNIT_LIST)
    assert draft.sentences[0].text == "「运营商」在责任单位里列名的是湖州电信、湖州移动,列有它们的条款共2项:"


def test_a_kind_without_a_unit_is_said_to_be_unlisted() -> None:
    draft = _answer("银行要负责哪些事", "金融", Route.UNIT_LIST)
    assert draft.sentences[0].text == "文件的责任单位中没有列出银行。"
    assert draft.status is Status.UNSPECIFIED


def test_every_unit_of_a_kind_is_one_that_the_plan_lists() -> None:
    members = [name for one in load_lexicon().unit_classes for name in one.members]
    assert members and set(members) <= set(plan_ledger().unit_names)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("这个文件正式生效了没", False),
        ("计划已经印发了没有", False),
        ("计划是否已经实施", False),
        ("计划已经印发了吧", True),
        ("计划都生效了,怎么领", True),
    ],
)
def test_a_neutral_question_takes_nothing_for_in_force(text: str, claims: bool) -> None:
    assert takes_for_in_force(text) is claims


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("只让甲县飞吗", True),
        ("仅限国企用吗", True),
        ("只管算力吗", False),
        ("甲局是不是只在一条里列名", False),
        ("甲局只在一处露面吧", False),
    ],
)
def test_whether_something_is_limited_is_a_matter(text: str, asks: bool) -> None:
    assert ("only" in [matter.key for matter in matters_in(text)]) is asks


def test_a_small_firm_is_none_of_the_firms_that_a_clause_names_by_kind() -> None:
    whom = whom_named("支持龙头企业、平台企业、第三方服务商等企业牵头建设企业级空间")
    assert whom == "龙头企业、平台企业、第三方服务商等企业"
    assert person_asked("小厂能不能建") == "小厂"
    assert not is_among("小厂", whom) and is_among("小厂", "企业、高校") and not is_among("个人", "企业")


@pytest.mark.parametrize("text", ["我公司注册在嘉兴能申请吗", "厂子开在嘉兴能领吗", "总部设在嘉兴能申请不"])
def test_a_seat_elsewhere_is_read_in_full(text: str) -> None:
    assert outsider_from(text, ["嘉兴"]) == "嘉兴"


def test_two_questions_within_a_sentence_are_told_apart() -> None:
    found = questions_in("场景30个还是50个,国家级工厂呢", lambda _: True)
    assert found == ("场景30个还是50个", "国家级工厂呢")
    assert leaning_on(found, 1) == found
    found = questions_in("智库有几位专家,归哪个局管")
    assert found == ("智库有几位专家", "归哪个局管")
    assert questions_in("特战队队长是谁,有几个人") == ("特战队队长是谁", "有几个人")


def test_numbers_are_no_part_of_names_side_by_side() -> None:
    assert side_by_side("特色产业园5个和省级先导区5个分别哪条") == ("特色产业园", "省级先导区")


def test_a_number_of_what_the_text_leaves_open_is_corrected() -> None:
    draft = _answer("省级先导区是不是要建5个", "先导区")
    assert draft.sentences[0].text == "需要更正:文件写的是「若干省级人工智能先导区」。"


def test_the_public_contact_is_given_straight_and_nothing_private() -> None:
    draft = _answer("顾莹萍电话", "算力券", Route.CONTACT, Detail.PHONE)
    assert draft.status is Status.ANSWERED and draft.sentences[0].text.startswith("文件公开的联系人")
    draft = _answer("顾莹萍手机号多少", "算力券", Route.CONTACT, Detail.PHONE)
    assert draft.status is Status.UNSPECIFIED and draft.sentences[0].text.startswith("除文件公开的")


def test_who_the_units_are_asks_for_no_person() -> None:
    draft = _answer("第12条的责任单位是谁", "算力券", Route.UNIT, Detail.PERSON)
    assert not any("人选" in one.text for one in draft.sentences)


def test_a_wage_is_a_sum_and_no_number() -> None:
    draft = _answer("智库专家给多少咨询费", "智库", Route.CONTENT, Detail.COUNT, terms=("智库", "专家"))
    gaps = [one.text for one in draft.sentences if one.kind.value == "gap"]
    assert gaps == ["所问的金额或比例,文件没有写明,不能给出数字。"]
