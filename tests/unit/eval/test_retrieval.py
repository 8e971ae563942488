from __future__ import annotations

import json
from math import log2
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.__main__ import app, parse_legs
from eval.ablation import VARIANTS, ablate, recall
from eval.beir import read_beir
from eval.errors import DataError
from eval.golden import GoldenEvidence
from eval.retrieval import METRICS, leg_settings, measure, write_trec
from tests.fakes.vectorstore import HashingEmbedder, make_document
from vectorstore.settings import FusionSettings, VectorStoreSettings

CORPUS = ["企业申领算力券", "建设人工智能产业园", "引进高层次人才", "发放模型券和算力券给企业"]
QUERIES = {"q1": "算力券", "q2": "人才"}
QRELS = [("q1", "d3", 1), ("q1", "d0", 1), ("q2", "d2", 1), ("q2", "d1", 0)]


def quiet(what: str, done: int, total: int) -> None:
    """Show nothing."""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    corpus, queries, qrels = (tmp_path / name for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv"))
    corpus.write_text("".join(f'{{"_id": "d{i}", "text": "{text}"}}\n' for i, text in enumerate(CORPUS)))
    queries.write_text("".join(f'{{"_id": "{key}", "text": "{text}"}}\n' for key, text in QUERIES.items()))
    lines = ["query-id\tcorpus-id\tscore", *("\t".join(map(str, row)) for row in QRELS)]
    qrels.write_text("\n".join(lines) + "\n")
    return [corpus, queries, qrels]


def test_a_set_is_measured_leg_by_leg_with_intervals(files: list[Path], tmp_path: Path) -> None:
    report, runs = measure(
        read_beir(*files), ["bm25", "dense", "fused"], VectorStoreSettings(), HashingEmbedder(), quiet
    )
    whole = json.loads(report.as_json())
    assert whole["n"] == 2
    for leg in ("bm25", "dense", "fused"):
        assert set(whole[leg]) == set(METRICS)
        assert {"mean", "low", "high"} <= set(whole[leg]["ndcg@10"])
        assert {"p50", "p95"} <= set(whole["latency_ms"][leg])
    assert set(whole["paired"]) == {"dense-bm25", "fused-bm25", "fused-dense"}
    assert whole["bm25"]["recall@5"]["mean"] == 1.0
    write_trec(tmp_path / "run.trec", runs["bm25"], "bm25")
    first = (tmp_path / "run.trec").read_text().splitlines()[0].split()
    assert (first[0], first[1], first[3], first[5]) == ("q1", "Q0", "1", "bm25")


def test_passages_of_one_doc_become_clauses_of_one_document(files: list[Path]) -> None:
    rows = [
        {"_id": f"d{i}", "doc": "notice" if i < 2 else f"other-{i}", "text": text}
        for i, text in enumerate(CORPUS)
    ]
    files[0].write_text("\n".join(json.dumps(row) for row in rows))
    data = read_beir(*files)
    notice = data.documents[0].document
    assert [clause.path for clause in notice.clauses] == ["d0", "d1"]
    assert notice.text == CORPUS[0] + CORPUS[1]
    report, runs = measure(data, ["bm25"], VectorStoreSettings(), HashingEmbedder(), quiet)
    assert next(iter(runs["bm25"]["q2"])) == "d2"
    assert report.indexing.documents == len(CORPUS)


def test_figures_are_those_of_the_definition(files: list[Path]) -> None:
    report, runs = measure(read_beir(*files), ["dense"], VectorStoreSettings(), HashingEmbedder(), quiet)
    gains = []
    for query_id, wanted in (("q1", {"d0", "d3"}), ("q2", {"d2"})):
        found = sum(
            1 / log2(rank + 1) for rank, key in enumerate(runs["dense"][query_id], 1) if key in wanted
        )
        gains.append(found / sum(1 / log2(rank + 1) for rank in range(1, len(wanted) + 1)))
    assert report.legs["dense"]["ndcg@10"].mean == pytest.approx(sum(gains) / 2)


@pytest.mark.parametrize(
    ("number", "text", "what"),
    [
        (0, "not json", "JSON lines"),
        (0, '{"id": 1}', "_id and text"),
        (2, "a\tb\n1\t2\n", "query-id"),
        (2, "query-id\tcorpus-id\tscore\nq1\tdX\t1\n", "dX"),
        (2, "query-id\tcorpus-id\tscore\nqX\td0\t1\n", "qX"),
        (2, "query-id\tcorpus-id\tscore\nq1\td0\t0\n", "no relevant passage"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(
    files: list[Path], number: int, text: str, what: str
) -> None:
    files[number].write_text(text)
    with pytest.raises(DataError, match=what):
        read_beir(*files)


def test_only_judged_questions_count(files: list[Path]) -> None:
    files[2].write_text("query-id\tcorpus-id\tscore\nq2\td2\t1\n")
    assert read_beir(*files).queries == {"q2": "人才"}


def test_a_leg_alone_takes_the_whole_weight() -> None:
    fusion = FusionSettings(method="rrf", dense_weight=0.7)
    assert leg_settings("fused", fusion) is fusion
    words, meaning = leg_settings("bm25", fusion), leg_settings("dense", fusion)
    assert (words.lexical_weight, words.dense_weight) == (1, 0)
    assert (meaning.lexical_weight, meaning.dense_weight) == (0, 1)
    assert words.document_weight == meaning.document_weight == 0
    assert not leg_settings("bm25", fusion).ordered
    assert not leg_settings("dense", fusion).ordered


@pytest.mark.parametrize("text", ["bm25,bm25", "bm26", ""])
def test_unknown_legs_are_refused(text: str) -> None:
    assert CliRunner().invoke(app, ["retrieval", "--legs", text, "--corpus", "x"]).exit_code == 2


def test_legs_keep_their_order() -> None:
    assert parse_legs("fused, bm25") == ["fused", "bm25"]


def test_recall_is_the_share_of_evidence_that_was_found() -> None:
    assert recall(["甲", "乙"], ["含甲的条款", "别的"]) == 0.5
    assert recall(["甲"], []) == 0.0


def test_every_variant_is_measured_by_type() -> None:
    document = make_document("plan", CORPUS, glosses=["租显卡抵钱"])
    questions = [
        GoldenEvidence(id="1", type="a", turns=("算力券",), evidence=("算力券",)),
        GoldenEvidence(id="2", type="b", turns=("算力券", "租显卡抵钱"), evidence=("企业申领算力券",)),
    ]
    rows = ablate([document], questions, VectorStoreSettings(), HashingEmbedder(), quiet)
    assert [row.name for row in rows] == [variant.name for variant in VARIANTS]
    assert all(set(row.by_type) == {"a", "b"} and row.recall.n == 2 for row in rows)
