"""Turns about the answers before: sums, what clauses share, whether that is all, other words, doubts."""

from __future__ import annotations

import pytest

from assistant.factory import Assistant
from assistant.models import Status
from tests.e2e.test_reported_answers import ask

TOURISM, FARMING, DATA, VOUCHERS = "二/(二)/6", "二/(二)/5", "三/(四)/10", "三/(四)/12"


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("龙头企业目标几家", "那上市的呢", "加起来多少?"), "上面几个数相加是15家以上;这是推算"),
        (("龙头企业目标几家", "核心产业产值2027年要多少", "一共多少"), "单位不同(家、亿元),不能相加"),
        (("核心产业产值2027年目标多少", "2030年呢", "加起来呢"), "不能相加"),
        (("核心产业产值2027年目标多少", "2030年呢", "哪个更早"), "时间早的是到2027年底的目标"),
        (("规上企业目标多少", "专精特新小巨人呢", "差多少"), "两者相差160家"),
        (("文旅场景有哪些单位", "农业呢", "两个共有的是?"), "这几条都列名的责任单位:市科技局、各区县政府"),
        (("工业场景有哪些单位", "医疗呢", "哪个多"), "「7.人工智能+医疗」列的单位多,多2个"),
        (("措施7讲什么", "跟措施8的责任单位一样吗"), "这几条都列名的责任单位:市级相关部门、各区县政府"),
        (("文旅场景有哪些单位", "没漏吧"), "「6.人工智能+文旅」共列了3个责任单位"),
        (("措施13涉及哪些单位", "是不是就这些"), "共列了7个责任单位"),
        (("低空经济讲什么", "就一条吗"), "写到「低空经济」的条款一共1条"),
        (("九大场景有哪些", "就这些吗"), "上面列出的就是全部"),
        (("人工智能+消费讲什么", "它提到直播没"), "有,文件在「8.人工智能+消费」中写到"),
        (("措施12讲什么", "里面有没有说到场景券"), "写到「场景券」的条款一共1条"),
        (("算力券谁发", "里面有没有说到电费"), "「12.提升普惠服务水平」里没有写到电费"),
        (("人工智能+交通讲什么", "那高铁算吗"), "算不算,文件没有写明"),
        (("文旅场景讲什么", "民宿包括在内吗"), "意思相近的原文如下"),
        (
            ("工业谁管", "数字政府谁管", "消费谁管", "三个都有的单位是谁"),
            "这几条都列名的责任单位:各区县政府。",
        ),
        (("市数据局管什么", "还有吗"), "上面列出的就是全部"),
        (("独角兽在哪提到", "就这一处?"), "写到它的条款就是这些"),
        (("九大场景有哪些", "说短点"), "- 9.人工智能+教育"),
        (("人工智能+消费讲什么", "说人话"), "通俗说(不是原文)"),
        (("龙头企业目标几家", "用一句话说"), "龙头企业的目标是10家以上"),
        (("算力券是什么", "在第几页"), "收录的文字没有页码"),
        (("龙头企业目标几家", "你确定吗"), "上面的回答依据的是文件原文"),
        (("龙头企业目标几家", "谢谢"), "不客气"),
        (("2027年产值目标多少", "不对吧,不是500亿吗"), "需要更正:到2027年底"),
        (("我是做数据标注的", "能拿什么", "第二个怎么申请"), "上面只列出1项,没有第2项"),
    ],
)
def test_a_turn_about_the_answers_before_is_answered_from_them(
    assistant: Assistant, turns: tuple[str, ...], said: str
) -> None:
    answer = ask(assistant, *turns)
    assert said in answer.text
    assert not answer.trace.rejected


@pytest.mark.parametrize(
    "turns",
    [
        ("智能驾驶发展什么", "那我自己驾照扣12分咋办"),
        ("算力券是什么", "我电费能不能少交"),
        ("医疗场景讲什么", "看病报销多少"),
    ],
)
def test_matters_of_ones_own_life_are_refused_whatever_was_spoken_of(
    assistant: Assistant, turns: tuple[str, ...]
) -> None:
    answer = ask(assistant, *turns)
    assert answer.status is Status.OUT_OF_SCOPE
    assert not answer.citations


def test_what_is_asked_after_praise_is_asked_of_what_was_spoken_of(assistant: Assistant) -> None:
    with_praise = ask(assistant, "九大场景有哪些", "哈哈你真聪明", "第三个归谁管")
    assert with_praise.text == ask(assistant, "九大场景有哪些", "第三个归谁管").text
