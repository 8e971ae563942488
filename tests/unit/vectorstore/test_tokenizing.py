from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.tokenizing import STOP_WORDS, bigrams, normalise, tokens, words


def test_long_words_come_with_their_parts() -> None:
    found = words("人工智能特色产业园")
    assert {"人工", "智能", "人工智能", "特色", "产业园"} <= set(found)


def test_full_width_and_case_make_no_difference() -> None:
    assert words("ＧＰＵ　２０２７年") == words("gpu 2027年")


def test_punctuation_and_particles_are_no_words() -> None:
    assert words("的,了。?!…“”<>") == []


@pytest.mark.parametrize(("text", "word"), [("GPU服务器", "gpu"), ("500万元", "500"), ("AI+制造", "ai")])
def test_latin_words_and_numbers_are_kept(text: str, word: str) -> None:
    assert word in words(text)


def test_bigrams_do_not_cross_punctuation() -> None:
    assert bigrams("算力券,模型") == ["算力", "力券", "模型"]


def test_a_bigram_that_is_a_word_already_is_not_counted_twice() -> None:
    found = tokens("算力券", with_bigrams=True)
    assert len(found) == len(set(found))
    assert "力券" in found


def test_without_bigrams_only_words_are_left() -> None:
    assert tokens("算力券补贴", with_bigrams=False) == words("算力券补贴")


@given(st.text())
def test_any_text_is_cut_without_a_fault_into_normalised_words(text: str) -> None:
    for token in tokens(text, with_bigrams=True):
        assert token
        assert token == normalise(token)
        assert token not in STOP_WORDS


@given(st.text(alphabet="算力券模型企业补贴的,。", max_size=30))
def test_bigrams_only_ever_add(text: str) -> None:
    assert tokens(text, with_bigrams=True)[: len(words(text))] == words(text)


@given(st.text(alphabet="算力券模型企业补贴,。", max_size=30))
def test_every_pair_of_neighbours_is_a_token(text: str) -> None:
    assert set(bigrams(text)) <= set(tokens(text, with_bigrams=True))
