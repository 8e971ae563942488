"""The words of passages and of the documents around them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.fakes.vectorstore import HashingEmbedder, make_document
from vectorstore.factory import open_index, open_writer
from vectorstore.models import Filters, QueryLeg, RetrievalQuery
from vectorstore.settings import VectorStoreSettings
from vectorstore.words import WordIndex, write_words

HUZHOU = ["湖州市稳岗办法", "对不裁员的企业返还失业保险费。"]
HANGZHOU = ["杭州市稳岗办法", "对不裁员的企业返还失业保险费。", "本办法由杭州市人社局解释。"]


@pytest.fixture
def index(tmp_path: Path) -> WordIndex:
    write_words(tmp_path, True, [[HUZHOU], [[], HANGZHOU]])
    return WordIndex.open(tmp_path, with_characters=True)


def test_a_passage_has_the_words_of_its_document_around_it(index: WordIndex) -> None:
    found = index.score("湖州企业失业保险费返还")
    assert found.around is not None
    assert found.shares[1] == found.shares[3]
    assert found.around[1] > found.around[3]
    np.testing.assert_array_equal(found.around[[0, 2]], found.around[[1, 4]])
    assert 0 <= found.around.min() <= found.around.max() <= 1


def test_what_was_written_answers_as_what_is_in_memory(index: WordIndex) -> None:
    kept, held = index.score("杭州返还"), WordIndex.of([HUZHOU, HANGZHOU], True).score("杭州返还")
    np.testing.assert_array_equal(kept.shares, held.shares)
    np.testing.assert_array_equal(kept.around, held.around)
    assert (kept.weights, kept.coverage) == (held.weights, held.coverage)


@pytest.mark.parametrize("documents", [[], [[]], [HANGZHOU], [["甲办法"], ["乙办法"]]])
def test_no_document_says_more_where_it_is_the_only_one_or_one_passage(
    tmp_path: Path, documents: list[list[str]]
) -> None:
    write_words(tmp_path, True, [documents])
    assert WordIndex.open(tmp_path, with_characters=True).score("甲办法").around is None


@pytest.mark.parametrize("filters", [Filters(), Filters(without_documents=("c",))])
def test_a_search_finds_the_passage_whose_document_is_named(tmp_path: Path, filters: Filters) -> None:
    settings = VectorStoreSettings(data_dir=tmp_path)
    embedder = HashingEmbedder()
    documents = [make_document("a", HANGZHOU), make_document("b", HUZHOU), make_document("c", ["其他事项。"])]
    open_writer(settings, embedder=embedder).apply(documents)
    index = open_index(settings, embedder=embedder)
    query = RetrievalQuery(legs=(QueryLeg(text="湖州不裁员企业返还失业保险费"),), filters=filters)
    first, second = index.retriever.retrieve(query, 2).clauses
    assert (first.document_id, first.clause.text) == ("b", HUZHOU[1])
    assert first.score >= second.score
    index.close()
