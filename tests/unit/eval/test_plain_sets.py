"""What the plain order is fitted on: questions that the model was not trained on, beside many texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import plain_sets as module
from eval.errors import DataError
from eval.plain_sets import plain_sets
from vectorstore.train.material import split_of
from vectorstore.train.references import clause_texts, question_digest

NATIONAL = "corpus/laws/社会法/劳动法(2018-12-29).md"
LOCAL = "corpus/laws/DLC/某地/某市条例(2020-01-01).md"
_DIGITS = "一二三四五六七八九"
LABELS = [f"第{ten}十{one}条" for ten in _DIGITS for one in _DIGITS]


@pytest.fixture
def material(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A material folder with one law, one local rule, and two questions of people."""
    for place in (NATIONAL, LOCAL):
        path = tmp_path / place
        path.parent.mkdir(parents=True)
        path.write_text("\n".join(f"{label} 关于{label}的规定。" for label in LABELS), encoding="utf-8")
    (tmp_path / "training").mkdir()
    _write(tmp_path / "training" / "reading_pairs.jsonl", [{"query": "谁", "passage": "某人做了某事。"}])
    advice = [{"query": query, "passage": "咨询律师"} for query in ("工资没发怎么办", "加班费咋算")]
    _write(tmp_path / "training" / "legal_advice_pairs.jsonl", advice)
    held, trained = (_clause_on(tmp_path, side) for side in ("validation", "train"))
    labels = [
        {
            "line": line,
            "digest": question_digest(advice[line - 1]["query"]),
            "document": NATIONAL,
            "clause": clause,
        }
        for line, clause in ((1, held), (2, held), (2, trained))
    ]
    for name, rows in (
        ("ORDER_PAIRS", [{"query": "某市怎么管", "document": LOCAL, "clause": LABELS[0]}]),
        ("ADVICE_LABELS", labels),
    ):
        _write(tmp_path / name, rows)
        monkeypatch.setattr(module, name, tmp_path / name)
    monkeypatch.setattr(module, "TRAINING", tmp_path / "none")
    return tmp_path


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")


def _clause_on(folder: Path, side: str) -> str:
    return next(label for label, text in clause_texts(folder / NATIONAL).items() if split_of(text) == side)


def test_peoples_questions_count_only_where_no_clause_of_theirs_was_trained_on(material: Path) -> None:
    local, laws, _ = plain_sets(material)
    assert list(local.queries.values()) == ["某市怎么管"]
    assert list(laws.queries.values()) == ["工资没发怎么办"]
    (answers,) = laws.qrels.values()
    assert list(answers) == [f"{NATIONAL}#{_clause_on(material, 'validation')}"]
    assert all(
        set(found) <= {chunk.path for one in data.documents for chunk in one.chunks}
        for data in (local, laws)
        for found in data.qrels.values()
    )


def test_material_that_lacks_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="laws"):
        list(plain_sets(tmp_path))
