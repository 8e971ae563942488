"""The files that a page links or names as attachments."""

from __future__ import annotations

import pytest

from ingest.formats.html import read_html
from ingest.formats.source import SourceText

HEAD = '<link rel="canonical" href="https://www.example.gov.cn/zc/2025/post_1.html">'
TEXT = "<p>为支持企业使用算力,现就有关事项通知如下。</p>"


def page(body: str, head: str = HEAD, frame: str = "") -> SourceText:
    markup = f"<html><head>{head}</head><body>{frame}<div id=zoom>{TEXT}{body}</div></body></html>"
    return read_html(markup.encode(), "页.html")


def found(source: SourceText) -> list[tuple[str, str | None]]:
    return [(one.name, one.url) for one in source.attachments]


def test_linked_files_get_their_whole_address() -> None:
    source = page(
        '<p>附件:1.<a href="../files/a.docx">申请表</a></p><p>2.<a href="//b.example/x.PDF?v=1">指南</a></p>'
    )
    assert found(source) == [
        ("申请表", "https://www.example.gov.cn/zc/files/a.docx"),
        ("指南", "https://b.example/x.PDF?v=1"),
    ]
    assert source.url == "https://www.example.gov.cn/zc/2025/post_1.html"


def test_a_file_that_a_script_serves_is_known_by_the_name_it_asks_for() -> None:
    source = page('<a href="/module/download/downfile.jsp?classid=0&filename=1b2.xlsx">汇总表</a>')
    assert found(source) == [
        ("汇总表", "https://www.example.gov.cn/module/download/downfile.jsp?classid=0&filename=1b2.xlsx")
    ]


def test_a_link_named_download_gets_the_name_of_its_file() -> None:
    assert [
        one.name
        for one in page('<a href="a/表.xls" title="申报表">点击下载</a><a href="b.wps">附件1</a>').attachments
    ] == [
        "申报表",
        "b.wps",
    ]


@pytest.mark.parametrize(
    "href", ["javascript:open('a.pdf')", "data:application/pdf,x.pdf", "file:///etc/a.pdf", "ftp://a/b.pdf"]
)
def test_only_web_addresses_are_given(href: str) -> None:
    assert all(url is None or url.startswith("http") for _, url in found(page(f'<a href="{href}">附件</a>')))
    assert not any("javascript" in str(one) for one in found(page(f'<a href="{href}">附件</a>')))


def test_without_a_base_a_relative_link_has_no_address() -> None:
    assert found(page('<a href="a.pdf">方案</a>', head="")) == [("方案", None)]


def test_the_base_may_stand_in_the_page_or_where_it_was_saved_from() -> None:
    assert found(page('<a href="a.pdf">方案</a>', head='<base href="https://a.example/b/">')) == [
        ("方案", "https://a.example/b/a.pdf")
    ]
    saved = "<!-- saved from url=(0030)https://a.example/c/index.html -->"
    source = read_html(f'{saved}<html><div id=zoom>{TEXT}<a href="a.pdf">方案</a></div>'.encode(), "页.html")
    assert (source.url, found(source)) == (
        "https://a.example/c/index.html",
        [("方案", "https://a.example/c/a.pdf")],
    )


def test_files_beside_the_text_count_and_those_of_menus_do_not() -> None:
    menu = '<div class="footer"><a href="年报.pdf">网站年报</a></div>'
    frame = menu + '<div class="fujian"><a href="1.doc">细则</a></div>'
    assert [one.name for one in page("", frame=frame).attachments] == ["细则"]


def test_named_attachments_are_listed_once_with_or_without_a_link() -> None:
    source = page(
        '<p>附件：1.申请表</p><p>2.<a href="2.doc">2.承诺书.doc</a></p>'
        "<p>３．指标表</p><p>市经信局</p><p>4.正文条目</p>"
    )
    assert [one.name for one in source.attachments] == ["2.承诺书.doc", "申请表", "指标表"]
