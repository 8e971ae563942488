"""The order of passages that nobody explained: its features, and what it does to a search."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.fakes.vectorstore import HashingEmbedder, make_document
from vectorstore.factory import open_candidates, open_index, open_writer
from vectorstore.fusion import dealt_out
from vectorstore.legs import LegScores
from vectorstore.models import QueryLeg, RetrievalQuery
from vectorstore.ordering import load_ordering
from vectorstore.passages import Part, Passage
from vectorstore.plain_ordering import (
    DOCUMENT_SHARE,
    PLAIN_FEATURES,
    PLAIN_ORDERING_FILE,
    plain_features,
)
from vectorstore.settings import VectorStoreSettings
from vectorstore.windows import WindowCache


def features_of(
    shares: list[float], texts: list[str], around: list[float] | None = None
) -> dict[str, np.ndarray]:
    passages = [
        Passage(document_id="law", clause=make_document("law", [text]).document.clauses[0], parts=(PART,))
        for text in texts
    ]
    count = len(shares)
    leg = LegScores(
        leg=QueryLeg(text="算力券"),
        vector=HashingEmbedder().embed_queries(["算力券"])[0],
        weights={"算力": 2.0, "券": 1.0},
        coverage=1.0,
        lexical=np.asarray(shares, dtype=np.float32),
        around=None if around is None else np.asarray(around, dtype=np.float32),
        dense=np.full(count, 0.5, dtype=np.float32),
        known=np.ones(count, dtype=np.bool_),
    )
    windows = WindowCache(HashingEmbedder()).windows(passages)
    found = plain_features(leg, np.arange(count), windows)
    return dict(zip(PLAIN_FEATURES, found.T, strict=True))


PART = Part.model_construct()


def test_words_count_beside_those_of_their_document() -> None:
    found = features_of([0.1, 0.3, 0.2], ["甲。", "算力。", "丙。"], around=[0.5, 0.5, 0.2])
    expected = [0.1 + DOCUMENT_SHARE * 0.5, 0.3 + DOCUMENT_SHARE * 0.5, 0.2 + DOCUMENT_SHARE * 0.2]
    assert found["words"].tolist() == pytest.approx(expected)
    assert found["window_words"].tolist() == pytest.approx(
        [0.5 * DOCUMENT_SHARE, 2 / 3 + 0.5 * DOCUMENT_SHARE, 0.2 * DOCUMENT_SHARE]
    )


def test_a_passage_that_is_a_document_of_its_own_stands_for_its_document() -> None:
    assert features_of([0.1], ["甲。"])["words"] == features_of([0.1], ["甲。"], around=[0.1])["words"]


def test_words_that_stand_together_count_more_than_words_far_apart() -> None:
    apart = "发放算力。" + "甲乙丙。" * 5 + "领取券。"
    found = features_of([0.2, 0.2], [apart, "发放算力券。甲。"], around=[0.0, 0.0])
    assert found["window_words"].tolist() == pytest.approx([2 / 3, 1.0])


def test_meaning_counts_less_where_a_passage_holds_the_words() -> None:
    texts = ["甲。", "乙。丙。算力券。"]
    few = features_of([0.1, 0.1], texts)
    many = features_of([0.1, 0.9], texts)
    assert few["meaning"][0] > 50 * many["meaning"][0]
    assert few["window_meaning"][0] == few["meaning"][0]
    assert few["window_meaning"][1] > 0


def test_scores_are_dealt_out_anew_and_others_stay() -> None:
    scores = np.asarray([0.5, 0.1, 0.9, 0.3], dtype=np.float32)
    rows, dealt = dealt_out(np.asarray([2, 0, 3]), np.asarray([2, 0, 1]), scores)
    assert rows.tolist() == [3, 2, 0]
    assert dealt.tolist() == pytest.approx([0.3, 0.1, 0.5, 0.9])


def test_the_shipped_order_wants_more_of_each_feature() -> None:
    ordering = load_ordering(PLAIN_ORDERING_FILE, features=PLAIN_FEATURES)
    assert all(weight > 0 for weight in ordering.weights)


def test_a_search_puts_the_passage_first_whose_sentence_answers(tmp_path: Path) -> None:
    settings = VectorStoreSettings(data_dir=tmp_path)
    scattered = "发放办法。" + "企业和人才和机构和设备。" * 6 + "模型券,申领,补助。"
    texts = [scattered, "申领模型券补助的办法。其他事项。", "绿色金融。"]
    embedder = HashingEmbedder()
    documents = [make_document(f"law-{number}", [text]) for number, text in enumerate(texts)]
    open_writer(settings, embedder=embedder).apply(documents)
    index = open_index(settings, embedder=embedder)
    query = RetrievalQuery(legs=(QueryLeg(text="申领模型券补助的办法"),))
    clauses = index.retriever.retrieve(query, 3).clauses
    assert clauses[0].document_id == "law-1"
    assert [one.rank for one in clauses] == [1, 2, 3]
    assert [one.score for one in clauses] == sorted((one.score for one in clauses), reverse=True)
    index.close()


def test_the_candidates_of_either_order_can_be_had_for_fitting_it(tmp_path: Path) -> None:
    settings = VectorStoreSettings(data_dir=tmp_path)
    open_writer(settings).apply([make_document("law", ["发放算力券。", "培训企业。"])])
    retriever = open_candidates(settings)
    query = RetrievalQuery(legs=(QueryLeg(text="算力券"), QueryLeg(text="企业培训", weight=0.5)))
    assert retriever.candidates(query, plain=True).features.shape[1] == len(PLAIN_FEATURES)
    assert retriever.candidates(query).features.shape[1] > len(PLAIN_FEATURES)
