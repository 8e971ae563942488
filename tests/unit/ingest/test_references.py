from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import parse_document
from ingest.numerals import value_of
from ingest.views import document_text
from vectorstore.standing import StandingOn
from vectorstore.validity import Standing

LAW = (
    "# 某省促进条例\n\n## 第一章 总则\n第一条 为了促进,制定本条例。\n第二条 {second}\n"
    "第三条 {third}\n## 第二章 附则\n第二十三条 甲。\n第二十三条之一 乙。\n"
)


@dataclass(frozen=True)
class Link:
    """A reference as tests compare it."""

    text: str
    title: str | None
    path: str | None


def links(second: str = "甲。", third: str = "甲。") -> list[Link]:
    document = parse_document(LAW.format(second=second, third=third), "a.md")
    return [Link(r.text, r.title, r.path) for clause in document.clauses for r in clause.references]


@pytest.mark.parametrize(
    ("words", "text", "path"),
    [
        ("依照本条例第二十三条办理。", "本条例第二十三条", "第二章/第二十三条"),
        ("依照本条例第23条办理。", "本条例第23条", "第二章/第二十三条"),
        ("依照本条例第２３条第二款办理。", "本条例第２３条第二款", "第二章/第二十三条"),
        ("依照本条例第二十三条之一办理。", "本条例第二十三条之一", "第二章/第二十三条之一"),
        ("违反第一条规定的,不予支持。", "第一条", "第一章/第一条"),
        ("适用本条例第二章的规定。", "本条例第二章", "第二章"),
        ("本章另有规定的除外。", "本章", "第一章"),
        ("前条规定不适用。", "前条", "第一章/第一条"),
        ("甲。\n前款规定不适用。", "前款", "第一章/第二条"),
        ("本条第二款除外。\n乙。", "本条第二款", "第一章/第二条"),
        ("依照本条例第九十九条。", "本条例第九十九条", None),
        ("前款规定不适用。", "前款", None),
    ],
)
def test_a_reference_is_linked_to_the_clause_of_the_tree(words: str, text: str, path: str | None) -> None:
    assert links(words) == [Link(text, None, path)]


@pytest.mark.parametrize(
    ("words", "text", "title"),
    [
        ("依照《中华人民共和国某法》第十条执行。", "《中华人民共和国某法》第十条", "中华人民共和国某法"),
        (
            "依照《关于修改〈某法〉的决定》（2020年）第一条。",
            "《关于修改〈某法〉的决定》（2020年）第一条",
            "关于修改〈某法〉的决定",
        ),
        ("应当认定为刑法第一条规定的情形。", "第一条", "刑法"),
        ("受害人依照国家赔偿法第一条申请。", "第一条", "国家赔偿法"),
        ("人民法院根据案情可以将合同法第一条作为依据。", "第一条", "合同法"),
        ("依照对外贸易法第一条执行。", "第一条", "对外贸易法"),
    ],
)
def test_an_article_of_another_law_is_never_linked_to_this_one(words: str, text: str, title: str) -> None:
    assert links(words) == [Link(text, title, None)]


def test_numbers_in_a_row_belong_to_the_law_named_first() -> None:
    found = links("依照《某法》第十条、第二条和第三条,以及本条例第一条、第二十三条。")
    assert [(link.title, link.path) for link in found] == [
        ("某法", None),
        ("某法", None),
        ("某法", None),
        (None, "第一章/第一条"),
        (None, "第二章/第二十三条"),
    ]


def test_a_bare_number_behind_another_law_in_the_same_sentence_is_left_open() -> None:
    assert [link.text for link in links("合同法第五条规定的一年、及第二条所说的期间。")] == ["第五条"]


def test_two_articles_before_are_both_meant() -> None:
    assert [link.path for link in links(third="前两条规定不适用。")] == ["第一章/第一条", "第一章/第二条"]


def test_a_title_of_its_own_is_this_document() -> None:
    assert links("依照《某省促进条例》第一条。") == [Link("《某省促进条例》第一条", None, "第一章/第一条")]


@pytest.mark.parametrize(
    "words", ["依照该法第一条。", "违反规定第一条。", "前程远大。", "本章程第一次修订。"]
)
def test_what_does_not_say_whose_clause_it_means_is_no_reference(words: str) -> None:
    assert links(words) == []


