"""What is asked next: only what is missing, and of nothing told everything that matching starts from."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.support.factory import MESSAGES
from assistant.support.markdown import MarkdownReport
from assistant.support.matches import Grade
from assistant.support.profile import Profile
from prompts.loader import load_messages
from tests.fakes.support import shipped_desk

DAY = date(2025, 8, 1)


@pytest.mark.parametrize("profile", [Profile(), Profile(district="吴兴区"), Profile(size="小型")])
def test_where_nothing_is_told_to_match_by_it_is_asked_for_and_nothing_listed(profile: Profile) -> None:
    matching = shipped_desk().match(profile, DAY)
    assert matching.is_blank and matching.matches == ()
    assert any("哪方面的支持" in one for one in matching.questions)
    assert any("行业" in one for one in matching.questions)


def test_of_a_sum_told_in_general_only_its_parts_are_asked() -> None:
    profile = Profile(industry=("童装",), project="技改", stage="已完成", figures={"总投资": 8_000_000})
    questions = shipped_desk().match(profile, DAY).questions
    assert any("800万元" in one and "设备投资是多少" in one for one in questions)
    assert not any("行业" in one or "哪一步" in one for one in questions)


def test_what_does_not_fit_is_shown_with_amount_cap_and_conditions() -> None:
    profile = Profile(industry=("童装",), project="技改", stage="已完成", figures={"设备投资": 3_000_000})
    matching = shipped_desk().match(profile, DAY)
    assert matching.graded(Grade.NOT)
    text = MarkdownReport(load_messages(MESSAGES)).text(matching).split("## 不适用")[1]
    assert "金额或比例:8%" in text and "上限:1000万元" in text and "✗ 不满足:设备投资500万元" in text
