from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vectorstore.lexical import LexicalIndex, overlap, write_lexical

TEXTS = ["发放算力券支持企业\n租显卡太贵政府给券", "建设产业园", "引进人才住房保障", ""]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    write_lexical(tmp_path, TEXTS, with_bigrams=True)
    return LexicalIndex(tmp_path, with_bigrams=True)


def test_the_passage_that_holds_the_words_scores_best(index: LexicalIndex) -> None:
    assert index.scores("算力券").argmax() == 0
    assert index.scores("显卡").argmax() == 0


def test_a_passage_without_words_scores_nothing(index: LexicalIndex) -> None:
    assert index.scores("算力券 产业园 人才")[3] == 0


def test_no_shared_word_scores_nothing(index: LexicalIndex) -> None:
    assert not index.scores("zzzz").any()
    assert not index.scores("").any()


def test_a_word_said_twice_counts_once(index: LexicalIndex) -> None:
    np.testing.assert_array_equal(index.scores("人才人才"), index.scores("人才"))


def test_an_empty_index_answers(tmp_path: Path) -> None:
    write_lexical(tmp_path, [], with_bigrams=True)
    index = LexicalIndex(tmp_path, with_bigrams=True)
    assert index.scores("算力券").shape == (0,)
    assert index.coverage("算力券") == 0


def test_passages_without_a_single_word_are_an_index_too(tmp_path: Path) -> None:
    write_lexical(tmp_path, ["。。", "…"], with_bigrams=True)
    index = LexicalIndex(tmp_path, with_bigrams=True)
    assert index.scores("算力券").tolist() == [0, 0]


def test_coverage_is_the_known_share_by_weight(index: LexicalIndex) -> None:
    assert index.coverage("算力券支持企业") == pytest.approx(1)
    assert index.coverage("zzzz qqqq") == 0
    assert 0 < index.coverage("人才 zzzz") < 0.5  # an unknown word weighs more than a known one
    assert index.coverage("吗") == 0


def test_overlap_is_the_shared_share_of_the_question(index: LexicalIndex) -> None:
    weights = index.weights("产业园")
    assert overlap(weights, "建设产业园") == pytest.approx(1)
    assert 0 < overlap(weights, "建设产业") < 1
    assert overlap(weights, "别的") == 0
    assert overlap({}, "建设产业园") == 0


def test_rare_words_weigh_more(index: LexicalIndex) -> None:
    assert index.idf("人才") < index.idf("zzzz")
    assert index.idf("") == index.idf("zzzz")
