from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clauses import outline
from ingest.document import parse_document
from vectorstore.models import ClauseKind

MAIN = "某市支持办法\n第一条 为了支持,制定本办法。\n第二条 自发布之日起施行。\n\n"
SIGNATURE = "某市人民政府办公室\n2025年7月1日\n"


def paths(text: str) -> list[str]:
    return [node.path for node in outline(text).nodes]


def test_an_annex_has_a_numbering_of_its_own() -> None:
    text = (
        MAIN
        + SIGNATURE
        + "\n附件1\n重点任务清单\n一、总体要求\n(一)目标\n做好。\n(二)原则\n稳妥。\n"
        + "附件2\n第一条 甲。\n第二条 乙。\n"
    )
    nodes = outline(text).nodes
    assert [node.path for node in nodes] == [
        "标题",
        "第一条",
        "第二条",
        "落款",
        "附件1",
        "附件1/一",
        "附件1/一/(一)",
        "附件1/一/(一)/第1段",
        "附件1/一/(二)",
        "附件1/一/(二)/第1段",
        "附件2",
        "附件2/第一条",
        "附件2/第二条",
    ]
    assert nodes[8].heading_path == "附件1 重点任务清单 > 一、总体要求 > (二)原则"


def test_a_list_of_annexes_is_not_the_annexes() -> None:
    text = (
        MAIN
        + "附件:1.申报表\n2.任务清单\n\n"
        + SIGNATURE
        + "(此件公开发布)\n附件1\n申报表\n甲。\n附件2\n任务清单\n乙。\n"
    )
    assert paths(text) == [
        "标题",
        "第一条",
        "第二条",
        "附件清单",
        "落款",
        "附件1",
        "附件1/第1段",
        "附件2",
        "附件2/第1段",
    ]


def test_annexes_that_are_only_named_before_the_signature_are_a_list() -> None:
    text = MAIN + "附件1:申报表\n附件2:任务清单\n\n" + SIGNATURE
    assert paths(text) == ["标题", "第一条", "第二条", "附件清单", "附件清单〔2〕", "落款"]


def test_a_title_on_the_line_of_the_annex_is_its_heading() -> None:
    nodes = outline(MAIN + "附件1：酒后驾驶操作规程\n一、配备\n甲。\n").nodes
    annex = next(node for node in nodes if node.path == "附件1")
    assert annex.kind is ClauseKind.HEADING
    assert annex.heading == "附件1 酒后驾驶操作规程"
    assert [node.path for node in nodes][-2:] == ["附件1/一", "附件1/一/第1段"]


def test_a_title_broken_over_lines_is_joined() -> None:
    nodes = outline(MAIN + "附件\n最高人民法院\n关于适用某法\n若干问题的解释（二）\n第一条 甲。\n").nodes
    annex = next(node for node in nodes if node.path == "附件")
    assert annex.heading == "附件 最高人民法院关于适用某法若干问题的解释（二）"


def test_a_table_of_an_annex_stands_under_it() -> None:
    text = MAIN + "附件1\n申报表\n| 企业名称 | 金额 |\n| --- | --- |\n| 甲 | 1 |\n"
    assert paths(text)[-3:] == ["附件1", "附件1/表1", "附件1/表1/行1"]


def test_a_form_inside_an_annex_begins_no_annex() -> None:
    text = MAIN + "附件1\n文书样式\n某法院:\n附件:(按顺序列明)\n(院印)\n附件2\n封面样式\n甲。\n"
    assert [path for path in paths(text) if path.startswith("附件") and "/" not in path] == ["附件1", "附件2"]


def test_an_annexed_table_of_a_law_is_an_annex() -> None:
    assert paths(MAIN + "附：\n\n税目税率表\n\n一、烟\n二、酒\n")[-3:] == ["附", "附/一", "附/二"]


@pytest.mark.parametrize(
    "line", ["附件1所列事项由市经信局负责。", "附则", "附条件的行为", "附加刑也可以独立适用。"]
)
def test_words_that_only_begin_like_an_annex_begin_none(line: str) -> None:
    assert not [path for path in paths(MAIN + line + "\n乙。\n") if path.startswith("附件")]


LINE = st.sampled_from(
    [
        "附件1",
        "附件2",
        "附件",
        "附件:1.申报表",
        "附件：",
        "附表一",
        "2.任务清单",
        "任务清单",
        "一、甲",
        "(一)乙。",
        "第一条 丙。",
        "丁。",
        "| 戊 | 己 |",
        "| --- | --- |",
        "某市人民政府",
        "2025年7月1日",
        "(此件公开发布)",
        "",
    ]
)


@settings(deadline=None)
@given(st.lists(LINE, max_size=30))
def test_nothing_is_lost_and_no_path_is_given_twice(lines: list[str]) -> None:
    text = MAIN + "".join(line + "\n" for line in lines)
    document = parse_document(text, "a.txt")
    assert document.text == text
    found = [clause.path for clause in document.clauses]
    assert len(set(found)) == len(found)
