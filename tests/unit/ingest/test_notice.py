from __future__ import annotations

from datetime import date

import pytest

from ingest.document import parse_document
from ingest.notice import iso_date
from vectorstore.models import Document


def test_the_facts_of_the_plan_are_complete(plan: Document) -> None:
    assert [(f.kind.value, f.value, f.date, f.path) for f in plan.facts] == [
        ("basis", "根据我市行政规范性文件制定管理的相关规定", None, "函"),
        ("deadline", "7月10日", "2025-07-10", "函"),
        ("recipient", "湖州市经济和信息化局数字经济处(人工智能处)", None, "函"),
        ("address", "湖州市吴兴区凤凰路730号", None, "函"),
        ("postcode", "313000", None, "函"),
        ("contact", "顾莹萍", None, "函"),
        ("phone", "0572-2398661", None, "函"),
        ("issuer", "湖州市经济和信息化局", None, "征集信息"),
        ("published", "2025-07-01", "2025-07-01", "征集信息"),
        ("deadline", "2025-07-10", "2025-07-10", "征集信息"),
    ]


def test_facts_give_their_text_back(plan: Document) -> None:
    assert all(plan.text[fact.start : fact.end] == fact.value for fact in plan.facts)


def test_dates_are_the_facts_that_carry_a_date(plan: Document) -> None:
    assert [fact.date for fact in plan.dates] == ["2025-07-10", "2025-07-01", "2025-07-10"]


@pytest.mark.parametrize(
    ("value", "reference", "expected"),
    [
        ("2025年7月1日", None, "2025-07-01"),
        ("2025/7/1", None, "2025-07-01"),
        ("７月１０日", date(2025, 7, 1), "2025-07-10"),
        ("1月5日", date(2025, 12, 20), "2026-01-05"),
        ("7月10日", None, None),
        ("2025-02-30", None, None),
    ],
)
def test_a_date_is_completed_or_left_open(value: str, reference: date | None, expected: str | None) -> None:
    assert iso_date(value, reference) == expected


def test_a_full_width_notice_is_read() -> None:
    text = (
        "关于公开征求《某市算力办法》意见的公告\n请于２０２５年８月１５日前发送至某市数据局。\n"
        "联系人：王工，电话：0571－8888888\n某市算力办法\n一、目标\n甲。\n"
    )
    document = parse_document(text, "a.txt")
    assert document.clauses[0].path == "公告"
    assert [(f.kind.value, f.value) for f in document.facts] == [
        ("deadline", "２０２５年８月１５日"),
        ("recipient", "某市数据局"),
        ("contact", "王工"),
        ("phone", "0571－8888888"),
    ]
