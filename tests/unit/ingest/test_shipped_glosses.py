"""The reviewed glosses of the shipped plan fit its clauses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.document import read_with_glosses
from ingest.settings import IngestSettings
from vectorstore.models import Clause

PLAN = Path("ingest/corpus/huzhou-ai-plan-2025-draft.txt")
ALSO_EXPLAINED = {"函", "一/第1段", "一/第2段", "一/第3段", "一/第4段", "四/第1段"}


@pytest.fixture(scope="module")
def explained() -> list[Clause]:
    read = read_with_glosses(PLAN, IngestSettings())
    assert read.stale_glosses == ()
    return [clause for clause in read.document.clauses if clause.gloss]


def test_every_numbered_clause_of_the_plan_is_explained(explained: list[Clause]) -> None:
    numbered = {clause.path for clause in explained if clause.numbered}
    assert len(numbered) == 28
    assert {clause.path for clause in explained} == numbered | ALSO_EXPLAINED


def test_a_gloss_is_two_to_four_sentences_of_60_to_160_characters(explained: list[Clause]) -> None:
    for clause in explained:
        gloss = clause.gloss or ""
        assert 60 <= len(gloss) <= 160, clause.path
        assert 2 <= gloss.count("。") <= 4, clause.path


def test_a_gloss_holds_no_number_that_its_clause_does_not_hold(explained: list[Clause]) -> None:
    for clause in explained:
        numbers = set(re.findall(r"\d+", clause.gloss or ""))
        assert numbers <= set(re.findall(r"\d+", clause.text)), clause.path


def test_a_gloss_promises_nothing(explained: list[Clause]) -> None:
    for clause in explained:
        assert not re.search("一定给|保证|肯定|全额|免费|必定", clause.gloss or ""), clause.path
