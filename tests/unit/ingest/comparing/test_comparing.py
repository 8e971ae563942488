"""Two documents compared clause by clause."""

from __future__ import annotations

import io
import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.console import Console

from ingest.comparing.command import DiffCommand
from ingest.comparing.comparing import compare
from ingest.comparing.models import Change, ClauseChange, DocumentDiff, Op, Segment, ValueKind
from ingest.comparing.page import diff_page
from ingest.comparing.wording import compare_words, readable
from ingest.document import parse_document
from ingest.errors import UnknownDocumentError, UnreadableFileError, UnwritableFileError
from ingest.settings import IngestSettings
from vectorstore.catalog import EmptyCatalog
from vectorstore.models import Document

DAY = date(2026, 1, 1)
WORDS = [
    "补助",
    "企业",
    "2025年6月1日",
    "30日",
    "不超过",
    "50万元",
    "、",
    "。",
    "\n",
    " ",
    "第三条",
    "市经信局",
    "A",
    "<b>",
]
texts = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)


def side(segments: tuple[Segment, ...], dropped: Op) -> str:
    return "".join(segment.text for segment in segments if segment.op is not dropped)


def law(*articles: str, title: str = "某市办法") -> Document:
    numerals = "一二三四五六七八九"
    body = "\n\n".join(f"第{numerals[i]}条 {text}" for i, text in enumerate(articles))
    return parse_document(f"# {title}\n\n{body}\n", "a.md")


def found(diff: DocumentDiff, change: Change) -> list[ClauseChange]:
    return [row for row in diff.rows if row.change is change]


@given(texts, texts)
def test_applying_the_words_that_changed_gives_the_second_text_back(before: str, after: str) -> None:
    segments = compare_words(before, after)
    assert side(segments, Op.INSERT) == before
    assert side(segments, Op.DELETE) == after
    assert all(segment.text for segment in segments)
    assert all(one.op is not other.op for one, other in pairwise(segments))


@example("\n补助", "\n\n补助")
@given(texts, texts)
def test_what_a_reader_sees_changed_is_more_than_white_space(before: str, after: str) -> None:
    for segment in readable(compare_words(before, after)):
        assert segment.op is Op.EQUAL or segment.text.strip()


sentences = st.lists(st.sampled_from(WORDS[:6] + WORDS[11:]), min_size=1, max_size=12).map("".join)
laws = st.lists(sentences, min_size=1, max_size=8)


@settings(max_examples=60)
@given(laws, laws)
def test_every_clause_of_both_documents_stands_in_one_row(old: list[str], new: list[str]) -> None:
    before, after = law(*old), law(*new)
    diff = compare(before, after, DAY)
    olds = [row.before.path for row in diff.rows if row.before]
    news = [row.after.path for row in diff.rows if row.after]
    assert sorted(olds) == sorted(clause.path for clause in before.clauses)
    assert news == [clause.path for clause in after.clauses]
    assert "".join(side(row.segments, Op.DELETE) for row in diff.rows if row.after) == after.text
    by_path = {row.before.path: side(row.segments, Op.INSERT) for row in diff.rows if row.before}
    assert "".join(by_path[clause.path] for clause in before.clauses) == before.text


@given(laws)
def test_a_document_does_not_differ_from_itself(articles: list[str]) -> None:
    diff = compare(law(*articles), law(*articles), DAY)
    assert not [row for row in diff.rows if row.is_shown]


def test_an_inserted_article_renumbers_what_follows_and_changes_nothing_else() -> None:
    old = law("企业可以申请补助。", "补助由市经信局发放。", "本办法自2020年1月1日起施行。")
    new = law(
        "企业可以申请补助。", "申请材料应当真实完整。", "补助由市经信局发放。", "本办法自2020年1月1日起施行。"
    )
    diff = compare(old, new, DAY)
    assert [row.after.path for row in found(diff, Change.ADDED) if row.after] == ["第二条"]
    renumbered = [
        (row.before.path, row.after.path)
        for row in found(diff, Change.RENUMBERED)
        if row.before and row.after
    ]
    assert renumbered == [("第二条", "第三条"), ("第三条", "第四条")]
    assert diff.counts.moved == 0


def test_a_moved_article_is_told_apart_from_a_removed_one() -> None:
    articles = ["甲类企业可以申请补助。", "乙类项目应当公开征集。", "丙类资金实行专户管理。"]
    diff = compare(law(*articles), law(articles[2], articles[0], articles[1]), DAY)
    assert diff.counts.moved == 1
    assert diff.counts.added == diff.counts.removed == 0


