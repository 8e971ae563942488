from __future__ import annotations

import pytest

from ingest.errors import UnreadableFileError
from ingest.formats.limits import ReadingLimits
from ingest.formats.pdf import read_pdf
from ingest.formats.recognition import Recogniser
from ingest.formats.source import SourceText
from tests.fakes.pdfs import PdfPage, build_pdf

BODY = "为了促进人工智能产业发展,规范算力券管理,提高财政资金使用效益,根据有关法律法规,结合本市实际,制定本办法"
ROWS = (("级别", "比例", "上限"), ("市级", "30%", "200万元"), ("区县", "10%", "50万元"))


def read(data: bytes, **limits: int) -> SourceText:
    bounds = ReadingLimits(**limits)
    return read_pdf(data, "a.pdf", bounds, Recogniser("a.pdf", bounds))


def paragraph(page: PdfPage, text: str, y: float) -> float:
    """Set a paragraph: first line indented by two squares, 40 squares a line; return where the next goes."""
    page.write(84, y, text[:38])
    for start in range(38, len(text), 40):
        y += 20
        page.write(60, y, text[start : start + 40])
    return y + 20


def test_wrapped_lines_become_one_paragraph_and_items_stay_apart() -> None:
    page = PdfPage().write(215, 80, "算力券管理办法", 22)
    y = paragraph(page, "第一条 " + BODY + BODY + "。", 130)
    y = paragraph(page, "第二条 每家企业最高200万元。", y)
    paragraph(page, "(一)先申报。", y)
    assert read(build_pdf([page])).text.splitlines() == [
        "算力券管理办法", f"第一条 {BODY}{BODY}。", "第二条 每家企业最高200万元。", "(一)先申报。",
    ]  # fmt: skip


def test_a_paragraph_runs_on_over_a_page() -> None:
    text = BODY * 4
    first, second = PdfPage(), PdfPage()
    first.write(84, 700, text[:38]).write(60, 720, text[38:78])
    second.write(60, 60, text[78:118]).write(60, 80, text[118:140] + "。")
    assert read(build_pdf([first, second])).text == text[:140] + "。\n"


def test_a_line_that_begins_with_a_number_goes_on_where_first_lines_are_indented() -> None:
    page = PdfPage()
    y = paragraph(page, BODY + "。", 100)
    page.write(84, y, BODY[:34] + "依照本法").write(60, y + 20, "第八条 规定的条件,以及" + BODY[:20] + "。")
    text = read(build_pdf([page])).text
    assert "依照本法第八条 规定" in text


def test_running_heads_and_page_numbers_are_dropped_and_the_body_is_kept() -> None:
    pages = []
    for number in range(1, 5):
        page = PdfPage().write(60, 40, "某市人民政府公报", 9).write(285, 815, f"— {number} —", 10)
        paragraph(page, f"第{'一二三四'[number - 1]}条 " + BODY + f"第{number}稿。", 120)
        pages.append(page)
    text = read(build_pdf(pages)).text
    assert "公报" not in text and "—" not in text
    assert [f"第{number}稿" in text for number in range(1, 5)] == [True] * 4


def test_bare_page_numbers_that_count_on_are_dropped_and_other_numbers_are_not() -> None:
    pages = [PdfPage().write(60, 300, f"第{n}年投入").write(290, 815, str(n)) for n in (3, 4, 5)]
    assert read(build_pdf(pages)).text == "第3年投入\n第4年投入\n第5年投入\n"
    lone = [PdfPage().write(60, 300, "投入").write(290, 815, "2027")]
    assert "2027" in read(build_pdf(lone)).text


def test_a_ruled_table_becomes_pipe_rows_in_its_place() -> None:
    page = PdfPage().write(84, 100, "一、补助标准").table(60, 130, ROWS).write(84, 260, "二、附则")
    assert read(build_pdf([page])).text.splitlines() == [
        "一、补助标准", "| 级别 | 比例 | 上限 |", "| --- | --- | --- |", "| 市级 | 30% | 200万元 |",
        "| 区县 | 10% | 50万元 |", "二、附则",
    ]  # fmt: skip


def test_two_columns_are_read_one_after_the_other() -> None:
    page = PdfPage()
    for row in range(8):
        page.write(60, 150 + 20 * row, f"左{row}" + BODY[:17]).write(
            310, 150 + 20 * row, f"右{row}" + BODY[:17]
        )
    text = read(build_pdf([page])).text
    assert text.index("左7") < text.index("右0")


def test_doubled_print_is_read_once_and_repeated_figures_stay() -> None:
    page = (
        PdfPage()
        .write(84, 100, "国发〔2025〕11号,共1100万元")
        .write(84.3, 100, "国发〔2025〕11号,共1100万元")
    )
    assert read(build_pdf([page])).text == "国发〔2025〕11号,共1100万元\n"


def test_a_watermark_that_stands_askew_is_left_out_and_said() -> None:
    page = PdfPage().write(84, 100, "第一条 甲。").write(200, 500, "内部资料", 30, "0.7 0.7 -0.7 0.7")
    source = read(build_pdf([page]))
    assert "内部" not in source.text
    assert source.flags == ("第1页有 4 个斜排的字(多为水印),未读入。",)


@pytest.mark.parametrize("matrix", ["0 1 -1 0", "0 -1 1 0", "-1 0 0 -1"])
def test_a_page_that_is_turned_is_read_upright(matrix: str) -> None:
    page = PdfPage().write(300, 400, "第一条 本办法自发布之日起施行。", 12, matrix)
    assert read(build_pdf([page])).text == "第一条 本办法自发布之日起施行。\n"


