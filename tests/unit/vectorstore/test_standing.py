"""Whether a document holds on a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.standing import law
from vectorstore.models import Document
from vectorstore.standing import INFERRED, METADATA_BASIS, StandingBook, standing_on
from vectorstore.validity import Relation, RelationKind, Standing
from vectorstore.works import number_key, title_key

D = Standing


def repeals(title: str = "", number: str | None = None) -> Relation:
    quote = f"《{title}》同时废止"
    return Relation(kind=RelationKind.REPEALS, title=title, number=number, quote=quote)


STATED = METADATA_BASIS + "写明"
TERM = law("term", dates={"effective": "2023-01-01", "expires": "2025-12-31"})
DRAFT = law("draft", status="征求意见稿", basis="标题写明", dates={"expires": "2025-07-10"})
SILENT = law("silent")
VALID = law("valid", status="现行有效", basis=STATED, checked="2026-01-01", dates={"effective": "2024-01-01"})
GONE = law("gone", status="已失效", basis=STATED, checked="2026-01-01", dates={"effective": "2020-01-01"})
GONE_UNCHECKED = law("gone", status="已废止", basis=STATED)
RENEWED = law("new", status="现行有效", basis=STATED, checked="2026-06-01", dates={"expires": "2025-12-31"})
GUESSED = law("guess", status="现行有效", basis=INFERRED + "…", dates={"effective": "2024-01-01"})
UNPUBLISHED = law("late", dates={"published": "2025-03-01"})


@pytest.mark.parametrize(
    ("document", "day", "standing", "inferred"),
    [
        (TERM, "2022-12-31", D.PENDING, False),
        (TERM, "2023-01-01", D.IN_FORCE, False),
        (TERM, "2025-12-31", D.IN_FORCE, False),
        (TERM, "2026-01-01", D.LAPSED, False),
        (DRAFT, "1999-01-01", D.DRAFT, False),
        (DRAFT, "2030-01-01", D.DRAFT, False),
        (SILENT, "2025-01-01", D.UNMARKED, False),
        (VALID, "2023-12-31", D.PENDING, False),
        (VALID, "2024-06-01", D.IN_FORCE, False),
        (VALID, "2026-06-01", D.IN_FORCE, False),
        (GONE, "2026-01-01", D.LAPSED, False),
        (GONE, "2025-12-31", D.UNMARKED, False),
        (GONE, "2019-12-31", D.PENDING, False),
        (GONE_UNCHECKED, "1990-01-01", D.REPEALED, False),
        (RENEWED, "2026-07-01", D.IN_FORCE, False),
        (GUESSED, "2025-01-01", D.IN_FORCE, True),
        (GUESSED, "2023-01-01", D.PENDING, False),
        (UNPUBLISHED, "2025-02-28", D.PENDING, True),
        (UNPUBLISHED, "2025-03-01", D.UNMARKED, False),
    ],
)
def test_a_document_stands_by_what_it_and_its_page_say(
    document: Document, day: str, standing: Standing, inferred: bool
) -> None:
    found = standing_on(document, date.fromisoformat(day))
    assert (found.standing, found.inferred) == (standing, inferred)
    assert found.inferred == found.basis.startswith(INFERRED)
    assert found.basis


OLD = law("old", "保障中小企业款项支付条例", dates={"version": "2020-07-05", "effective": "2020-09-01"})
NEW = law("new", "保障中小企业款项支付条例", dates={"version": "2025-03-17", "effective": "2025-06-01"})


@pytest.mark.parametrize(
    ("day", "old", "new", "read_old", "read_new"),
    [
        ("2020-08-31", D.PENDING, D.PENDING, None, None),
        ("2020-09-01", D.UNMARKED, D.PENDING, None, "old"),
        ("2025-05-31", D.UNMARKED, D.PENDING, None, "old"),
        ("2025-06-01", D.AMENDED, D.UNMARKED, "new", None),
        ("2030-01-01", D.AMENDED, D.UNMARKED, "new", None),
    ],
)
def test_two_versions_of_one_law_answer_by_date(
    day: str, old: Standing, new: Standing, read_old: str | None, read_new: str | None
) -> None:
    book, on = StandingBook((OLD, NEW)), date.fromisoformat(day)
    assert (book.on("old", on).standing, book.on("old", on).superseded_by) == (old, read_old)
    assert (book.on("new", on).standing, book.on("new", on).superseded_by) == (new, read_new)
    lacking = {key for key, one in (("old", old), ("new", new)) if one is not D.UNMARKED}
    assert book.without_force(on) == lacking


def test_a_reworded_law_holds_from_its_new_wording_and_says_that_the_day_is_inferred() -> None:
    first = law("v1", "某法", dates={"version": "1999-04-29", "effective": "1999-10-01"})
    second = law("v2", "中华人民共和国某法", dates={"version": "2017-09-01", "effective": "1999-10-01"})
    book = StandingBook((second, first))
    assert book.on("v2", date(2010, 1, 1)).standing is D.PENDING
    assert book.on("v2", date(2010, 1, 1)).superseded_by == "v1"
    replaced = book.on("v1", date(2018, 1, 1))
    assert (replaced.standing, replaced.since, replaced.inferred) == (D.AMENDED, "2017-09-01", True)
    assert (replaced.by, replaced.superseded_by) == (("v2",), "v2")


def test_a_wording_much_later_than_its_effective_date_holds_from_its_own_day() -> None:
    late = law("a", dates={"version": "2013-07-18", "effective": "2000-12-01"})
    found = standing_on(late, date(2005, 1, 1))
    assert (found.standing, found.inferred) == (D.PENDING, True)


def test_a_term_without_end_in_the_calendar_is_no_fault() -> None:
    endless = law("a", dates={"effective": "2020-01-01", "expires": "9999-12-31"})
    assert standing_on(endless, date(2026, 1, 1)).standing is D.IN_FORCE


def test_a_repeal_stated_elsewhere_counts_from_that_documents_effective_date() -> None:
    newer = law("b", "新办法", relations=(repeals("湖州市资金管理办法"),), dates={"effective": "2025-06-01"})
    older = law("a", dates={"effective": "2019-01-01"})
    assert standing_on(older, date(2025, 5, 31), (newer,)).standing is D.UNMARKED
    found = standing_on(older, date(2025, 6, 1), (newer,))
    assert (found.standing, found.since, found.by) == (D.REPEALED, "2025-06-01", ("b",))
    assert found.superseded_by == "b"
    assert "《湖州市资金管理办法》同时废止" in found.basis


def test_a_repeal_by_number_finds_the_document_whatever_its_title() -> None:
    relation = repeals("湖州市人民政府关于某事的通知", "湖政发〔2019〕5号")
    newer = law("b", "新办法", relations=(relation,), dates={"effective": "2025-06-01"})
    older = law("a", "另一个标题", number="湖政发[2019]5号")
    assert standing_on(older, date(2026, 1, 1), (newer,)).standing is D.REPEALED


def test_a_repeal_names_what_a_notice_put_into_the_world() -> None:
    newer = law("b", "新办法", relations=(repeals("湖州市资金办法"),), dates={"effective": "2025-06-01"})
    older = law("a", "湖州市人民政府关于印发湖州市资金办法的通知")
    assert standing_on(older, date(2026, 1, 1), (newer,)).standing is D.REPEALED


def test_a_draft_repeals_nothing_and_supersedes_nothing() -> None:
    relation = (repeals("湖州市资金管理办法"),)
    draft = law("b", status="征求意见稿", relations=relation, dates={"effective": "2025-06-01"})
    older = law("a", dates={"effective": "2019-01-01"})
    assert standing_on(older, date(2026, 1, 1), (draft,)).standing is D.UNMARKED


def test_a_draft_stays_a_draft_but_names_the_final_text() -> None:
    final = law("final", dates={"effective": "2025-09-01"})
    assert standing_on(DRAFT, date(2025, 8, 1), (final,)).superseded_by is None
    found = standing_on(DRAFT, date(2025, 9, 1), (final,))
    assert (found.standing, found.superseded_by) == (D.DRAFT, "final")


def test_a_newer_document_does_not_fall_to_an_older_ones_repeal() -> None:
    older = law("b", "旧通知", relations=(repeals("湖州市资金管理办法"),), dates={"effective": "2015-01-01"})
    newer = law("a", dates={"effective": "2019-01-01"})
    assert standing_on(newer, date(2026, 1, 1), (older,)).standing is D.UNMARKED


def test_an_old_repeal_in_a_reworded_text_does_not_reach_versions_made_after_it() -> None:
    relation = (repeals("某细则"),)
    dates = {"version": "2023-12-11", "effective": "2001-07-01"}
    newest = law("c", "某细则", relations=relation, dates=dates)
    middle = law(
        "b", "某细则", relations=relation, dates={"version": "2010-01-09", "effective": "2001-07-01"}
    )
    found = StandingBook((newest, middle)).on("b", date(2026, 1, 1))
    assert (found.standing, found.since) == (D.AMENDED, "2023-12-11")


def test_a_decision_to_repeal_is_not_what_one_reads_instead() -> None:
    decision = law("b", "关于废止部分文件的决定", relations=(repeals("湖州市资金管理办法"),),
                   dates={"effective": "2025-06-01"})  # fmt: skip
    found = standing_on(law("a"), date(2026, 1, 1), (decision,))
    assert (found.standing, found.by, found.superseded_by) == (D.REPEALED, ("b",), None)


def test_an_amendment_without_the_new_text_leaves_nothing_to_read_instead() -> None:
    relation = Relation(kind=RelationKind.AMENDS, title="湖州市资金管理办法", quote="对《…》作如下修改")
    decision = law(
        "b", "关于修改资金管理办法的决定", relations=(relation,), dates={"effective": "2025-06-01"}
    )
    found = standing_on(law("a"), date(2026, 1, 1), (decision,))
    assert (found.standing, found.superseded_by, found.lacks_force) == (D.AMENDED, None, False)


def test_the_same_title_of_another_city_is_another_work() -> None:
    here = law("a", region="湖州市", dates={"effective": "2019-01-01"})
    there = law("b", region="嘉兴市", dates={"effective": "2025-01-01"})
    assert standing_on(here, date(2026, 1, 1), (there,)).standing is D.UNMARKED


def test_a_revised_law_of_the_same_title_amends_and_does_not_repeal_by_its_own_history() -> None:
    own = Relation(kind=RelationKind.SUPERSEDES, title="保障中小企业款项支付条例", version="2020-07-05")
    new = law("n", "保障中小企业款项支付条例", relations=(own,),
              dates={"version": "2025-03-17", "effective": "2025-06-01"})  # fmt: skip
    assert standing_on(OLD, date(2025, 6, 1), (new,)).standing is D.AMENDED


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(KeyError):
        StandingBook(()).on("nothing", date(2025, 1, 1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中华人民共和国行政复议法", "行政复议法"),
        ("某办法(征求意见稿)", "某办法"),
        ("某 条例(2023年修订)", "《某条例》"),
        ("某行动计划(2025—2027年)(征求意见稿)", "某行动计划(2025—2027年)"),
    ],
)
def test_titles_of_one_work_have_one_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


def test_a_trial_version_and_another_plan_period_are_other_works() -> None:
    assert title_key("某办法(试行)") != title_key("某办法")
    assert title_key("某计划(2025—2027年)") != title_key("某计划(2022—2024年)")


@pytest.mark.parametrize("text", ["湖政办发〔2025〕15号", "湖政办发[2025] 15 号", "湖政办发〔202515号"])
def test_a_number_is_compared_without_its_marks(text: str) -> None:
    assert number_key(text) == "湖政办发/2025/15"


days = st.dates(date(1990, 1, 1), date(2040, 1, 1))


@given(days, st.lists(days, min_size=1, max_size=4, unique=True))
def test_on_every_day_at_most_one_version_is_not_amended_or_pending(day: date, starts: list[date]) -> None:
    versions = [
        law(f"v{number}", dates={"version": str(start), "effective": str(start)})
        for number, start in enumerate(starts)
    ]
    book = StandingBook(versions)
    holding = [one for one in versions if book.on(one.document_id, day).standing is D.UNMARKED]
    begun = [start for start in starts if start <= day]
    assert len(holding) == (1 if begun else 0)
    assert book.without_force(day) == {one.document_id for one in versions if one not in holding}


@pytest.mark.parametrize("status", ["征求意见稿", "未标注", "现行有效"])
@pytest.mark.parametrize("name", ["published", "signed", "adopted"])
def test_a_document_did_not_exist_before_its_earliest_date(status: str, name: str) -> None:
    dates = {name: "2025-07-01", "effective": "2025-09-01"}
    book = StandingBook((law("a", status=status, basis="标题写明", dates=dates),))
    before, on = date(2025, 6, 30), date(2025, 7, 1)
    assert book.on("a", before).not_before == "2025-07-01"
    assert book.on("a", on).not_before is None


def test_a_draft_that_was_out_is_not_among_what_lacks_force() -> None:
    book = StandingBook((law("a", status="征求意见稿", published="2025-07-01"),))
    assert book.without_force(date(2025, 7, 1)) == frozenset()


def test_an_effective_date_alone_does_not_tell_when_a_document_came_out() -> None:
    found = standing_on(law("a", dates={"effective": "2027-05-01"}), date(2026, 11, 23))
    assert (found.standing, found.not_before) == (D.PENDING, None)


@pytest.mark.parametrize(("day", "standing"), [("2025-12-31", D.IN_FORCE), ("2026-01-01", D.LAPSED)])
def test_the_term_that_an_excerpt_notes_is_told_as_inferred(day: str, standing: Standing) -> None:
    excerpt = law("a", dates={"expires": "2025-12-31"}, format="excerpt")
    found = standing_on(excerpt, date.fromisoformat(day))
    assert (found.standing, found.inferred) == (standing, True)
    assert found.basis.startswith(INFERRED)
