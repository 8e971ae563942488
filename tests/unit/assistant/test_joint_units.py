from __future__ import annotations

import pytest

from assistant.composing.unit_sets import Condition, conditions_in
from assistant.conversation import turned_away
from assistant.counties import county_asked
from assistant.outsiders import outsider_from
from assistant.persons import person_asked, whom_named

COUNTIES = ("德清", "长兴", "安吉")


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("哪些任务有甲局但没有乙局", Condition("乙局", holds=False, leads=False)),
        ("甲局参与、乙局不参与的", Condition("乙局", holds=False, leads=False)),
        ("甲局参与、乙局牵头的", Condition("乙局", holds=True, leads=True)),
        ("有甲局、牵头单位不是乙局的", Condition("乙局", holds=False, leads=True)),
        ("既有甲局又有乙局的", Condition("乙局", holds=True, leads=False)),
    ],
)
def test_what_is_said_of_the_second_unit_is_read(text: str, second: Condition) -> None:
    first, found = conditions_in(text, [("甲局", "甲局"), ("乙局", "乙局")])
    assert first == Condition("甲局", holds=True, leads=False)
    assert found == second


def test_a_county_is_asked_for_alone_and_in_a_follow_up() -> None:
    assert county_asked("长兴县要干啥", "", COUNTIES) == "长兴"
    assert county_asked("那长兴县呢", "德清县政府参与哪条", COUNTIES) == "长兴"
    for text in ("德清有什么好玩的", "德清地信小镇要干什么", "长兴和安吉要干啥"):
        assert county_asked(text, "", COUNTIES) == ""


def test_who_is_no_firm_is_read_and_whom_a_clause_supports() -> None:
    assert person_asked("我个人能领吗") == "个人" and person_asked("个体户是什么意思") == ""
    assert whom_named("发放算力券,支持企业、高校、科研机构使用本地智算。") == "企业、高校、科研机构"


def test_a_firm_of_another_place_is_told_from_a_policy_of_that_place() -> None:
    assert outsider_from("杭州的企业照这个申请可以吧", ["杭州"]) == "杭州"
    assert outsider_from("杭州的算力券怎么申请", ["杭州"]) == ""


def test_what_a_turn_leaves_behind_is_dropped() -> None:
    assert turned_away(("算力券谁管", "那个先不管,今天下雨不")) == ("今天下雨不",)
    assert turned_away(("算力券谁管", "那电话呢")) == ("算力券谁管", "那电话呢")
