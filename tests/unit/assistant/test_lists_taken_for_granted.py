from __future__ import annotations

import pytest

from assistant.composing.enumerations import enumerated
from assistant.composing.verbatim import VerbatimComposer
from assistant.models import Draft
from assistant.understanding import Quantity
from tests.fakes.composing import make_request, plan_context, plan_verifier


def _answer(question: str, words: str, *said: Quantity) -> Draft:
    request = make_request(question, words)
    understanding = request.understanding.model_copy(update={"quantities": said})
    draft = VerbatimComposer(plan_context()).compose(
        type(request)(understanding, request.result, request.ledger, request.audience)
    )
    kept, rejections = plan_verifier().verify(draft)
    assert rejections == ()
    return kept


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("四大领域是甲甲、乙乙、丙丙、丁丁对吧", ("甲甲", "乙乙", "丙丙", "丁丁")),
        ("重点领域包括甲甲、乙乙和丙丙三个吗", ("甲甲", "乙乙", "丙丙")),
        ("甲甲归谁管", ()),
    ],
)
def test_what_a_question_lists_is_read(text: str, names: tuple[str, ...]) -> None:
    assert enumerated(text) == names


def test_a_wrong_member_is_corrected_and_the_missing_one_named() -> None:
    draft = _answer("四大重点领域是机器人、智能驾驶、低空经济、算力对吧", "低空经济")
    texts = [one.text for one in draft.sentences]
    assert texts[0] == "需要更正:「(一)重点领域」下所列的4条,标题中没有「低空经济」。"
    assert texts[1] == "「(一)重点领域」下您没有提到的:3.智能穿戴设备。"


def test_a_right_list_is_not_corrected() -> None:
    draft = _answer("四大领域是机器人、驾驶、穿戴和算力对吧", "机器人")
    assert draft.sentences[0].text == "对,「(一)重点领域」下所列的4条您都提到了。"


def test_what_a_goal_is_taken_for_is_corrected() -> None:
    said = Quantity(text="200亿", number=200, unit="亿元")
    draft = _answer("2027年那个200亿是利润吧", "人工智能", said)
    assert draft.sentences[0].text == (
        "需要更正:文件写的「超200亿元」是「人工智能核心产业产值/营收」的目标,没有写它是「利润」。"
    )
    draft = _answer("200亿跟产值是同一码事吗", "人工智能", said)
    assert not any("需要更正" in one.text for one in draft.sentences)
    draft = _answer("2027年那个200亿是产值吧", "人工智能", said)
    assert not any("需要更正" in one.text for one in draft.sentences)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("灵巧手是哪个重点领域的", "「灵巧手」写在「(一)重点领域」下的「1.具身智能机器人」里。"),
        ("无人超市算哪个场景里的", "「无人超市」写在「(二)重点应用场景」下的「8.人工智能+消费」里。"),
        ("低空经济归在四大领域的哪一个", "「(一)重点领域」下的4条里都没有写到「低空经济」。"),
    ],
)
def test_to_which_thing_of_a_list_something_belongs_is_said(question: str, first: str) -> None:
    assert _answer(question, "人工智能").sentences[0].text == first


@pytest.mark.parametrize(
    ("question", "at", "said", "false"),
    [
        ("四大重点领域是机器人、智能驾驶、低空经济、算力对吧", 0, "低空经济", "智能驾驶"),
        ("四大重点领域是机器人、智能驾驶、低空经济、算力对吧", 1, "3.智能穿戴设备", "2.智能驾驶"),
        ("四大领域是机器人、驾驶、穿戴和算力对吧", 0, "4条", "5条"),
        ("灵巧手是哪个重点领域的", 0, "1.具身智能机器人", "2.智能驾驶"),
        ("灵巧手是哪个重点领域的", 0, "灵巧手", "智能座舱"),
        ("低空经济归在四大领域的哪一个", 0, "低空经济", "灵巧手"),
    ],
)
def test_a_false_member_does_not_go_out(question: str, at: int, said: str, false: str) -> None:
    first = _answer(question, "人工智能").sentences[at]
    assert said in first.text
    wrong = first.model_copy(update={"text": first.text.replace(said, false, 1)})
    assert plan_verifier().check(wrong) is not None
