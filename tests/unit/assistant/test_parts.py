"""款, 项 and 目 of an article: told by its lines, named in a question, quoted alone."""

from __future__ import annotations

import pytest

from assistant.ledger import Ledger
from assistant.parts import article_asked, part_of, parts_asked
from ingest.document import parse_document
from vectorstore.parts import Part, count_paragraphs, find_part, numeral

ARTICLE = (
    "第六条 资金由市局审核。\n市财政局应当在30日内拨付。\n应当公示下列事项:\n"
    "(一)企业名称:\n1.全称;\n2.简称;\n(二)补助金额。\n公示期为5日。\n"
)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part(1), "资金由市局审核。"),
        (Part(2), "市财政局应当在30日内拨付。"),
        (Part(3), "应当公示下列事项:\n(一)企业名称:\n1.全称;\n2.简称;\n(二)补助金额。"),
        (Part(3, 1), "(一)企业名称:\n1.全称;\n2.简称;"),
        (Part(0, 2), "(二)补助金额。"),
        (Part(3, 1, 2), "2.简称;"),
        (Part(4), "公示期为5日。"),
        (Part(5), None),
        (Part(2, 1), None),
    ],
)
def test_a_part_is_found_verbatim(part: Part, words: str | None) -> None:
    assert find_part(ARTICLE, part) == words
    assert part_of(str(part)) == part


def test_paragraphs_are_counted_and_numbers_said() -> None:
    assert count_paragraphs(ARTICLE) == 4
    assert [numeral(one) for one in (1, 10, 12, 20, 35, 120)] == ["一", "十", "十二", "二十", "三十五", "120"]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("某市管理办法第六条第二款怎么规定", ["第二款"]),
        ("某市管理办法第6条第3款第（一）项", ["第三款第一项"]),
        ("某市管理办法第六条的第二款和第三款", ["第二款", "第三款"]),
        ("某市管理办法第六条第三款第一项、第二项讲什么", ["第三款第一项", "第三款第二项"]),
        ("某市管理办法第六条怎么规定", []),
        ("某市管理办法第六条有3款吗", []),
    ],
)
def test_parts_are_read_from_a_question(question: str, parts: list[str]) -> None:
    ledger = Ledger((parse_document(f"# 某市管理办法\n\n第五条 甲。\n{ARTICLE}", "办法.md"),))
    assert [str(one.part) for one in parts_asked(question, ledger)] == parts


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("某市管理办法第六条怎么规定的?", 1),
        ("某市管理办法第六条", 1),
        ("某市管理办法第六条原文是什么", 1),
        ("某市管理办法第六条的公示期是几天", 0),
        ("某市管理办法第九条怎么规定", 0),
    ],
)
def test_an_article_is_all_that_is_asked_or_not(question: str, count: int) -> None:
    ledger = Ledger((parse_document(f"# 某市管理办法\n\n第五条 甲。\n{ARTICLE}", "办法.md"),))
    assert len(article_asked(question, ledger)) == count
