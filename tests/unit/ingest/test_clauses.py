from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings

from ingest.clauses import outline
from ingest.document import check_tree, parse_document
from ingest.errors import NoClauseError, TreeMismatchError
from tests.fakes.policy_texts import TEXTS
from vectorstore.models import ClauseKind, Document


def paths(text: str) -> list[str]:
    return [node.path for node in outline(text).nodes]


def test_the_plan_has_4_chapters_and_28_numbered_clauses(plan: Document) -> None:
    chapters = [c.path for c in plan.clauses if c.kind is ClauseKind.HEADING and "/" not in c.path]
    assert chapters == ["一", "二", "三", "四"]
    assert sum(clause.numbered for clause in plan.clauses) == 28


def test_every_clause_of_the_plan_has_its_full_heading_path(plan: Document) -> None:
    clause = plan.clause("三/(四)/12")
    assert clause is not None
    assert clause.heading == "12.提升普惠服务水平"
    assert clause.heading_path == (
        "三、主要措施 > (四)聚焦数据算力,实施数字设施强基行动 > 12.提升普惠服务水平"
    )
    assert clause.number == "12"
    assert clause.text.startswith("12.提升普惠服务水平。") and "(责任单位:" in clause.text


def test_notice_title_metadata_and_form_are_parts_of_their_own(plan: Document) -> None:
    kinds = {clause.path: clause.kind for clause in plan.clauses if clause.kind.value in PARTS}
    assert kinds == {
        "函": ClauseKind.NOTICE,
        "标题": ClauseKind.TITLE,
        "征集信息": ClauseKind.METADATA,
        "表单": ClauseKind.FORM,
    }
    assert [clause.path for clause in plan.clauses if not clause.citable] == ["表单"]


PARTS = {"notice", "title", "metadata", "form"}


def test_numbering_that_restarts_or_runs_on_gives_each_clause_one_path(plan: Document) -> None:
    counts = Counter(clause.path for clause in plan.clauses)
    assert max(counts.values()) == 1
    assert {"二/(一)/1", "二/(二)/1", "三/(一)/1", "三/(五)/15"} <= counts.keys()


def test_unnumbered_paragraphs_stand_under_their_heading() -> None:
    assert paths("某市人工智能行动计划\n\n引子。\n一、目标\n甲。\n乙。\n(一)重点\n丙。\n") == [
        "标题",
        "引言/第1段",
        "一",
        "一/第1段",
        "一/第2段",
        "一/(一)",
        "一/(一)/第1段",
    ]


def test_units_on_a_line_of_their_own_stay_with_their_clause() -> None:
    text = (
        "一、措施\n1.发券。发放算力券。\n(责任单位:市经信局)\n2.建库。\n\n二、其他\n甲。\n责任单位:市科技局\n"
    )
    document = parse_document(text, "a.txt")
    assert [c.path for c in document.clauses] == ["一", "一/1", "一/2", "二", "二/第1段"]
    assert [unit.name for unit in document.clauses[1].units] == ["市经信局"]
    assert [unit.name for unit in document.clauses[4].units] == ["市科技局"]


def test_full_width_numbering_has_the_same_paths_as_half_width() -> None:
    half = "一、目标\n(一)重点\n1.甲事。做甲。\n(1)乙事。做乙。\n①丙事。\n"
    full = "一、目标\n（一）重点\n１．甲事。做甲。\n（１）乙事。做乙。\n①丙事。\n"
    assert paths(full) == paths(half) == ["一", "一/(一)", "一/(一)/1", "一/(一)/1/(1)", "一/(一)/1/(1)/①"]


def test_a_law_has_chapter_and_article_paths_and_keeps_an_article_whole() -> None:
    text = (
        "# 某省促进条例\n\n2020年1月1日 某省人大常委会通过\n\n<!-- INFO END -->\n\n## 第一章　总则\n\n"
        "第一条 为了促进,制定本条例。\n\n第二条 下列事项:\n\n(一)甲;\n\n(二)乙。\n\n前款另有规定的除外。\n\n"
        "第二条之一 依照本条例\n第一条规定办理。\n\n## 第二章　附则\n第三条 自公布之日起施行。\n"
    )
    nodes = outline(text).nodes
    assert [node.path for node in nodes] == [
        "标题",
        "题注",
        "第一章",
        "第一章/第一条",
        "第一章/第二条",
        "第一章/第二条之一",
        "第二章",
        "第二章/第三条",
    ]
    assert nodes[4].heading_path == "第一章 总则 > 第二条"


def test_articles_under_chinese_chapters_run_on_inside_them() -> None:
    text = "一、支持\n第一条 甲。\n(一)子。\n二、保障\n第二条 乙。\n"
    assert paths(text) == ["一", "一/第一条", "二", "二/第二条"]


def test_a_number_given_twice_under_one_heading_is_told_apart() -> None:
    assert paths("一、甲\n甲。\n一、乙\n乙。\n") == ["一", "一/第1段", "一〔2〕", "一〔2〕/第1段"]


