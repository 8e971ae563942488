from __future__ import annotations

from collections import Counter

import pytest

from ingest.units import find_units, unit_tails
from vectorstore.models import Document


def test_24_clauses_of_the_plan_carry_units(plan: Document) -> None:
    assert sum(bool(clause.units) for clause in plan.clauses) == 24


@pytest.mark.parametrize(("unit", "clauses"), [("市经信局", 16), ("市科技局", 14), ("市数据局", 3)])
def test_a_unit_is_found_in_every_clause_that_names_it(plan: Document, unit: str, clauses: int) -> None:
    counts = Counter(name for clause in plan.clauses for name in {u.name for u in clause.units})
    assert counts[unit] == clauses


def test_the_first_listed_is_the_lead_and_only_it() -> None:
    units = find_units("甲。(责任单位:市数据局、市政府办公室、各区县政府)")
    assert [(u.name, u.lead) for u in units] == [
        ("市数据局", True),
        ("市政府办公室", False),
        ("各区县政府", False),
    ]


def test_a_qualifier_is_kept_apart_from_the_name() -> None:
    unit = find_units("(责任单位:市政府办公室<金融口>、市国资委)")[0]
    assert (unit.name, unit.qualifier, unit.includes) == ("市政府办公室", "金融口", ())


def test_included_units_are_listed_and_do_not_become_units() -> None:
    units = find_units("(责任单位:市经信局、各区县政府<含南太湖新区管委会、长合区管委会,下同>)")
    assert [u.name for u in units] == ["市经信局", "各区县政府"]
    assert units[1].includes == ("南太湖新区管委会", "长合区管委会")
    assert units[1].umbrella


@pytest.mark.parametrize("name", ["市级相关部门", "各区县政府", "市级有关单位", "各成员单位"])
def test_terms_for_many_units_are_umbrellas(name: str) -> None:
    assert find_units(f"(责任单位:{name})")[0].umbrella


def test_a_named_unit_is_no_umbrella() -> None:
    assert not find_units("(责任单位:德清县政府)")[0].umbrella


def test_full_width_brackets_and_labels_for_lead_and_others_are_read() -> None:
    units = find_units("乙。（牵头单位：市科技局；配合单位：市财政局、市人社局）")
    assert [(u.name, u.lead) for u in units] == [("市科技局", True), ("市财政局", False), ("市人社局", False)]


def test_units_that_share_the_work_are_read_without_a_label() -> None:
    units = find_units("丙。(市发展改革委、市财政局等按职责分工负责)")
    assert [u.name for u in units] == ["市发展改革委", "市财政局"]


def test_spans_are_offsets_of_the_document() -> None:
    text = "(责任单位:市经信局)"
    unit = find_units(text, offset=100)[0]
    assert text[unit.start - 100 : unit.end - 100] == "市经信局"


def test_the_tail_of_units_covers_label_and_brackets() -> None:
    text = "做好。(责任单位:市经信局)\n"
    (tail,) = unit_tails(text)
    assert text[tail.start : tail.end] == "(责任单位:市经信局)"


def test_a_clause_without_units_has_none() -> None:
    assert find_units("责任重大,各单位要重视。") == ()


def test_the_footer_of_a_web_page_names_no_responsible_units() -> None:
    assert find_units("主办单位：某市政府办公厅 承办单位：某市数据局") == ()
