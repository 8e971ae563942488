"""The clause tree of the plan as a file that is reviewed like code (`--update-golden` writes it anew)."""

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
