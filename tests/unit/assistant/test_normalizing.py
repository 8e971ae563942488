from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.normalizing import compact, han_share, normalize, spell_out

TYPED = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("１２３４５，ＡＩ＋教育？", "12345,AI+教育?"),
        ("無人駕駛由誰負責", "无人驾驶由谁负责"),
        ("  算力券\u3000 多少\xa0钱\t? ", "算力券 多少 钱 ?"),
        ("算\u200b力\ufeff券\u202e", "算力券"),
        ("算力券\x00\x1b[31m", "算力券 [31m"),
        ("㈠①", "(一)1"),
        ("模型劵是什么", "模型券是什么"),
        ("", ""),
    ],
)
def test_what_is_typed_in_many_forms_reads_in_one(typed: str, meant: str) -> None:
    assert normalize(typed) == meant


@given(TYPED)
def test_normalizing_twice_changes_nothing_more(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(TYPED)
def test_a_compact_text_has_no_space_and_stays_as_it_is(text: str) -> None:
    once = compact(text)
    assert not any(character.isspace() for character in once)
    assert compact(once) == once


def test_the_share_of_han_counts_letters_alone() -> None:
    assert han_share("算力12 ,。") == 1.0
    assert han_share("AI算力") == 0.5
    assert han_share("12345!?") == 0.0


def test_compact_keeps_what_tells_numbers_and_terms_apart() -> None:
    assert compact("“1+4+N” 是 30% 吗?") == "1+4+n是30%吗"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("设备投了650w能补多少", "设备投了650万能补多少"),
        ("650 W", "650万"),
        ("2个亿", "2亿"),
        ("65W快充", "65W快充"),
        ("100w功率", "100w功率"),
        ("wifi6", "wifi6"),
        ("3wh", "3wh"),
    ],
)
def test_short_forms_of_sums_are_spelt_out(typed: str, meant: str) -> None:
    assert spell_out(typed) == meant
