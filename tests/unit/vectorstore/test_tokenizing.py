from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.tokenizing import (
    STOP_WORDS,
    bigrams,
    characters,
    normalise,
    passage_tokens,
    question_tokens,
    words,
    words_and_parts,
)


def test_long_words_come_with_their_parts() -> None:
    found = words_and_parts("人工智能特色产业园")
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


def test_a_pair_within_a_word_is_left_out_and_one_across_words_is_kept() -> None:
    found = passage_tokens("人工智能特色产业园", with_characters=True)
    assert "人工" not in found.pairs
    assert "能特" in found.pairs


def test_characters_find_a_word_by_what_it_is_made_of() -> None:
    assert "租" in set(passage_tokens("租金", with_characters=True).characters) & set(characters("房屋租赁"))


def test_a_question_is_looked_up_by_its_words_and_a_passage_holds_their_parts_too() -> None:
    question, passage = question_tokens("人工智能", True), passage_tokens("人工智能", True)
    assert question.words == ("人工智能",)
    assert {"人工智能", "人工", "智能"} <= set(passage.words)


def test_without_characters_only_words_are_left() -> None:
    found = passage_tokens("算力券补贴", with_characters=False)
    assert (list(found.words), found.pairs, found.characters) == (words_and_parts("算力券补贴"), (), ())


@given(st.text())
def test_any_text_is_cut_without_a_fault_into_normalised_tokens(text: str) -> None:
    found = passage_tokens(text, with_characters=True)
    for token in (*found.words, *found.pairs, *found.characters):
        assert token
        assert token == normalise(token)
    assert not STOP_WORDS & {*found.words, *found.pairs}


@given(st.text(alphabet="算力券模型企业补贴,。", max_size=30))
def test_every_pair_of_neighbours_is_a_pair_or_a_part_of_a_word(text: str) -> None:
    assert set(bigrams(text)) <= {*passage_tokens(text, with_characters=True).pairs, *words_and_parts(text)}
