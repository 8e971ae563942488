"""The lexicons that staff keep fit the plan and contradict nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from assistant.lexicon import Lexicon, load_lexicon
from ingest.document import read_document
from vectorstore.models import Document

PLAN = Path("ingest/corpus/huzhou-ai-plan-2025-draft.txt")


@pytest.fixture(scope="module")
def plan() -> Document:
    return read_document(PLAN)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def repeated(words: Iterable[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]


def test_every_official_term_of_the_synonyms_occurs_in_the_plan(plan: Document, lexicon: Lexicon) -> None:
    assert [term for entry in lexicon.synonyms for term in entry.official if term not in plan.text] == []


def test_a_lay_term_stands_in_one_entry(lexicon: Lexicon) -> None:
    assert repeated(lay for entry in lexicon.synonyms for lay in entry.lay) == []


def test_english_variants_are_lower_case_and_stand_once(lexicon: Lexicon) -> None:
    variants = [variant for term in lexicon.english for variant in term.en]
    assert repeated(variants) == []
    assert [variant for variant in variants if variant != variant.lower()] == []


def test_no_place_elsewhere_occurs_in_the_plan(plan: Document, lexicon: Lexicon) -> None:
    assert [place for place in lexicon.places.other if place in plan.text] == []


def test_a_place_stands_in_one_list(lexicon: Lexicon) -> None:
    places = lexicon.places
    assert repeated([*places.huzhou, *places.other, *places.ambiguous]) == []


def test_aliases_name_exactly_the_units_of_the_plan(plan: Document, lexicon: Lexicon) -> None:
    named = {unit.name for clause in plan.clauses for unit in clause.units}
    assert {entry.name for entry in lexicon.unit_aliases} == named


def test_an_alias_belongs_to_one_unit(lexicon: Lexicon) -> None:
    names = [entry.name for entry in lexicon.unit_aliases]
    assert repeated([*names, *(alias for entry in lexicon.unit_aliases for alias in entry.aliases)]) == []