def test_a_table_of_contents_does_not_take_the_paths_of_the_chapters() -> None:
    contents = "目 录\n第一章 总则……1\n第二章 附则……2\n"
    text = f"某市条例\n{contents}第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n"
    nodes = outline(text).nodes
    assert [node.path for node in nodes] == [
        "标题",
        "目录",
        "第一章",
        "第一章/第一条",
        "第二章",
        "第二章/第二条",
    ]
    assert nodes[1].kind is ClauseKind.FORM


def test_a_signature_at_the_end_is_no_part_of_the_last_clause() -> None:
    text = "某市行动方案\n一、目标。做成。\n二、保障。做好。\n\n某市人民政府办公室\n2025年7月1日\n"
    assert paths(text) == ["标题", "一", "二", "落款"]


def test_a_marked_line_is_a_heading_only_if_something_stands_under_it() -> None:
    nodes = outline("一、材料\n1.申请表\n2.身份证\n二、说明\n甲。\n").nodes
    assert [node.kind.value for node in nodes] == ["heading", "clause", "clause", "heading", "paragraph"]


def test_a_notice_without_the_title_after_it_is_itself_the_document() -> None:
    tree = outline("关于做好算力券申报工作的通知\n各有关企业:\n一、条件\n甲。\n")
    assert tree.title == "关于做好算力券申报工作的通知"
    assert [node.path for node in tree.nodes] == ["标题", "引言/第1段", "一", "一/第1段"]


def test_crlf_line_ends_are_kept() -> None:
    text = "标题方案\r\n一、甲\r\n乙。\r\n"
    assert parse_document(text, "a.txt").text == text


def test_metadata_under_the_title_does_not_end_the_document() -> None:
    text = "某卡怎么申领\n信息来源:某市人社局\n一、对象\n甲。\n二、材料\n乙。\n信息来源:某市人社局\n"
    assert paths(text) == ["标题", "题注", "一", "一/第1段", "二", "二/第1段", "征集信息"]


def test_metadata_under_the_title_of_an_unnumbered_text_does_not_end_it() -> None:
    text = "某局通知\n发布日期:2025-07-01\n甲。\n乙。\n丙。\n责任编辑:丁\n"
    assert paths(text) == ["标题", "题注", "正文/第1段", "正文/第2段", "正文/第3段", "征集信息"]


def test_a_title_that_the_page_names_is_the_title_whatever_it_ends_in() -> None:
    text = "怎么申领?\n一、对象\n甲。\n"
    assert outline(text).title is None
    assert outline(text, "怎么申领？").title == "怎么申领?"


def test_an_official_text_without_numbers_is_taken_as_paragraphs() -> None:
    text = "某法院关于某事的批复\n\n某省法院:\n\n你院请示收悉。批复如下。\n\n此复。\n"
    document = parse_document(text, "批复.txt")
    assert [clause.path for clause in document.clauses] == [
        "标题",
        "正文/第1段",
        "正文/第2段",
        "正文/第3段",
    ]


def test_an_official_title_without_a_text_is_refused() -> None:
    with pytest.raises(NoClauseError):
        parse_document("# 某市条例\n\n2022年5月30日 通过\n\n<!-- INFO END -->\n", "空.md")


def test_a_text_without_any_number_is_refused_with_its_name() -> None:
    with pytest.raises(NoClauseError, match=r"散文\.txt:没有找到条款"):
        parse_document("今天天气不错。\n", "散文.txt")


def test_a_tree_that_does_not_give_the_text_back_is_refused_with_the_place() -> None:
    text = "一、甲\n乙。\n二、丙\n丁。\n"
    document = parse_document(text, "a.txt")
    broken = (*document.clauses[:2], *document.clauses[3:])
    with pytest.raises(TreeMismatchError, match="第 3 行附近「二、丙"):
        check_tree(text, broken, "a.txt")


def test_deep_nesting_and_long_runs_of_marks_stay_fast() -> None:
    text = "".join(f"{'(' * 50}一{')' * 50}、{i}\n1.甲{i}\n" for i in range(5000))
    assert parse_document(text, "a.txt").text == text


@settings(deadline=None)
@given(TEXTS)
def test_nothing_is_lost_and_spans_give_the_text_back(text: str) -> None:
    try:
        document = parse_document(text, "a.txt")
    except NoClauseError:
        return
    assert document.text == text
    counts = Counter(clause.path for clause in document.clauses)
    assert max(counts.values()) == 1
    for clause in document.clauses:
        assert text[clause.start : clause.end] == clause.text
        for mention in (*clause.units, *clause.instruments, *clause.targets):
            assert clause.start <= mention.start < mention.end <= clause.end
        for unit in clause.units:
            assert text[unit.start : unit.end] == unit.name
        for target in clause.targets:
            assert text[target.start : target.end] == target.quote
            assert target.value_text in target.quote
    for fact in document.facts:
        assert text[fact.start : fact.end] == fact.value


@settings(deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_tree(text: str) -> None:
    assert outline(text) == outline(text)
