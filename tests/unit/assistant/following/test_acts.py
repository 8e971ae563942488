from __future__ import annotations

import pytest

from assistant.following.acts import Act, act_of
from assistant.following.within import is_name, name_asked, says_whether_counted


@pytest.mark.parametrize(
    ("turn", "act"),
    [
        ("好的谢谢", Act.THANKS),
        ("明白了", Act.THANKS),
        ("哈哈你真聪明", Act.PRAISE),
        ("你确定吗", Act.DOUBT),
        ("真的假的", Act.DOUBT),
        ("原文呢", Act.SOURCE),
        ("在哪一条", Act.SOURCE),
        ("在第几页", Act.PAGE),
        ("说人话", Act.PLAIN),
        ("能短一点吗", Act.SHORT),
        ("用一句话说", Act.SHORT),
        ("太长了,说短点", Act.SHORT),
        ("太官方了,讲人话", Act.PLAIN),
        ("有依据没", Act.SOURCE),
        ("是不是就这些", Act.ALL),
        ("就它一个部门?", Act.ALL),
        ("后者多几家", Act.MORE),
        ("详细点", Act.LONG),
        ("就一条吗", Act.ALL),
        ("除了这些还有吗", Act.ALL),
        ("没漏吧", Act.ALL),
        ("加起来多少?", Act.SUM),
        ("这俩一共多少家", Act.SUM),
        ("哪个多", Act.MORE),
        ("差多少", Act.MORE),
        ("哪个更早", Act.EARLIER),
        ("两个共有的是?", Act.SHARED),
    ],
)
def test_what_a_turn_does_with_the_answer_before_is_read(turn: str, act: Act) -> None:
    assert act_of(turn) is act


@pytest.mark.parametrize(
    "turn",
    [
        "农业呢", "那电话呢", "怎么申请", "谁能申请", "可以吗", "还有呢", "第二个呢", "有几条", "在哪里申请",
        "那爆款单品是哪个目录", "谢谢,对了算力券谁管", "具体怎么做", "加起来有200家的园区",
    ],
)  # fmt: skip
def test_a_turn_that_asks_something_itself_is_none_of_them(turn: str) -> None:
    assert act_of(turn) is None


@pytest.mark.parametrize(
    ("turn", "name"),
    [
        ("它提到直播没", "直播"),
        ("里面有没有说到电费", "电费"),
        ("那无人出租车算吗", "无人出租车"),
        ("里面提到食堂没有", "食堂"),
        ("里面写怎么申请了吗", ""),
        ("算力券谁管", ""),
        ("那500亿算吗", ""),
    ],
)
def test_what_is_looked_for_in_the_clause_before_is_read(turn: str, name: str) -> None:
    assert name_asked(turn) == name


def test_a_name_is_told_from_half_a_sentence() -> None:
    assert is_name("电费") and is_name("智能戒指")
    assert not is_name("要跟大学一起弄") and not is_name("高校要干什")
    assert says_whether_counted("那高铁算吗") and not says_whether_counted("它提到直播没")
