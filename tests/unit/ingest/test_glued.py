"""Articles whose number no blank parts from the text, and references that stand at the start of a line."""

from __future__ import annotations

import pytest

from ingest.document import parse_document
from ingest.numerals import value_of

OPENING = "湖州市某补贴办法\n"


def numbers(text: str) -> list[str]:
    document = parse_document(OPENING + text, "a.txt")
    return [clause.number for clause in document.clauses if clause.number]


def test_articles_without_a_blank_are_articles() -> None:
    text = "第一条为支持更新,制定本办法。\n第二条每台补贴2万元。\n第三条本办法自2025年1月1日起施行。\n"
    document = parse_document(OPENING + text, "a.txt")
    assert numbers(text) == ["第一条", "第二条", "第三条"]
    assert document.validity.effective_basis.startswith("第三条写明")
    assert not any(clause.references for clause in document.clauses)


def test_chapters_without_a_blank_hold_their_articles() -> None:
    text = "第一章总则\n第一条为支持更新,制定本办法。\n第二章附则\n第二条本办法由市农业农村局解释。\n"
    document = parse_document(OPENING + text, "a.txt")
    assert [one.path for one in document.clauses[1:]] == [
        "第一章",
        "第一章/第一条",
        "第二章",
        "第二章/第二条",
    ]


def test_a_number_that_a_scan_lost_leaves_the_others() -> None:
    text = "第一条为支持更新。\n第二条每台补贴。\n第四条由市局负责。\n第五条自公布之日起施行。\n"
    assert numbers(text) == ["第一条", "第二条", "第四条", "第五条"]


@pytest.mark.parametrize(
    "line",
    [
        "第一条规定的企业可以申请。",
        "第一条第二款的企业可以申请。",
        "第四条、第五条的企业可以申请。",
        "第四条所称企业是指注册在本市的企业。",
        "第四条的企业可以申请。",
        "第四条修改为:“企业可以申请。”",
        "第二条企业可以申请。",
        "第九条企业可以申请。",
    ],
)
@pytest.mark.parametrize("blank", ["", " "])
def test_a_reference_at_the_start_of_a_line_is_no_article(line: str, blank: str) -> None:
    text = f"第一条{blank}为支持更新。\n第二条{blank}每台补贴。\n第三条{blank}由市局负责。\n{line}\n"
    assert numbers(text) == ["第一条", "第二条", "第三条"]


def test_a_reference_in_a_wrapped_sentence_is_no_article() -> None:
    text = "第一条为支持更新。\n第二条企业依照本办法\n第三条申请补贴。\n第三条由市局负责。\n"
    document = parse_document(OPENING + text, "a.txt")
    assert [one.path for one in document.clauses[1:]] == ["第一条", "第二条", "第三条"]
    assert document.clauses[2].text.endswith("第三条申请补贴。\n")


def test_one_reference_alone_is_no_article() -> None:
    text = "一、支持企业更新。\n第一条企业可以申请。\n二、由市局负责。\n"
    assert [value_of(number) for number in numbers(text)] == [1, 2]
