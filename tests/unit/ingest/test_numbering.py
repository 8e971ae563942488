from __future__ import annotations

import pytest

from ingest.numbering import parse_marker


@pytest.mark.parametrize(
    ("line", "rank", "number", "length"),
    [
        ("一、总体目标", 50, "一", 2),
        ("十二．附则", 50, "十二", 3),
        ("(四)聚焦数据算力", 60, "(四)", 3),
        ("（四）聚焦数据算力", 60, "(四)", 3),
        ("12.提升普惠服务水平。", 70, "12", 3),
        ("１２．提升普惠服务水平。", 70, "12", 3),
        ("3、推进园区建设", 70, "3", 2),
        ("(1)企业法人", 80, "(1)", 3),
        ("（１）企业法人", 80, "(1)", 3),
        ("2)企业法人", 85, "2)", 2),
        ("①企业法人", 90, "①", 1),
        ("第十条 市科技局负责", 40, "第十条", 4),
        ("第十条之一 市科技局负责", 40, "第十条之一", 6),
        ("第 23 条 市科技局负责", 40, "第23条", 7),
        ("## 第二章　扶持", 20, "第二章", 7),
        ("第三节  监督", 30, "第三节", 5),
        ("## 基本案情", 20, "基本案情", 3),
        ("附件1", 5, "附件1", 3),
        ("1.2 总体要求", 71, "1.2", 4),
    ],
)
def test_a_mark_is_read_in_half_and_full_width(line: str, rank: int, number: str, length: int) -> None:
    marker = parse_marker(line)
    assert marker is not None
    assert (marker.rank, marker.number, marker.length) == (rank, number, length)


@pytest.mark.parametrize(
    "line",
    [
        "第八条规定的企业适用本办法",
        "第一批企业名单",
        "2025.7.1",
        "2025年7月",
        "1.5亿元的投资",
        "一批企业",
        "一是加强领导",
        "(征求意见稿)",
        "(2025—2027年)",
        "依照本办法第八条",
        "#标签",
        "0572-2398661",
    ],
)
def test_a_line_of_prose_has_no_mark(line: str) -> None:
    assert parse_marker(line) is None
