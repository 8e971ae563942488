"""Tables of pages become pipe rows that can be read row by row."""

from __future__ import annotations

from ingest.formats.html import read_html

INTRODUCTION = "补贴按下列标准发放,具体由市经信局会同市财政局组织实施。"


def rows(table: str) -> list[str]:
    data = f"<div id=zoom><p>{INTRODUCTION}</p>{table}</div>".encode()
    return read_html(data, "表.html").text.splitlines()[1:]


def table_of(*written: str) -> str:
    """Return a table; a row is its cells, parted by `|`."""
    return (
        "<table>"
        + "".join(f"<tr><td>{row.replace('|', '</td><td>')}</td></tr>" for row in written)
        + "</table>"
    )


def test_a_table_becomes_header_separator_and_rows() -> None:
    table = table_of("项目|标准", "算力券|最高 <b>20</b> 万元")
    assert rows(table) == ["| 项目 | 标准 |", "| --- | --- |", "| 算力券 | 最高 20 万元 |"]


def test_merged_rows_are_repeated_in_every_row_they_cover() -> None:
    table = (
        "<table><tr><td>类别</td><td>条件</td><td>金额</td></tr>"
        "<tr><td rowspan=2>企业</td><td>规上</td><td>10万元</td></tr>"
        "<tr><td>规下</td><td>5万元</td></tr></table>"
    )
    assert rows(table)[2:] == ["| 企业 | 规上 | 10万元 |", "| 企业 | 规下 | 5万元 |"]


def test_a_heading_of_two_rows_becomes_one() -> None:
    table = (
        "<table><tr><td rowspan=2>档次</td><td colspan=2>比例</td></tr><tr><td>一类</td><td>二类</td></tr>"
        "<tr><td>甲</td><td>15%</td><td>10%</td></tr></table>"
    )
    assert rows(table) == [
        "| 档次 | 比例 / 一类 | 比例 / 二类 |",
        "| --- | --- | --- |",
        "| 甲 | 15% | 10% |",
    ]


def test_a_cell_over_two_columns_holds_for_both() -> None:
    header = "<tr><td>项</td><td>甲档</td><td>乙档</td></tr>"
    table = f"<table>{header}<tr><td>补贴</td><td colspan=2>500元</td></tr></table>"
    assert rows(table)[-1] == "| 补贴 | 500元 | 500元 |"


def test_a_row_over_the_whole_width_is_the_caption_or_said_once() -> None:
    table = (
        "<table><caption>附表1</caption><tr><td colspan=2>补贴标准表</td></tr>"
        "<tr><td>项目</td><td>标准</td></tr>"
        "<tr><td colspan=2>一、住院</td></tr><tr><td>起付</td><td>400元</td></tr></table>"
    )
    assert rows(table) == [
        "附表1",
        "补贴标准表",
        "| 项目 | 标准 |",
        "| --- | --- |",
        "| 一、住院 |  |",
        "| 起付 | 400元 |",
    ]


def test_a_wide_first_cell_does_not_swallow_its_neighbour() -> None:
    assert rows("<table><tr><td colspan=3>补贴</td><td>11</td></tr></table>")[0].endswith("| 11 |")


def test_tables_that_lay_out_the_page_are_unwrapped() -> None:
    inner = "<table><tr><td>项目</td><td>标准</td></tr><tr><td>券</td><td>1万元</td></tr></table>"
    assert rows(f"<table><tr><td><p>第一条 券。</p>{inner}</td></tr></table>") == [
        "第一条 券。",
        "| 项目 | 标准 |",
        "| --- | --- |",
        "| 券 | 1万元 |",
    ]


def test_a_small_table_within_a_cell_becomes_its_text() -> None:
    inner = "<table><tr><td>1档</td><td>5万</td></tr></table>"
    assert (
        rows(table_of("项目名称与说明|标准及其依据", f"算力券发放|{inner}"))[-1] == "| 算力券发放 | 1档 5万 |"
    )


def test_bars_and_line_breaks_within_a_cell_do_not_break_the_row() -> None:
    table = "<table><tr><td>项</td><td>值</td></tr><tr><td>a|b</td><td>一<br>1.二<p>三</p></td></tr></table>"
    assert rows(table)[-1] == "| a\uff5cb | 一 1.二 三 |"


def test_words_set_upright_are_joined() -> None:
    table = (
        "<table><tr><td>类<br>别</td><td>基 础 指 标</td></tr><tr><td>甲</td><td>张 三 100</td></tr></table>"
    )
    assert rows(table) == ["| 类别 | 基础指标 |", "| --- | --- |", "| 甲 | 张 三 100 |"]


def test_empty_rows_and_columns_vanish() -> None:
    table = table_of("项||值", " ||", "甲||1")
    assert rows(table) == ["| 项 | 值 |", "| --- | --- |", "| 甲 | 1 |"]


def test_senseless_spans_lose_nothing_and_end() -> None:
    first = "<tr><td rowspan=99999 colspan=99999>甲</td><td>乙</td></tr>"
    text = "\n".join(rows(f"<table>{first}<tr><td colspan=-3>丙</td></tr></table>"))
    assert all(word in text for word in "甲乙丙") and len(text) < 2000


def test_repeated_cells_cannot_blow_a_page_up() -> None:
    long = "长" * 20_000
    table = (
        f"<table><tr><td>项</td><td rowspan=900>{long}</td></tr>" + "<tr><td>行</td></tr>" * 900 + "</table>"
    )
    assert len("\n".join(rows(table))) < 2_000_000
