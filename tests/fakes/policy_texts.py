"""Texts in the shape of policies, made at random: lines that mean something to the parser in any order."""

from __future__ import annotations

from hypothesis import strategies as st

LINES = st.sampled_from(
    [
        "一、总体目标",
        "二、 重点。到2027年底,企业40家以上;",
        "(一)领域",
        "（二）场景",
        "1.甲。乙。",
        "１２、丙",
        "(1)丁;",
        "①戊",
        "第一章 总则",
        "第一条 己。",
        "第二条之一 庚",
        "## 标题",
        "附件1",
        "附件：1.表",
        "目录",
        "(责任单位:市经信局<含甲、乙,下同>、各区县政府)",
        "某市方案",
        "(征求意见稿)",
        "关于征求《某市方案》意见的函",
        "征集部门:某局 发布日期:2025-07-01",
        "*为必填项",
        "<!-- INFO END -->",
        "",
        " ",
        "\u3000\u3000缩进。",
        "某市人民政府",
        "2025年7月1日",
        "正文,没有编号。第二句!",
        "\t",
    ]
)
TEXTS = st.one_of(
    st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\u2028", ""]))).map(
        lambda parts: "".join(line + end for line, end in parts)
    ),
    st.text(
        alphabet="一二(（)）1１.．、第条章节附件《》<>。;；:：责任单位市局家个以上超到2027年底 \n\r",
        max_size=300,
    ),
)