def test_radicals_are_read_as_the_characters_they_stand_for() -> None:
    page = PdfPage().write(84, 100, "⼈⼯智能与⺠⽣,⻓期(全角)保留")
    assert read(build_pdf([page])).text == "人工智能与民生,长期(全角)保留\n"


def test_a_title_of_the_properties_is_taken_only_if_the_text_bears_it_out() -> None:
    page = PdfPage().write(84, 100, "算力券管理办法").write(84, 130, "第一条 甲。")
    assert read(build_pdf([page], title="算力券管理办法")).title == "算力券管理办法"
    assert read(build_pdf([page], title="Microsoft Word - 1.doc")).title is None


def test_a_contents_page_is_no_second_set_of_headings() -> None:
    contents = PdfPage().write(270, 100, "目 录")
    for row, title in enumerate(("一、总体要求", "二、重点任务", "三、保障措施")):
        contents.write(60, 140 + 24 * row, title + "." * 40 + str(row + 1))
    body = PdfPage()
    paragraph(body, "一、总体要求", 100)
    paragraph(body, BODY * 6, 130)
    text = read(build_pdf([contents, body])).text
    assert text.count("总体要求") == 1 and "目 录" not in text


def test_a_printed_page_says_its_address_and_date() -> None:
    pages = []
    for number in (1, 2):
        page = PdfPage().write(24, 30, "2026/5/19 19:11", 8).write(200, 30, "算力券管理办法", 8)
        page.write(24, 820, "https://www.huzhou.gov.cn/art/2026/a.html", 8).write(560, 820, f"{number}/2", 8)
        pages.append(page.write(84, 200, f"第{number}条 甲。"))
    pages[0].write(150, 120, "发布时间:2026-05-01 来源:市政府 字号:[大] [中] [小]", 8)
    source = read(build_pdf(pages))
    assert source.url == "https://www.huzhou.gov.cn/art/2026/a.html"
    assert source.metadata["发布日期"] == "2026-05-01"
    assert source.text == "第1条 甲。\n第2条 甲。\n"


def test_a_file_with_too_many_pages_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="有 3 页,超过上限 2 页"):
        read(build_pdf([PdfPage().write(60, 100, "甲")] * 3), max_pages=2)


def test_a_file_without_text_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="没有找到文字"):
        read(build_pdf([PdfPage()]))


def test_a_cut_off_file_is_refused_or_read_as_far_as_it_goes() -> None:
    whole = build_pdf([PdfPage().write(60, 100, "第一条 甲。")])
    for share in (0.1, 0.5, 0.9):
        try:
            read(whole[: int(share * len(whole))])
        except UnreadableFileError as error:
            assert "\n" not in str(error)


def test_a_file_with_a_password_says_so() -> None:
    data = build_pdf([PdfPage().write(60, 100, "甲")])
    locked = (
        b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >>"
    )
    key = b"/ID [<" + b"00" * 16 + b"> <" + b"00" * 16 + b">] /Encrypt " + locked
    with pytest.raises(UnreadableFileError, match="有密码保护"):
        read(data.replace(b"/Root 1 0 R", b"/Root 1 0 R " + key))


def test_codes_that_the_font_relates_to_no_character_are_never_told_as_letters() -> None:
    page = PdfPage().write(60, 80, "4FQU\x0f\x12", font="F2")
    source = read(build_pdf([page.write(60, 110, "第一条 " + BODY + "。")]))
    assert source.text.splitlines()[0] == "\ufffd" * 6
    assert any("6 个字无法识别" in flag for flag in source.flags)


def test_a_page_of_such_codes_is_looked_at_as_a_picture() -> None:
    bounds = ReadingLimits()
    seen: list[int] = []

    class Looking(Recogniser):
        def page(self, number: int, picture: object) -> None:
            seen.append(number)

    read_pdf(
        build_pdf([PdfPage().write(60, 80, "4FQUFNCFS", font="F2")]),
        "a.pdf",
        bounds,
        Looking("a.pdf", bounds),
    )
    assert seen == [1]


def ragged(lines: tuple[tuple[int, str], ...], lead: int = 20) -> PdfPage:
    """Set lines one below the other, each from the left margin plus some squares."""
    page = PdfPage()
    for number, (indent, text) in enumerate(lines):
        page.write(60 + 12 * indent, 80 + lead * number, text)
    return page


LONG = "甲乙丙丁戊己庚辛壬癸" * 4


def test_lines_that_are_not_justified_are_one_paragraph_where_first_lines_are_indented() -> None:
    lines = (
        (2, "第一条 " + LONG[:32]), (0, LONG[:37]), (0, LONG[:30] + "。"),
        (2, LONG[:36]), (0, LONG[:40]), (0, LONG[:38] + "。"), (0, LONG[:20] + "。"),
        (2, LONG[:38]), (0, LONG[:40]), (0, LONG[:12] + "。"),
    )  # fmt: skip
    text = read(build_pdf([ragged(lines)])).text
    assert [len(one) for one in text.strip().split("\n")] == [
        4 + 32 + 37 + 31,
        36 + 40 + 39 + 21,
        38 + 40 + 13,
    ]


def test_a_number_or_a_label_begins_a_line_of_its_own_where_type_is_not_justified() -> None:
    lines = (
        (2, LONG[:38]), (0, LONG[:40]), (0, LONG[:12] + "。"),
        (2, LONG[:38]), (0, LONG[:40]), (0, LONG[:37]),
        (0, "第二条 " + LONG[:33]), (0, "责任单位 " + LONG[:31]), (0, "下一步 甲乙丙。"),
    )  # fmt: skip
    text = read(build_pdf([ragged(lines)])).text
    starts = [one[:4] for one in text.strip().split("\n")]
    assert starts == ["甲乙丙丁", "甲乙丙丁", "第二条 ", "责任单位", "下一步 "]
