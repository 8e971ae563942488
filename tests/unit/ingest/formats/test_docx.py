from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.errors import UnreadableFileError
from ingest.formats.docx import read_docx
from ingest.formats.limits import ReadingLimits
from ingest.formats.number_forms import written
from ingest.formats.source import SourceText
from tests.fakes.ofds import zip_of

PLAN_LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def read(document: Any) -> SourceText:
    buffer = io.BytesIO()
    document.save(buffer)
    return read_docx(buffer.getvalue(), "a.docx", ReadingLimits())


def xml(text: str) -> Any:
    return parse_xml(text.replace(">", f" {nsdecls('w')}>", 1))


def number(document: Any, levels: Sequence[tuple[str, str]], more: str = "") -> None:
    """Define numbering 77 with these levels of (form, text)."""
    root = document.part.numbering_part.element
    written_levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    root.insert(0, xml(f'<w:abstractNum w:abstractNumId="77">{written_levels}</w:abstractNum>'))
    root.append(xml(f'<w:num w:numId="77"><w:abstractNumId w:val="77"/>{more}</w:num>'))


def numbered(document: Any, text: str, level: int, key: int = 77) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(xml(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'))


def test_automatic_numbers_are_written_as_word_shows_them() -> None:
    document = docx.Document()
    number(document, PLAN_LEVELS)
    for text, level in (
        ("总体", 0),
        ("目标", 1),
        ("甲", 2),
        ("乙", 2),
        ("任务", 1),
        ("丙", 2),
        ("保障", 0),
        ("钱", 1),
    ):
        numbered(document, text, level)
    assert read(document).text.splitlines() == [
        "一、总体", "（一）目标", "1.甲", "2.乙", "（二）任务", "1.丙", "二、保障", "（一）钱",
    ]  # fmt: skip


def test_articles_are_numbered_on_and_stand_off_from_their_text() -> None:
    document = docx.Document()
    number(document, [("chineseCountingThousand", "第%1条")])
    for _ in range(23):
        numbered(document, "甲。", 0)
    assert read(document).text.splitlines()[-1] == "第二十三条 甲。"


def test_a_number_that_starts_elsewhere_does() -> None:
    document = docx.Document()
    number(document, PLAN_LEVELS, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
    numbered(document, "五事", 0)
    assert read(document).text == "五、五事\n"


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (23, "chineseCounting", "二十三"), (10, "chineseCounting", "十"),
        (105, "chineseCountingThousand", "一百零五"),
        (20, "ideographDigital", "二〇"), (3, "ideographTraditional", "丙"), (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"), (2, "decimalEnclosedCircle", "②"), (7, "decimalZero", "07"),
        (8, "new", "8"),
    ],
)  # fmt: skip
def test_forms_of_numbers(value: int, form: str, shown: str) -> None:
    assert written(value, form) == shown


def test_tables_stand_in_place_and_merged_cells_are_repeated() -> None:
    document = docx.Document()
    document.add_paragraph("一、标准")
    table = document.add_table(3, 3)
    for row, texts in enumerate((("级别", "上限", ""), ("市", "10万|元", "20万元"), ("", "5万元", "6万元"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("二、附则")
    assert read(document).text.splitlines() == [
        "一、标准", "| 级别 | 上限 | 上限 |", "| --- | --- | --- |", "| 市 | 10万｜元 | 20万元 |",
        "| 市 | 5万元 | 6万元 |", "二、附则",
    ]  # fmt: skip


def test_a_frame_of_one_cell_is_text() -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "第一条 甲。"
    assert read(document).text == "第一条 甲。\n"


def test_deleted_and_hidden_words_are_left_out_and_insertions_said() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("补助")
    paragraph._p.append(xml('<w:del w:id="1" w:author="a"><w:r><w:delText>100万元</w:delText></w:r></w:del>'))
    paragraph._p.append(xml('<w:ins w:id="2" w:author="a"><w:r><w:t>50万元</w:t></w:r></w:ins>'))
    paragraph.add_run("暗").font.hidden = True
    source = read(document)
    assert source.text == "补助50万元\n"
    assert source.flags == (
        "有 1 处修订删除的文字,未读入。", "有 1 处修订插入的文字,按已接受读入,请确认是定稿。",
    )  # fmt: skip


def test_contents_that_word_made_are_left_out() -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("一、总体要求\t1", style="toc 1")
    document.add_paragraph("一、总体要求")
    assert read(document).text == "一、总体要求\n"


def test_line_breaks_and_shapes_with_text_are_read() -> None:
    document = docx.Document()
    run = document.add_paragraph("甲").add_run()
    run.add_break()
    run.add_text("乙")
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    document.add_paragraph("丙")._p.append(xml(box))
    assert read(document).text == "甲\n乙\n丙\n框内\n"


def test_a_title_of_the_properties_is_taken_only_if_the_text_bears_it_out() -> None:
    document = docx.Document()
    document.add_paragraph("算力券管理办法")
    document.core_properties.title = "算力券管理办法"
    assert read(document).title == "算力券管理办法"
    document.core_properties.title = "模板"
    assert read(document).title is None


@pytest.mark.parametrize("content", ["<w:document/>", "<a><b></a>", ""])
def test_a_package_whose_parts_do_not_fit_is_refused(content: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"^a\.docx:"):
        read_docx(zip_of({"word/document.xml": content}), "a.docx", ReadingLimits())


def test_a_table_in_a_cell_is_told_in_words_without_the_marks_of_its_rule() -> None:
    document = docx.Document()
    outer = document.add_table(rows=2, cols=2)
    for cell, text in zip(outer.rows[0].cells, ("类别", "标准"), strict=True):
        cell.text = text
    outer.rows[1].cells[0].text = "设备"
    inner = outer.rows[1].cells[1].add_table(rows=2, cols=2)
    for row, texts in zip(inner.rows, (("档次", "比例"), ("甲档", "8%")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    assert read(document).text == "| 类别 | 标准 |\n| --- | --- |\n| 设备 | 档次 比例;甲档 8% |\n"
