from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.lexicon import EnglishTerm, Synonym
from assistant.wordings import Wordings

WORDINGS = Wordings(
    texts=["通过发放算力券、模型券,加大优惠算力供给。成立专项基金,聚焦耐心资本。责任单位:市教育局。"],
    everyday=["算力券是什么", "怎么申请", "谁负责教育"],
    english=[
        EnglishTerm(en=("computing voucher", "computing vouchers"), zh="算力券"),
        EnglishTerm(en=("voucher",), zh="券"),
        EnglishTerm(en=("who is responsible", "responsible"), zh="责任单位"),
    ],
    synonyms=[
        Synonym(lay=("借钱", "VC"), official=("专项基金", "耐心资本")),
        Synonym(lay=("抵用券",), official=("算力券",)),
    ],
)


@pytest.mark.parametrize(
    "typed", ["suan li quan shi shen me", "suanliquan shishenme", "Suan Li Quan shi shen me?"]
)
def test_pinyin_is_read_as_the_words_of_the_documents(typed: str) -> None:
    read = WORDINGS.from_pinyin(typed)
    assert read is not None and read.startswith("算力券")


@pytest.mark.parametrize(
    "typed", ["算力券 shi shen me", "what is the budget", "", "suan", "123", "xyzzy qqq"]
)
def test_what_is_not_pinyin_is_left_alone(typed: str) -> None:
    assert WORDINGS.from_pinyin(typed) is None


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=80))
def test_no_latin_text_makes_the_reading_of_pinyin_fail(text: str) -> None:
    read = WORDINGS.from_pinyin(text)
    assert read is None or read


@given(st.text(alphabet="算力券卷全圈专项基金鸡耐心资本是什么,。a1 ", max_size=30))
def test_correcting_a_corrected_text_changes_nothing_and_keeps_its_length(text: str) -> None:
    fixed = WORDINGS.corrected(text)
    assert fixed is None or (fixed != text and len(fixed) == len(text))


def test_a_homophone_slip_is_read_as_the_documents_word() -> None:
    assert WORDINGS.corrected("专项鸡金有多少") == "专项基金有多少"


def test_what_is_spelt_right_is_not_corrected() -> None:
    assert WORDINGS.corrected("专项基金有多少") is None
    assert WORDINGS.corrected("hello 12345") is None


def test_english_is_turned_by_its_longest_terms_in_the_order_of_the_question() -> None:
    assert WORDINGS.from_english("Who is responsible for computing vouchers?") == "责任单位 算力券"


def test_english_words_are_matched_whole() -> None:
    assert WORDINGS.from_english("a vouchersmith irresponsible") is None
    assert WORDINGS.from_english("voucher") is None, "one word is a name more often than a question"


def test_lay_words_bring_the_official_terms_that_the_question_lacks() -> None:
    assert WORDINGS.official("我想借钱办厂") == "专项基金 耐心资本"
    assert WORDINGS.official("借钱和专项基金") == "耐心资本"
    assert WORDINGS.official("vc有吗,抵用券呢") == "专项基金 耐心资本 算力券"
    assert WORDINGS.official("天气") is None
