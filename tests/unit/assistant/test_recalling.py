from __future__ import annotations

from datetime import date

import pytest

from assistant.conversation import LAST, ordinal_of
from assistant.entities import UnitNames
from assistant.models import Answer, Citation, Question, Status
from assistant.recalling import Recall
from tests.fakes.support import shipped_ledger

LEDGER = shipped_ledger()
PLAN = next(iter(LEDGER.explained))
DAY = date(2026, 11, 30)


def cited(marker: int, path: str) -> Citation:
    place = LEDGER.by_id[f"{PLAN}:{path}"]
    return Citation(
        marker=marker,
        document_id=PLAN,
        title=place.document.title,
        path=path,
        heading_path=place.clause.heading_path,
        text=place.clause.text,
        quotes=(),
        digest=place.clause.digest,
    )


LISTED = Answer(
    status=Status.ANSWERED,
    text="文件写明「四大重点领域」。[1]\n\n- 1.具身智能机器人[2]\n- 2.智能驾驶[3]\n- 3.智能穿戴设备[4]",
    citations=(cited(1, "一/第1段"), cited(2, "二/(一)/1"), cited(3, "二/(一)/2"), cited(4, "二/(一)/3")),
)


class Counting:
    """Answers the same to everything and counts how often it is asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked = 0

    def __call__(self, question: Question) -> Answer:
        self.asked += 1
        return self.answer


def recall(answering: Counting) -> Recall:
    return Recall(LEDGER, UnitNames(LEDGER.unit_names, ()), answering, lambda: DAY)


@pytest.mark.parametrize(
    ("last", "spelled"),
    [
        ("第三个具体做啥", "智能穿戴设备具体做啥"),
        ("最后一个呢", "智能穿戴设备呢"),
        ("那第一个归谁管", "具身智能机器人归谁管"),
        ("第九个呢", "第九个呢"),
        ("第三部分讲什么", "第三部分讲什么"),
    ],
)
def test_an_item_is_called_by_its_name(last: str, spelled: str) -> None:
    question = Question(turns=("重点领域有哪些", last))
    assert recall(Counting(LISTED)).spelled_out(question).turns[-1] == spelled


def test_the_first_turn_points_at_nothing() -> None:
    answering = Counting(LISTED)
    question = Question(turns=("第三个呢",))
    assert recall(answering).spelled_out(question) == question
    assert answering.asked == 0


def test_the_answer_before_is_asked_for_once_a_day() -> None:
    answering = Counting(LISTED)
    meant = recall(answering)
    for _ in range(3):
        meant.spelled_out(Question(turns=("重点领域有哪些", "第三个呢")))
    assert answering.asked == 1


@pytest.mark.parametrize(
    ("turn", "which"),
    [
        ("第十二个是什么", 12),
        ("最后一条讲什么", LAST),
        ("第二条的平台由谁建", 2),
        ("第5个", 5),
        ("第四部分呢", None),
    ],
)
def test_places_in_a_list_are_read(turn: str, which: int | None) -> None:
    assert ordinal_of(turn) == which