def test_changed_amounts_dates_and_periods_stand_side_by_side() -> None:
    old = law("对企业给予不超过50万元的补助,30日内拨付。", "本办法自2020年9月1日起施行。")
    new = law("对企业给予不超过80万元的补助,15日内拨付。", "本办法自2025年6月1日起施行。")
    values = [(v.kind, v.before, v.after) for row in compare(old, new, DAY).rows for v in row.values]
    assert values == [
        (ValueKind.QUANTITY, "不超过50万元", "不超过80万元"),
        (ValueKind.QUANTITY, "30日", "15日"),
        (ValueKind.DATE, "2020年9月1日", "2025年6月1日"),
    ]


def test_a_changed_target_is_named_by_what_it_counts(plan: Document) -> None:
    text = plan.text.replace("40家以上", "50家以上", 1).replace("超200亿元", "超260亿元", 1)
    diff = compare(plan, parse_document(text, plan.source_name), DAY)
    assert diff.counts.changed == 1
    (row,) = found(diff, Change.CHANGED)
    assert [(v.kind, v.label, v.before, v.after) for v in row.values] == [
        (ValueKind.TARGET, "专精特新“小巨人”企业", "40家以上(2027年底)", "50家以上(2027年底)"),
        (ValueKind.TARGET, "人工智能核心产业产值/营收", "超200亿元(2027年底)", "超260亿元(2027年底)"),
    ]


def test_a_change_of_width_alone_is_none_for_a_reader() -> None:
    diff = compare(law("企业（含个体）可以申请：补助。"), law("企业(含个体)可以申请:补助。"), DAY)
    assert not [row for row in diff.rows if row.is_shown]


def test_the_page_holds_no_word_of_a_document_unescaped() -> None:
    hostile = "<script>alert(1)</script>&<img src=x onerror=y>企业可以申请补助。"
    page = diff_page(compare(law("企业可以申请补助。", title="<b>甲</b>"), law(hostile), DAY))
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>甲" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "http" not in page.replace("http-equiv", "")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(law("企业可以申请50万元补助。").text, "utf-8")
    new.write_text(law("企业可以申请80万元补助。").text, "utf-8")
    return old, new


def command(out: io.StringIO) -> DiffCommand:
    console = Console(file=out, width=140)
    return DiffCommand(IngestSettings(), EmptyCatalog(), console, lambda: DAY)


def test_the_command_prints_a_table_and_writes_a_page(files: tuple[Path, Path], tmp_path: Path) -> None:
    out, page = io.StringIO(), tmp_path / "diff.html"
    assert command(out).run(str(files[0]), str(files[1]), html=page, as_json=False) == 0
    assert "[-50-]{+80+}" in out.getvalue()
    assert "50万元 → 80万元" in out.getvalue()
    assert "<del>50</del><ins>80</ins>" in page.read_text("utf-8")


def test_the_json_of_a_comparison_is_the_model(files: tuple[Path, Path]) -> None:
    out = io.StringIO()
    assert command(out).run(str(files[0]), str(files[1]), html=None, as_json=True) == 0
    diff = DocumentDiff.model_validate(json.loads(out.getvalue()))
    assert diff.counts.changed == 1


def test_documents_that_do_not_differ_are_said_to_be_alike(files: tuple[Path, Path]) -> None:
    out = io.StringIO()
    assert command(out).run(str(files[0]), str(files[0]), html=None, as_json=False) == 0
    assert "没有不同" in out.getvalue()


def test_bad_input_of_a_comparison_is_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    run, (old, new) = command(io.StringIO()).run, map(str, files)
    with pytest.raises(UnknownDocumentError, match="既不是文件,也不是索引里的文档编号"):
        run("没有", new, html=None, as_json=False)
    with pytest.raises(UnreadableFileError, match="是目录,比较的是两份文件"):
        run(str(tmp_path), new, html=None, as_json=False)
    with pytest.raises(UnwritableFileError, match="不能写到被比较的文件上"):
        run(old, new, html=Path(old), as_json=False)
    with pytest.raises(UnwritableFileError, match="写不进去"):
        run(old, new, html=tmp_path / "no" / "such.html", as_json=False)


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("责任单位为市经信局。", "责任单位为市数据局。", {"市经信局"}, {"市数据局"}),
        ("由市经信局负责。", "由市数据局负责解释。", {"市经信局"}, {"市数据局"}),
        (
            "补助资金由市经信局会同市财政局审核。",
            "补助资金由市数据局、市财政局审核。",
            {"市经信局"},
            {"市数据局"},
        ),
        ("由企业自行负责申报,共3年。", "由企业自行负责申报,共5年。", set(), set()),
    ],
)
def test_units_named_in_prose_are_among_the_values_that_changed(
    before: str, after: str, gone: set[str], come: set[str]
) -> None:
    diff = compare(law(before), law(after), DAY)
    (row,) = found(diff, Change.CHANGED)
    units = [one for one in row.values if one.kind is ValueKind.UNIT]
    assert {one.before for one in units if one.before} == gone
    assert {one.after for one in units if one.after} == come
