"""Which clauses answer people's own questions: kept by the line of the question that is meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vectorstore.train.references import question_digest, read_labels

QUESTIONS = ("工资没发怎么办", "加班费咋算", "押金不退")


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.jsonl"
    rows = [json.dumps({"query": query, "passage": "咨询律师"}, ensure_ascii=False) for query in QUESTIONS]
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def labels(pairs: Path, **wrong: object) -> Path:
    label = {"line": 2, "digest": question_digest(QUESTIONS[1]), "document": "x.md", "clause": "第一条"}
    path = pairs.with_name("labels.jsonl")
    path.write_text(json.dumps(label | wrong), encoding="utf-8")
    return path


def test_a_label_gives_the_question_of_its_line_a_clause(pairs: Path) -> None:
    (reference,) = read_labels(labels(pairs), pairs)
    assert (reference.query, reference.document, reference.clause) == (QUESTIONS[1], "x.md", "第一条")


@pytest.mark.parametrize("wrong", [{"line": 3}, {"line": 999}, {"digest": "00000000"}, {"line": 0}])
def test_a_label_of_another_question_is_refused_with_its_line(pairs: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"labels\.jsonl:1: "):
        read_labels(labels(pairs, **wrong), pairs)
