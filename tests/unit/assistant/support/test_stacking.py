"""Rules on aid had elsewhere: found in official texts, and applied no further than their words go."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.support.matches import Grade, Match
from assistant.support.profile import Profile, read_profile
from assistant.support.stacking import is_same_aid, rules_in
from assistant.support.ticking import State
from ingest.document import parse_document
from tests.fakes.support import desk_over_text

METHOD = """湖州市算力券实施办法
第一条 对在湖州注册的企业租用智能算力的,发放算力券,按合同额的20%补贴,每家每年最高100万元。
第二条 已享受省级算力补贴的,不得重复享受。
第三条 市经信局负责受理。
第四条 本办法自2026年3月1日起施行。
"""
DAY = date(2026, 11, 23)


def only_match(profile: Profile) -> Match:
    (match,) = desk_over_text(METHOD).match(profile, DAY).matches
    return match


@pytest.mark.parametrize(
    ("sentence", "excludes"),
    [
        ("已享受省级算力补贴的,不得重复享受。", True),
        ("同一项目符合多项政策的,按就高不重复原则享受。", True),
        ("同一事项按就高不就低原则给予补助。", True),
        ("与其他同类政策择一享受。", True),
        ("已获得国家奖励的,本级不再奖励。", True),
        ("同一行政区域内不得重复收费。", False),
        ("2027年起不再给予补贴。", False),
        ("避免重复建设。", False),
    ],
)
def test_a_sentence_that_excludes_other_aid_is_found_in_an_official_text(
    sentence: str, excludes: bool
) -> None:
    document = parse_document(f"湖州市某办法\n第一条 给予补助。\n第二条 {sentence}\n", "某办法.txt")
    assert [rule.text for rule in rules_in(document)] == [f"第二条 {sentence}"] * excludes


@pytest.mark.parametrize(
    ("rule", "aid", "same"),
    [
        ("已享受省级算力补贴的,不得重复享受。", "省里的算力补贴", True),
        ("已享受省级算力补贴的,不得重复享受。", "市里的算力补贴", False),
        ("已享受省级算力补贴的,不得重复享受。", "算力补贴", False),
        ("已享受省级算力补贴的,不得重复享受。", "省里的补贴", False),
        ("已享受省级算力补贴的,按差额补足,不重复享受。", "省里的算力补贴", False),
        ("已享受市级及以上同类补贴的,不重复享受。", "市里的算力补贴", False),
        ("同一项目就高不重复享受。", "省里的算力补贴", False),
    ],
)
def test_only_aid_that_is_plainly_named_is_said_to_be_excluded(rule: str, aid: str, same: bool) -> None:
    assert is_same_aid(rule, aid) is same


def test_aid_that_an_article_names_makes_the_measure_unfit_and_the_article_is_shown() -> None:
    match = only_match(Profile(region="湖州市", needs=("compute",), received=("省里的算力补贴",)))
    assert match.grade is Grade.NOT and "「第二条 已享受省级算力补贴的,不得重复享受。」" in match.reason
    assert [source.path for source in match.beside] == ["第二条"]


def test_other_aid_is_to_be_checked_against_the_article() -> None:
    match = only_match(Profile(region="湖州市", needs=("compute",), received=("市里的补助",)))
    (tick,) = [one for one in match.ticks if one.by == "received"]
    assert match.grade is Grade.POSSIBLE and tick.state is State.CHECK and "不得重复享受" in tick.text


def test_an_official_text_with_a_sum_is_no_mere_direction_and_its_words_are_quoted() -> None:
    match = only_match(Profile(region="湖州市", needs=("compute",)))
    assert match.grade is Grade.POSSIBLE and "20%" in match.offer and match.quoted
    assert "未载明" not in match.amount + match.cap


@pytest.mark.parametrize("said", ["无", "没有", "暂无", "none", "没有享受过", " 无。"])
def test_words_for_nothing_are_no_aid_had(said: str) -> None:
    profile = read_profile({"region": "湖州市", "needs": ["compute"], "received": [said]}, "p.yaml")
    assert profile.received == ()
    (tick,) = [one for one in only_match(profile).ticks if one.by == "received"]
    assert tick.state is State.MET and "没有享受过" in tick.why


def test_aid_of_which_nothing_was_said_is_asked_for() -> None:
    match = only_match(Profile(region="湖州市", needs=("compute",)))
    assert any(tick.asks == "received" for tick in match.ticks)
