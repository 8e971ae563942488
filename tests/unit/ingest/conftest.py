"""The shipped plan, parsed once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import parse_document
from vectorstore.models import Document

PLAN = Path("ingest/corpus/huzhou-ai-plan-2025-draft.txt")


@pytest.fixture(scope="session")
def plan_path() -> Path:
    return PLAN


@pytest.fixture(scope="session")
def plan() -> Document:
    return parse_document(PLAN.read_text(encoding="utf-8"), PLAN.name)
