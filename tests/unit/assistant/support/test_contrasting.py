"""Places compared: one table a kind of thing, every row with its source, what was not found said so."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.models import Answer, Question
from assistant.support.advising import Advisor
from assistant.support.factory import MESSAGES
from assistant.support.profile import Profile
from prompts.loader import load_messages
from tests.fakes.support import shipped_desk

DAY = date(2026, 11, 23)
ADVISOR = Advisor(shipped_desk(), load_messages(MESSAGES))


def answered(text: str) -> Answer:
    answer = ADVISOR.advise(Question(turns=(text,)), DAY, away=True)
    assert answer is not None
    return answer


def rows_of(answer: Answer) -> list[list[str]]:
    lines = [line for line in answer.text.splitlines() if line.startswith("| ") and "---" not in line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_two_places_are_laid_side_by_side_with_sources() -> None:
    answer = answered("湖州和桐乡的投资奖励哪个高")
    places = [row[0] for row in rows_of(answer)[1:]]
    assert "湖州市" in places and "嘉兴市桐乡市" in places
    assert all(f"[{citation.marker}]" in answer.text for citation in answer.citations)
    assert "不能只看比例说哪个高" in answer.text


def test_places_stand_in_the_order_asked_and_what_was_not_found_is_said() -> None:
    rows = rows_of(answered("上海、深圳、苏州的模型券各补多少"))[1:]
    assert [row[0][:2] for row in rows] == ["上海", "深圳", "苏州"]
    assert set(rows[2][1:]) == {"未检得"}


@pytest.mark.parametrize(
    "text",
    [
        "杭州那个算力券最高能补多少",
        "合肥和南京的算力券哪个高",
        "湖州和杭州哪个好玩",
        "苏州那个数据集奖励怎么报",
    ],
)
def test_what_compares_no_measures_that_are_held_is_left_alone(text: str) -> None:
    assert ADVISOR.advise(Question(turns=(text,)), DAY, away=True) is None


def test_a_table_holds_one_kind_of_thing_and_no_cell_is_empty() -> None:
    profile = Profile(region="湖州市", needs=("compute", "equipment"), compare=("扬州", "桐乡"))
    rows = shipped_desk().match(profile, DAY).rows
    kinds = {row.topic: row.kind for row in rows if row.clause_id}
    assert kinds["技术改造"] != kinds["算力券"] and "开源人工智能应用项目" not in kinds
    for row in rows:
        assert all((row.place, row.topic, row.target, row.base, row.rate, row.cap, row.excludes, row.year))
        assert "未见" not in (row.target, row.base, row.rate, row.cap)
    (suanli,) = [row for row in rows if row.place == "扬州市" and row.clause_id]
    assert "市内财政智能算力补贴" in suanli.excludes and suanli.rate == "未检得"
