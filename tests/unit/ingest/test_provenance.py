from __future__ import annotations

import pytest

from ingest.document import document_id, parse_document
from ingest.places import Place, place_of
from vectorstore.models import Document


def test_the_plan_says_what_it_is(plan: Document) -> None:
    assert plan.document_id == "huzhou-ai-plan-2025-draft"
    assert plan.title == "湖州市人工智能高质量发展三年行动计划(2025—2027年)"
    assert (plan.status, plan.status_basis) == ("征求意见稿", "标题写明“征求意见稿”")
    assert plan.issuer == "湖州市经济和信息化局"
    assert (plan.published, plan.comment_deadline) == ("2025-07-01", "2025-07-10")
    assert (plan.level, plan.region, plan.number) == ("市", "湖州市", None)


@pytest.mark.parametrize(
    ("name", "level", "region"),
    [
        ("浙江省数字经济促进条例", "省", "浙江省"),
        ("浙江省湖州市吴兴区行动方案", "区县", "浙江省湖州市吴兴区"),
        ("湖州市吴兴区人民政府", "区县", "湖州市吴兴区"),
        ("德清县智能网联方案", "区县", "德清县"),
        ("上海市城市管理条例", "省", "上海市"),
        ("湖州市示范区管理办法", "市", "湖州市"),
        ("国务院关于深入实施的意见", "国家", "全国"),
        ("中华人民共和国民法典", "国家", "全国"),
        ("工业和信息化部关于印发的通知", "国家", "全国"),
        ("人工智能行动计划", None, None),
    ],
)
def test_level_and_region_come_from_the_name(name: str, level: str | None, region: str | None) -> None:
    assert place_of(name) == Place(level, region)


def test_a_document_that_says_nothing_of_its_status_is_unmarked() -> None:
    document = parse_document("某市方案\n一、甲\n本方案的征求意见稿已公布。\n", "a.txt")
    assert document.status == "未标注"
    assert document.comment_deadline is None


def test_number_signature_and_title_over_two_lines_are_read() -> None:
    head = "湖政办发〔2025〕15号\n湖州市人民政府办公室关于印发若干\n政策的通知\n"
    text = f"{head}\n一、甲\n乙。\n\n湖州市人民政府办公室\n2025年7月1日\n"
    document = parse_document(text, "a.txt")
    assert document.title == "湖州市人民政府办公室关于印发若干政策的通知"
    assert document.issuer == "湖州市人民政府办公室"


def test_a_document_without_a_title_line_has_the_name_of_its_file() -> None:
    assert parse_document("一、甲\n乙。\n", "某文件.txt").title == "某文件"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plan.txt", "plan"),
        ("条例(2020-07-05).md", "条例-2020-07-05"),
        ("a b:c#d.txt", "a-b-c-d"),
        ("../x/y.txt", "y"),
        ("---.txt", "document"),
    ],
)
def test_an_id_is_the_stem_of_the_file_made_safe(name: str, expected: str) -> None:
    assert document_id(name) == expected
