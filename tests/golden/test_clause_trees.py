"""Clause trees and chunks as files that are reviewed like code (`--update-golden` writes them anew)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.chunking import index_document
from ingest.document import parse_document

PLAN = Path("ingest/corpus/huzhou-ai-plan-2025-draft.txt")
GOLDEN = Path(__file__).parent


def _compare(request: pytest.FixtureRequest, name: str, actual: object) -> None:
    path = GOLDEN / name
    text = json.dumps(actual, ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_the_clause_tree_of_the_plan_is_the_reviewed_one(request: pytest.FixtureRequest) -> None:
    document = parse_document(PLAN.read_text(encoding="utf-8"), PLAN.name)
    _compare(request, f"{PLAN.stem}.tree.json", document.model_dump(mode="json", exclude_defaults=True))


def test_the_chunks_of_the_plan_are_the_reviewed_ones(request: pytest.FixtureRequest) -> None:
    item = index_document(parse_document(PLAN.read_text(encoding="utf-8"), PLAN.name))
    chunks = {chunk.chunk_id: [chunk.start, chunk.end, chunk.text] for chunk in item.chunks}
    _compare(request, f"{PLAN.stem}.chunks.json", chunks)


@pytest.mark.parametrize("name", ["data-promotion-law.md", "vouchers-with-annexes.txt"])
def test_the_tree_and_chunks_of_a_law_and_of_annexes_are_the_reviewed_ones(
    request: pytest.FixtureRequest, name: str
) -> None:
    item = index_document(parse_document((GOLDEN / name).read_text(encoding="utf-8"), name))
    clauses = [
        {
            "path": clause.path,
            "kind": clause.kind.value,
            "heading_path": clause.heading_path,
            "text": clause.text,
            "units": [unit.name for unit in clause.units],
            "references": [[one.text, one.title, one.path] for one in clause.references],
        }
        for clause in item.document.clauses
    ]
    chunks = {chunk.chunk_id: chunk.text for chunk in item.chunks}
    _compare(request, f"{Path(name).stem}.tree.json", {"clauses": clauses, "chunks": chunks})
