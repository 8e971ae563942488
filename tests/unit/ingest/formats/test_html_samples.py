"""The real pages of governments are read whole, without the tools around them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ingest.formats.html import read_html
from ingest.formats.page_body import find_body
from ingest.formats.page_decoding import decode_page
from ingest.formats.page_tree import solid
from ingest.formats.source import SourceText
from tests.fakes.material import material

_TOOLS = (
    "浏览次数",
    "扫一扫在手机",
    "关闭本页",
    "打印本页",
    "分享到",
    "网站标识码",
    "粤ICP备",
    "京ICP备",
    "您当前所在",
    "上一篇",
)
_AT_MOST_LOST = 0.03
"""Share of the characters of a container that may be missing in the text: links to explanations, tools."""


@pytest.fixture(scope="module")
def pages() -> list[Path]:
    found = sorted(material("samples/html").glob("*.html"))
    assert len(found) == 48
    return found


@pytest.fixture(scope="module")
def sources(pages: list[Path]) -> dict[str, SourceText]:
    return {path.name: read_html(path.read_bytes(), path.name) for path in pages}


def named(sources: dict[str, SourceText], start: str) -> SourceText:
    return next(source for name, source in sources.items() if name.startswith(start))


def test_every_page_has_text_title_and_no_tools(sources: dict[str, SourceText]) -> None:
    for name, source in sources.items():
        assert len(source.text) > 200 and source.title, name
        assert not [word for word in _TOOLS if word in source.text], name


def test_nothing_of_a_known_container_is_lost(pages: list[Path], sources: dict[str, SourceText]) -> None:
    for path in pages:
        body = find_body(decode_page(path.read_bytes(), path.name), path.name).body
        there = Counter(solid("".join(body.itertext())))
        lost = sum((there - Counter(solid(sources[path.name].text))).values())
        assert lost <= _AT_MOST_LOST * sum(there.values()), (path.name, lost)


def test_every_page_but_a_list_of_links_says_when_it_was_published(sources: dict[str, SourceText]) -> None:
    undated = [name for name, source in sources.items() if "发布日期" not in source.metadata]
    assert [name[:3] for name in undated] == ["20b"]


def test_metadata_of_three_systems(sources: dict[str, SourceText]) -> None:
    platform = named(sources, "28_").metadata
    assert (platform["文号"], platform["施行日期"], platform["失效日期"]) == (
        "穗府办规〔2021〕7号",
        "2021-04-16",
        "2023-06-01",
    )
    disclosure = named(sources, "08_").metadata
    assert (disclosure["文号"], disclosure["成文日期"]) == ("穗卫函〔2023〕1930号", "2023-10-19")
    capital = named(sources, "北京").metadata
    assert (capital["文号"], capital["有效性"], capital["发布日期"]) == (
        "京政农函〔2025〕9号",
        "现行有效",
        "2025-05-22",
    )


def test_a_table_with_a_heading_of_two_rows_is_read_row_by_row(sources: dict[str, SourceText]) -> None:
    lines = named(sources, "10b").text.splitlines()
    header = next(line for line in lines if line.startswith("| 序号 |"))
    row = next(line for line in lines if "湿性年龄相关性黄斑变性" in line)
    values = dict(zip(header.split(" | "), row.split(" | "), strict=True))
    assert values["统筹基金最高支付限额 / 职工医保"] == "18000元/年"


def test_attachments_have_their_addresses(sources: dict[str, SourceText]) -> None:
    attachments = named(sources, "12_").attachments
    assert len(attachments) == 7
    assert all(one.url and one.url.startswith("http://www.thnet.gov.cn/attachment/") for one in attachments)
