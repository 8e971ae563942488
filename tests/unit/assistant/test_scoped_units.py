from __future__ import annotations

import pytest

from assistant.composing.verbatim import VerbatimComposer
from assistant.models import Draft
from assistant.scoping import scope_of, wants_exactly
from assistant.understanding import Route, UnitMention
from tests.fakes.composing import make_request, plan_context, plan_ledger, plan_verifier

SCENES, MEASURES, FIELDS = "(二)重点应用场景", "三、主要措施", "(一)重点领域"


def _answer(question: str, *units: tuple[str, str]) -> Draft:
    request = make_request(question, "人工智能", route=Route.UNIT_LIST)
    mentions = tuple(UnitMention(surface=surface, name=name) for surface, name in units)
    understanding = request.understanding.model_copy(update={"units": mentions})
    draft = VerbatimComposer(plan_context()).compose(
        type(request)(understanding, request.result, request.ledger, request.audience)
    )
    kept, rejections = plan_verifier().verify(draft)
    assert rejections == ()
    return kept


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("九大场景里哪些不归甲局", SCENES),
        ("甲局参与了哪些应用场景", SCENES),
        ("15条措施里没有写单位的", MEASURES),
        ("甲局参与的措施有哪些", MEASURES),
        ("甲局参与哪些重点领域", FIELDS),
        ("甲局参与了哪些任务", ""),
        ("甲局发的场景券", ""),
        ("重点场景里甲局管哪个", SCENES),
        ("甲局负责的场景有吗", SCENES),
    ],
)
def test_the_heading_under_which_clauses_are_looked_for_is_read(text: str, heading: str) -> None:
    entry = scope_of(text, plan_ledger())
    assert (entry.clause.heading if entry else "") == heading


@pytest.mark.parametrize(
    ("text", "exactly"),
    [
        ("只有甲局和乙局的是哪条", True),
        ("责任单位恰好是甲局、乙局的", True),
        ("只要甲局和乙局两家管的措施", True),
        ("甲局只参与哪几条,乙局呢", False),
        ("只有甲局牵头、乙局参与的", False),
        ("哪些有甲局和乙局", False),
        ("除了甲局就只有乙局一家管的", True),
    ],
)
def test_units_alone_are_told_from_units_among_others(text: str, exactly: bool) -> None:
    assert wants_exactly(text, ["甲局", "乙局"]) is exactly


def test_clauses_of_these_units_alone_are_counted() -> None:
    units = (("经信局", "市经信局"), ("科技局", "市科技局"), ("区县", "各区县政府"))
    draft = _answer("只有经信局和科技局加区县三家负责的措施是哪条", *units)
    assert draft.sentences[0].text == "「三、主要措施」下,责任单位只有市经信局、市科技局、各区县政府的共1条:"
    assert "6.创新“人工智能+产品”" in draft.sentences[1].text


def test_only_the_kind_asked_for_is_listed() -> None:
    scenes = _answer("市科技局参与了哪些应用场景", ("市科技局", "市科技局"))
    assert scenes.sentences[0].text == "「(二)重点应用场景」下的9条中,符合「列有市科技局」的共5条:"
    measures = _answer("市科技局参与了哪些措施", ("市科技局", "市科技局"))
    assert measures.sentences[0].text == "「三、主要措施」下的15条中,符合「列有市科技局」的共9条:"
    fields = _answer("市科技局参与了哪些重点领域", ("市科技局", "市科技局"))
    assert [one.text for one in fields.sentences] == ["「(一)重点领域」下的4条都没有列出责任单位。"]


def test_those_of_a_kind_that_a_unit_does_not_lead_are_listed() -> None:
    draft = _answer("九大场景里哪些不归市经信局牵头", ("市经信局", "市经信局"))
    assert draft.sentences[0].text.endswith("符合「市经信局没有列第一」的共8条:")


def test_measures_without_a_unit_by_name_are_counted() -> None:
    draft = _answer("15条措施里没有写具体单位名字的有几条")
    assert draft.sentences[0].text == (
        "「三、主要措施」下的15条中,责任单位只写统称、没有点名具体部门的共3条:"
    )


def test_a_unit_with_no_part_in_a_kind_is_told_where_else_it_is_listed() -> None:
    draft = _answer("市农业农村局参与了哪些措施", ("市农业农村局", "市农业农村局"))
    assert draft.sentences[0].text == "「三、主要措施」下的15条中,没有符合「列有市农业农村局」的。"
    assert any("人工智能+农业" in one.text for one in draft.sentences)


@pytest.mark.parametrize(
    ("question", "units", "said", "false"),
    [
        ("市科技局参与了哪些应用场景", ["市科技局"], "共5条", "共4条"),
        ("市科技局参与了哪些应用场景", ["市科技局"], "列有市科技局", "列有市公安局"),
        ("市科技局参与了哪些应用场景", ["市科技局"], "(二)重点应用场景", "三、主要措施"),
        ("市科技局参与了哪些重点领域", ["市科技局"], "的4条", "的5条"),
        ("市科技局参与了哪些重点领域", ["市科技局"], "(一)重点领域", "(二)重点应用场景"),
        (
            "措施里只有市经信局、市科技局、各区县政府的是哪条",
            ["市经信局", "市科技局", "各区县政府"],
            "1条",
            "2条",
        ),
        ("只有市公安局的是哪条", ["市公安局"], "市公安局", "市经信局、市科技局、各区县政府"),
        ("15条措施里没有写具体单位名字的有几条", [], "共3条", "共2条"),
        ("市农业农村局参与了哪些措施", ["市农业农村局"], "市农业农村局", "市科技局"),
    ],
)
def test_a_false_count_or_unit_does_not_go_out(
    question: str, units: list[str], said: str, false: str
) -> None:
    draft = _answer(question, *((unit, unit) for unit in units))
    first = draft.sentences[0]
    assert said in first.text
    wrong = first.model_copy(update={"text": first.text.replace(said, false, 1)})
    assert plan_verifier().check(wrong) is not None
