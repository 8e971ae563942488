from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching import Matcher, pairs
from tests.fakes.vectorstore import HashingEmbedder

BACKGROUND = ["上市企业5家以上", "规模以上企业200家以上", "算力券和模型券", "企业支持"]
INDICATORS = ["上市企业", "规模以上企业", "标杆示范场景"]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(HashingEmbedder(), BACKGROUND, ["企业有什么支持", "企业怎么申请"])


def test_the_closest_text_is_the_one_that_shares_telling_words(matcher: Matcher) -> None:
    scores = matcher.similarity("上市企业要有几家", INDICATORS)
    assert scores.index(max(scores)) == 0
    assert all(0 <= score <= 1.5 for score in scores)


def test_words_that_stand_in_every_question_tell_less_than_rare_ones(matcher: Matcher) -> None:
    assert matcher.weight("算力券") > matcher.weight("企业")
    assert matcher.weight("火星") == 0


def test_nothing_to_compare_with_gives_no_scores(matcher: Matcher) -> None:
    assert matcher.similarity("问题", []) == ()


@given(st.text(max_size=20), st.text(max_size=20))
def test_what_two_texts_share_weighs_no_more_than_either(matcher: Matcher, one: str, other: str) -> None:
    shared = matcher.shared(one, other)
    assert shared == matcher.shared(other, one)
    assert shared <= min(matcher.weight(one), matcher.weight(other)) + 1e-6


def test_pairs_pass_over_punctuation_and_width() -> None:
    assert pairs("ＡＩ，教育") == pairs("ai教育")
    assert pairs("一") == pairs("")