def test_an_amendment_speaks_of_the_law_that_it_amends() -> None:
    text = "# 某法修正案(二)\n\n一、第二条修改为:“依照本法第一条。”\n二、本修正案自公布之日起施行。\n"
    assert not [r for clause in parse_document(text, "a.md").clauses for r in clause.references]


def test_an_annex_counts_its_own_articles_first_and_the_document_where_it_says_so() -> None:
    main = "某市管理办法\n第一条 甲。\n第二条 乙。\n"
    text = main + "附件1\n申报细则\n第一条 依照第二条和本办法第二条。\n第二条 丙。\n"
    annexed = parse_document(text, "a.txt").clause("附件1/第一条")
    assert annexed is not None
    assert [reference.path for reference in annexed.references] == ["附件1/第二条", "第二条"]


def test_an_annex_that_is_there_is_linked_but_not_from_the_list_of_annexes() -> None:
    text = "某市办法\n第一条 材料见附件1和附件9。\n附件:附件1 申报表\n2025年7月1日\n附件1\n申报表\n甲。\n"
    document = parse_document(text, "a.txt")
    found = [(c.path, r.text, r.path) for c in document.clauses for r in c.references]
    assert found == [("第一条", "附件1", "附件1")]


def test_a_table_of_contents_refers_to_nothing() -> None:
    text = "某市条例\n目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n"
    assert not [r for clause in parse_document(text, "a.txt").clauses for r in clause.references]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("二十三", 23),
        ("２３", 23),
        ("一百零五", 105),
        ("一千二百五十九", 1259),
        ("两", 2),
        ("十", 10),
        ("〇", 0),
    ],
)
def test_a_numeral_has_one_value_however_it_is_written(numeral: str, value: int) -> None:
    assert value_of(numeral) == value


@pytest.mark.parametrize("numeral", ["百一千", "一十十", "", "²"])
def test_what_is_no_number_has_no_value(numeral: str) -> None:
    assert value_of(numeral) is None


PIECES = st.sampled_from(
    [
        "本条例",
        "《某法》",
        "《",
        "》",
        "第一条",
        "第二十三条",
        "第二款",
        "前款",
        "本章",
        "、",
        "和",
        "依照",
        "。",
        "\n",
        "(三)项",
        "之一",
        "刑法",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_every_reference_is_verbatim_and_inside_its_clause(pieces: list[str]) -> None:
    text = LAW.format(second="".join(pieces) + "。", third="甲。")
    document = parse_document(text, "a.md")
    paths = {clause.path for clause in document.clauses}
    for clause in document.clauses:
        for reference in clause.references:
            assert text[reference.start : reference.end] == reference.text
            assert clause.start <= reference.start < reference.end <= clause.end
            assert reference.path is None or (reference.path in paths and reference.title is None)


UNMARKED = StandingOn(standing=Standing.UNMARKED, basis="未标注", inferred=False)
PARTS = """湖州市补助办法
第一条 企业可以申请下列补助:
(一)设备补助;
(二)人才补助。
企业申请补助的,应当提交材料。
前款材料由市经信局审核。
第二条 {words}。
"""


@pytest.mark.parametrize(
    ("words", "part", "quoted"),
    [
        ("依照本办法第一条第二款提交材料", (2, 0, 0), "「企业申请补助的,应当提交材料。」"),
        ("按照第一条第一款第(二)项给予补助", (1, 2, 0), "「(二)人才补助。」"),
        ("按照第一条第(一)项给予补助", (0, 1, 0), "「(一)设备补助;」"),
        ("依照第一条办理", (0, 0, 0), ""),
        ("依照第一条第九款办理", (9, 0, 0), "没有写到这一部分"),
    ],
)
def test_a_reference_carries_the_part_that_it_names(
    words: str, part: tuple[int, int, int], quoted: str
) -> None:
    document = parse_document(PARTS.format(words=words), "a.txt")
    (found,) = document.clauses[-1].references
    assert found.path == "第一条" and (found.paragraph, found.item, found.point) == part
    shown = "\n".join(text.plain for text in document_text(document, UNMARKED, date(2026, 12, 1)))
    assert quoted in shown


def test_the_paragraph_before_is_told_by_its_number() -> None:
    document = parse_document(PARTS.format(words="甲"), "a.txt")
    (found,) = document.clauses[1].references
    assert (found.text, found.path, found.paragraph) == ("前款", "第一条", 2)
