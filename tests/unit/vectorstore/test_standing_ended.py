"""A document that another one ends on a named day, in a list, or prolongs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.fakes.standing import law
from vectorstore.models import Document
from vectorstore.standing import INFERRED, standing_on
from vectorstore.validity import Extension, Relation, RelationKind, Standing

D = Standing


GUESSED = law("guess", status="现行有效", basis=INFERRED + "…", dates={"effective": "2024-01-01"})


REPEAL = Relation(
    kind=RelationKind.REPEALS, title="湖州市资金管理办法", since="2026-06-01", quote="自2026年6月1日起废止"
)


def test_a_repeal_that_gives_its_day_counts_from_it() -> None:
    decision = law(
        "repeal", "关于废止某文件的通知", dates={"signed": "2026-05-20"},
        relations=(REPEAL,),
    )  # fmt: skip
    unmarked = law("open", dates={"effective": "2024-01-01"})
    assert standing_on(unmarked, date(2026, 5, 31), [decision]).inferred
    assert standing_on(unmarked, date(2026, 5, 31), [decision]).standing is D.IN_FORCE
    before = standing_on(GUESSED, date(2026, 5, 31), [decision])
    after = standing_on(GUESSED, date(2026, 6, 1), [decision])
    assert (before.standing, before.until) == (D.IN_FORCE, "2026-05-31")
    assert (after.standing, after.since, after.inferred) == (D.REPEALED, "2026-06-01", False)


def test_an_entry_of_a_list_is_named_behind_the_words_that_repeal_it() -> None:
    relation = Relation(kind=RelationKind.REPEALS, title="湖州市资金管理办法", quote="下列文件宣布失效:")
    decision = law(
        "list", "关于宣布失效一批文件的通知", dates={"effective": "2026-06-01"}, relations=(relation,)
    )
    found = standing_on(GUESSED, date(2026, 6, 1), [decision])
    assert found.standing is D.REPEALED
    assert found.basis.endswith("写明“下列文件宣布失效:”,所列文件中有“湖州市资金管理办法”")
    assert found.superseded_by is None


PROLONGED = law(
    "old",
    status="现行有效",
    basis="二写明“有效期至2025年12月31日”",
    dates={"effective": "2020-06-01", "expires": "2025-12-31"},
)


def prolonging(until: str | None, status: str = "未标注") -> Document:
    relation = Relation(
        kind=RelationKind.PROLONGS, title="湖州市资金管理办法", until=until, quote="有效期延长"
    )
    return law(
        "more", "关于延长有效期的通知", status=status, dates={"signed": "2026-05-20"}, relations=(relation,)
    )


@pytest.mark.parametrize(
    ("by", "day", "standing"),
    [
        (prolonging("2028-12-31"), "2026-06-01", D.IN_FORCE),
        (prolonging("2028-12-31"), "2028-12-31", D.IN_FORCE),
        (prolonging("2028-12-31"), "2029-01-01", D.LAPSED),
        (prolonging("2024-12-31"), "2025-06-01", D.IN_FORCE),
        (prolonging("2028-12-31", "征求意见稿"), "2026-06-01", D.LAPSED),
        (prolonging(None), "2026-06-01", D.UNMARKED),
    ],
)
def test_a_term_that_another_document_prolongs_ends_later(by: Document, day: str, standing: Standing) -> None:
    validity = PROLONGED.validity.model_copy(update={"expires_basis": PROLONGED.status_basis})
    old = PROLONGED.model_copy(update={"validity": validity})
    found = standing_on(old, date.fromisoformat(day), [by])
    assert found.standing is standing
    if by.status != "征求意见稿" and standing is not D.LAPSED and day > "2025-12-31":
        assert found.basis.startswith("《关于延长有效期的通知》写明“有效期延长”")


@pytest.mark.parametrize(
    ("extension", "until", "is_said"),
    [
        (Extension(count=2, unit="年"), "2027-12-31", False),
        (Extension(count=2, unit="年", from_end=True), "2027-12-31", True),
        (Extension(count=18, unit="个月", start="2026-01-01"), "2027-06-30", True),
        (Extension(count=1, unit="年", start="2025-06-01"), "2026-12-31", False),
        (Extension(count=8, unit="年", is_total=True), "2028-05-31", True),
    ],
)
def test_a_length_counts_from_the_old_end_or_as_the_words_say(
    extension: Extension, until: str, is_said: bool
) -> None:
    relation = Relation(
        kind=RelationKind.PROLONGS, title="湖州市资金管理办法", extension=extension, quote="延长"
    )
    twice = (relation, relation.model_copy(update={"quote": "延长。"}))
    by = law("more", "关于延长有效期的通知", dates={"signed": "2025-11-20"}, relations=twice)
    again = by.model_copy(update={"document_id": "more-pdf"})
    validity = PROLONGED.validity.model_copy(update={"expires_basis": PROLONGED.status_basis})
    old = PROLONGED.model_copy(update={"validity": validity})
    last = standing_on(old, date.fromisoformat(until), [by, again])
    assert (last.standing, last.until, last.inferred) == (D.IN_FORCE, until, not is_said)
    assert standing_on(old, date.fromisoformat(until) + timedelta(days=1), [by, again]).standing is D.LAPSED


def test_a_length_without_a_known_end_leaves_the_end_open() -> None:
    relation = Relation(
        kind=RelationKind.PROLONGS, title="湖州市资金管理办法", extension=Extension(count=2, unit="年")
    )
    by = law("more", "关于延长有效期的通知", dates={"signed": "2026-05-20"}, relations=(relation,))
    found = standing_on(law("open", dates={"effective": "2024-01-01"}), date(2026, 6, 1), [by])
    assert found.standing is D.UNMARKED
