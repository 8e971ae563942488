from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vectorstore.lexical import LexicalIndex, overlap

TEXTS = ["发放算力券支持企业\n租显卡太贵政府给券", "建设产业园", "引进人才住房保障", ""]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    return kept(tmp_path, TEXTS)


def kept(folder: Path, texts: list[str]) -> LexicalIndex:
    LexicalIndex.of(texts, with_characters=True).save(folder)
    return LexicalIndex.open(folder, with_characters=True)


def test_the_passage_that_holds_the_words_scores_best(index: LexicalIndex) -> None:
    assert index.scores("算力券").argmax() == 0
    assert index.scores("显卡").argmax() == 0


def test_a_passage_without_words_scores_nothing(index: LexicalIndex) -> None:
    assert index.scores("算力券 产业园 人才")[3] == 0


def test_no_shared_word_scores_nothing(index: LexicalIndex) -> None:
    assert not index.scores("您好").any()
    assert not index.scores("").any()


def test_a_word_said_twice_counts_once(index: LexicalIndex) -> None:
    np.testing.assert_array_equal(index.scores("人才人才"), index.scores("人才"))


def test_an_empty_index_answers(tmp_path: Path) -> None:
    index = kept(tmp_path, [])
    assert index.scores("算力券").shape == (0,)
    assert index.coverage("算力券") == 0


def test_passages_without_a_single_word_are_an_index_too(tmp_path: Path) -> None:
    index = kept(tmp_path, ["。。", "…"])
    assert index.scores("算力券").tolist() == [0, 0]


def test_a_passage_that_is_the_question_comes_near_the_ideal_and_none_is_above_it(
    index: LexicalIndex,
) -> None:
    assert 0.4 < index.scores("建设产业园")[1] / index.ideal("建设产业园") <= 1
    assert index.scores("产业园").max() < index.scores("建设产业园").max()


def test_words_that_no_passage_holds_raise_the_ideal(index: LexicalIndex) -> None:
    assert index.ideal("产业园 飞机") > index.ideal("产业园")


def test_a_pair_counts_less_than_a_word_and_a_character_least(index: LexicalIndex) -> None:
    weights = index.weights("龘靐")
    assert sorted(weights.values()) == list(weights.values())[::-1]


def test_coverage_is_the_known_share_by_weight(index: LexicalIndex) -> None:
    assert index.coverage("算力券支持企业") == pytest.approx(1)
    assert index.coverage("zzzz qqqq") == 0
    assert 0 < index.coverage("人才 zzzz") < 0.5  # an unknown word weighs more than a known one
    assert index.coverage("吗") == 0


def test_overlap_is_the_shared_share_of_the_question(index: LexicalIndex) -> None:
    weights = index.weights("产业园")
    assert overlap(weights, "建设产业园") == pytest.approx(1)
    assert 0 < overlap(weights, "建设产业") < 1
    assert overlap(weights, "你好") == 0
    assert overlap({}, "建设产业园") == 0


def test_rare_words_weigh_more(index: LexicalIndex) -> None:
    assert index.idf("人才") < index.idf("zzzz")
    assert index.idf("") == index.idf("zzzz")
