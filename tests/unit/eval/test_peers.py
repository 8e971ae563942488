from __future__ import annotations

from pathlib import Path

import pytest

from eval.golden import GoldenEvidence
from eval.langchain_peers import stock_peers
from eval.peers import ClauseSpans, FoundPeer, WholePeer, compare, recall_within
from tests.fakes.vectorstore import HashingEmbedder, make_document

ITEM = make_document("plan", ["发放算力券,支持企业使用本地智算。", "引进高层次人才,给予住房保障。"])
DOCUMENT = ITEM.document
QUESTION = GoldenEvidence(id="q", type="t", turns=("算力券",), evidence=("发放算力券", "住房保障"))


def test_evidence_counts_only_within_the_budget() -> None:
    passages = ["发放算力券,支持企业。", "给予住房保障。"]
    assert recall_within(QUESTION.evidence, passages, 100) == 1
    assert recall_within(QUESTION.evidence, passages, 11) == 0.5
    assert recall_within(QUESTION.evidence, passages, 3) == 0
    assert recall_within(QUESTION.evidence, [], 100) == 0


def test_a_passage_over_two_clauses_is_not_a_citation_of_one() -> None:
    spans = ClauseSpans([DOCUMENT])
    first, second = (clause for clause in DOCUMENT.clauses if "券" in clause.text or "人才" in clause.text)
    assert spans.single(first.text)
    assert spans.single("支持企业")
    assert not spans.single((first.text + second.text).strip())
    assert not spans.single("这句话哪里都没有")


def test_recipes_are_measured_on_the_same_questions() -> None:
    good = FoundPeer("good", lambda question: [clause.text for clause in DOCUMENT.clauses])
    bad = FoundPeer("bad", lambda question: ["无关"])
    rows = compare([good, bad, WholePeer(DOCUMENT)], [QUESTION], [DOCUMENT], lambda what, done, total: None)
    assert [row.recall[500].mean for row in rows] == [1, 0, 1]
    assert [row.one_clause.mean for row in rows] == [1, 0, 0]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_stock_recipes_hand_on_verbatim_passages(tmp_path: Path) -> None:
    peers = stock_peers([DOCUMENT], HashingEmbedder())
    assert len(peers) == 2
    for peer in peers:
        found = peer.passages("算力券")
        assert found
        assert all(text in DOCUMENT.text for text in found)
