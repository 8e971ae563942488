"""Whatever the bytes: a page is read or refused in one line, soon."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import IngestError
from ingest.formats.html import read_html
from ingest.formats.source import SourceText

_TAGS = """
    div p span table tr td th caption ul ol li b a br form input script style sup del dl dt dd h1 meta link
    base ucapcontent !-- /div /table /tr /td /p /a /script -- font center
""".split()  # noqa: SIM905
_ATTRIBUTES = (
    'id="zoom"', 'class="TRS_Editor"', 'class="share"', 'rowspan="0"', 'rowspan="9999999"', 'colspan="70"',
    'style="display:none"', 'href="a.pdf"', 'href="http://[::1/x.doc"', 'href="javascript:a(1)"', "hidden",
    'name="ArticleTitle" content="关于〔2025"', 'rel="canonical" href="//"', 'start="3"', "a'b\"c", "",
)  # fmt: skip
_WORDS = (
    "第一条 券。", "文号：", "国发〔202214号", "发布日期：2025-13-45", "附件：1.表", "| --- |",
    "<!--ZJEG_RSS.content.begin-->", "<!--ZJEG_RSS.content.end-->", "\u202e\u200b", "<![CDATA[", "<",
    "']]>", "\U0010ffff", "&#0;&#xD800;&lt;", "打印",
    "为支持企业使用算力,现就有关事项通知如下,请认真贯彻执行。",
)  # fmt: skip
_SECONDS = 5.0

_tags = st.tuples(st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES)).map(
    lambda both: f"<{both[0]} {both[1]}>"
)
_soup = st.lists(st.one_of(_tags, _tags, st.sampled_from(_WORDS), st.text(max_size=8)), max_size=60).map(
    "".join
)


def read_or_refuse(data: bytes) -> SourceText | None:
    """Return what was read, None where the page was refused; any other fault fails the test."""
    started = time.monotonic()
    try:
        source = read_html(data, "任意.html")
    except IngestError as error:
        assert str(error) and "\n" not in str(error)
        source = None
    assert time.monotonic() - started < _SECONDS
    return source


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refuse(data)


@settings(max_examples=300, deadline=None)
@given(_soup)
def test_tag_soup_is_read_or_refused_and_holds_the_contract(soup: str) -> None:
    source = read_or_refuse(soup.encode("utf-8", "surrogatepass"))
    if source is None:
        return
    lines = source.text.split("\n")
    assert lines.pop() == "" and all(line.strip() == line and line for line in lines)
    assert all(value and label for label, value in source.metadata.items())
    assert all(one.url is None or one.url.startswith(("http://", "https://")) for one in source.attachments)
    assert source.url is None or source.url.startswith(("http://", "https://"))


@settings(max_examples=40, deadline=None)
@given(_soup, st.integers(min_value=50, max_value=400))
def test_soup_many_times_over_ends_as_soon(soup: str, times: int) -> None:
    read_or_refuse((soup * times).encode("utf-8", "surrogatepass"))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.text("甲乙1|", max_size=3)), max_size=6),
        max_size=8,
    )
)
def test_every_row_of_a_table_has_the_width_of_its_header(cells: list[list[tuple[int, int, str]]]) -> None:
    rows = "".join(
        "<tr>" + "".join(f"<td rowspan={r} colspan={c}>{text}</td>" for r, c, text in row) + "</tr>"
        for row in cells
    )
    source = read_or_refuse(f"<div id=zoom>{'正文' * 15}<table>{rows}</table></div>".encode())
    assert source is not None
    widths = {line.count(" | ") for line in source.text.splitlines() if line.startswith("| ")}
    assert len(widths) <= 1
    written = {text.replace("|", "\uff5c") for row in cells for _, _, text in row}
    assert all(text in source.text.replace("|", "\uff5c") for text in written)
