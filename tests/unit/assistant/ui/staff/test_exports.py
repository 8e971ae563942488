"""Files for spreadsheets: readable there, and nothing that people wrote is ever a formula."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assistant.ui.staff.exports import as_csv, as_xlsx
from assistant.ui.staff.tables import Table, bars

NASTY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "=1",
    "＠x",
    '=HYPERLINK("http://x")',
    "a\x00b",
]


def table(*texts: str) -> Table:
    return Table(headings=("编号", "问题"), rows=tuple((n, text) for n, text in enumerate(texts, start=1)))


def read_csv(body: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(body.decode("utf-8-sig"), newline="")))


def test_a_csv_begins_with_the_mark_that_spreadsheets_need() -> None:
    body = as_csv(table("算力券怎么领"))
    assert body.startswith(b"\xef\xbb\xbf")
    assert read_csv(body) == [["编号", "问题"], ["1", "算力券怎么领"]]


def test_what_looks_like_a_formula_is_a_text() -> None:
    for row in read_csv(as_csv(table(*NASTY)))[1:-1]:
        assert row[1].startswith("'"), row
    sheet = load_workbook(BytesIO(as_xlsx(table(*NASTY), "问题"))).active
    assert sheet is not None
    for row in sheet.iter_rows(min_row=2):
        assert row[0].data_type == "n"
        assert row[1].data_type != "f"


@given(st.lists(st.text(max_size=40), max_size=5))
@settings(max_examples=100, deadline=None)
def test_no_text_breaks_a_file_or_begins_a_formula(texts: list[str]) -> None:
    made = table(*texts)
    rows = read_csv(as_csv(made))[1:]
    assert len(rows) == len(texts)
    assert not [row for row in rows if row[1][:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert load_workbook(BytesIO(as_xlsx(made, "问题"))).sheetnames == ["问题"]


def test_bars_are_as_high_as_their_counts() -> None:
    assert bars((0, 1, 2, 4)) == "▁▃▅█"
    assert bars((0, 0)) == "▁▁"
    assert bars(()) == ""
