from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunking import index_document
from ingest.document import parse_document
from ingest.lines import split_lines
from ingest.tables import cells, find_tables, header_of, said
from vectorstore.models import Clause, ClauseKind, Document

HEAD = "某市支持办法\n一、标准\n按下表执行:\n\n"
TABLE = (
    "表1 奖励标准\n(单位:万元)\n| 档次 | 奖励 | 责任单位 |\n| --- | --- | --- |\n"
    "| 一档 | 100 | 市经信局、市科技局 |\n| 二档 |  | 市财政局 |\n"
)


def parsed(text: str) -> Document:
    return parse_document(text, "a.txt")


def rows(document: Document) -> list[Clause]:
    return [clause for clause in document.clauses if clause.kind is ClauseKind.ROW]


def test_every_row_is_a_clause_part_under_its_table() -> None:
    document = parsed(HEAD + TABLE + "二、附则\n甲。\n")
    assert [clause.path for clause in document.clauses] == [
        "标题",
        "一",
        "一/第1段",
        "一/表1",
        "一/表1/行1",
        "一/表1/行2",
        "二",
        "二/第1段",
    ]
    assert rows(document)[0].text == "| 一档 | 100 | 市经信局、市科技局 |\n"
    assert rows(document)[0].heading_path == "一、标准 > 表1 奖励标准 (单位:万元)"


def test_the_chunk_of_a_row_repeats_caption_and_header_and_leaves_empty_cells_out() -> None:
    chunks = {chunk.path: chunk for chunk in index_document(parsed(HEAD + TABLE)).chunks}
    assert chunks["一/表1/行1"].text == (
        "一、标准 > 表1 奖励标准 (单位:万元)\n档次:一档;奖励:100;责任单位:市经信局、市科技局"
    )
    assert chunks["一/表1/行2"].text.endswith("\n档次:二档;责任单位:市财政局")
    assert chunks["一/表1/行2"].chunk_id == "a:一/表1/行2#clause"


def test_units_are_read_from_the_column_of_responsible_units() -> None:
    document = parsed(HEAD + TABLE)
    first = rows(document)[0]
    assert [(unit.name, unit.lead) for unit in first.units] == [("市经信局", True), ("市科技局", False)]
    assert all(document.text[unit.start : unit.end] == unit.name for unit in first.units)


def test_a_table_inside_an_article_does_not_swallow_what_follows_it() -> None:
    document = parsed("某市办法\n第一条 标准如下:\n" + TABLE + "上表数额为上限。\n(一)甲。\n第二条 乙。\n")
    assert [clause.path for clause in document.clauses][1:] == [
        "第一条",
        "第一条/表1",
        "第一条/表1/行1",
        "第一条/表1/行2",
        "第一条/第1段",
        "第二条",
    ]


def test_two_tables_under_one_heading_are_numbered_in_order() -> None:
    document = parsed(HEAD + TABLE + "\n另:\n" + TABLE)
    assert [
        clause.path for clause in document.clauses if clause.path.count("表") == 1 and "行" not in clause.path
    ] == [
        "一/表1",
        "一/表2",
    ]


def test_a_table_before_the_first_heading_stands_in_the_introduction() -> None:
    document = parsed("某市办法\n" + TABLE + "一、标准\n甲。\n")
    assert [clause.path for clause in document.clauses] == [
        "标题",
        "引言/表1",
        "引言/表1/行1",
        "引言/表1/行2",
        "一",
        "一/第1段",
    ]


def test_pipes_without_a_header_rule_are_no_table() -> None:
    assert not rows(parsed("某市办法\n一、甲\n| 乙 | 丙 |\n丁。\n"))


def test_a_sentence_before_a_table_is_no_caption() -> None:
    text = "一、甲\n具体标准由市经信局会同市财政局另行制定。\n| 乙 |\n| --- |\n| 丙 |\n"
    assert [clause.path for clause in parsed(text).clauses] == ["一", "一/第1段", "一/表1", "一/表1/行1"]


def test_an_escaped_bar_stays_in_its_cell() -> None:
    assert cells("| 甲\\|乙 | 丙 |") == ("甲\\|乙", "丙")


def test_a_row_with_more_cells_than_columns_keeps_them() -> None:
    assert (
        said("| 甲 | 乙 | 丙 |\n", header_of("表1\n| 名称 | 数额 |\n| --- | --- |\n")) == "名称:甲;数额:乙;丙"
    )


CELL = st.text(alphabet="甲乙丙1２一、。:（) 元%", max_size=8)
GRID = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=6)
)


@settings(deadline=None)
@given(
    GRID,
    st.sampled_from(["\n", "\r\n", "\n\n"]),
    st.sampled_from(["", "表1 标准\n", "(单位:万元)\n", "1.甲。\n"]),
)
def test_any_table_gives_the_text_back_and_one_clause_part_a_row(
    grid: list[list[str]], end: str, before: str
) -> None:
    lines = ["| " + " | ".join(row) + " |" for row in grid]
    rule = "|" + " --- |" * len(grid[0])
    text = "一、甲\n" + before + "\n".join([lines[0], rule, *lines[1:]]) + end + "二、乙\n丙。\n"
    document = parsed(text)
    assert document.text == text
    found = rows(document)
    assert [row.text.strip() for row in found] == [line.strip() for line in lines[1:]]
    for row, cells_of_row in zip(found, grid[1:], strict=True):
        assert cells(row.text) == tuple(cell.strip() for cell in cells_of_row)


def test_a_long_run_of_bars_stays_fast() -> None:
    text = "一、甲\n" + "| --- |\n" * 20_000 + "|" * 200_000 + "\n"
    assert parsed(text).text == text
    assert find_tables(split_lines(text), 0, 5)
