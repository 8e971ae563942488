"""What a page says about its document is found under every name and form that official sites use."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ingest.document import document_of
from ingest.formats.html import read_html
from ingest.formats.page_labels import date_of, label_of
from ingest.formats.source import SourceText
from vectorstore.models import Document

CLAUSES = (
    "<div id=zoom><p>关于算力券的通知</p><p>一、对象</p><p>企业。</p><p>二、标准</p><p>按年定。</p></div>"
)
TEXT = "<div id=zoom><p>为支持企业使用算力,现就有关事项通知如下。</p></div>"


def page(around: str, head: str = "") -> SourceText:
    return read_html(f"<html><head>{head}</head><body>{around}{TEXT}</body></html>".encode(), "页.html")


def metadata(around: str, head: str = "") -> Mapping[str, str]:
    return page(around, head).metadata


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("索 引 号:", "索引号"),
        ("信息索引号", "索引号"),
        ("文\u3000\u3000号：", "文号"),
        ("文件编号", "文号"),
        ("发文字号", "文号"),
        ("文件字号", "文号"),
        ("发文机关", "发布机构"),
        ("发布单位：", "发布机构"),
        ("规范性文件统一编号", "统一编号"),
        ("文件登记号", "统一编号"),
        ("有 效 性", "有效性"),
        ("信息有效性", "有效性"),
        ("【实施日期】", "施行日期"),
        ("公开日期", "发布日期"),
        ("字号", None),
        ("联系人", None),
    ],
)
def test_labels_are_one_under_all_their_names(written: str, label: str | None) -> None:
    assert label_of(written) == label


@pytest.mark.parametrize(
    "form",
    [
        "<table><tr><td>索 引 号</td><td>330500/2025-1</td>"
        "<td>文件编号\uff1a</td><td>湖政发〔2025〕1号</td></tr></table>",
        "<table><tr><th>索引号</th><td>330500/2025-1</td></tr>"
        "<tr><th>文号</th><td>湖政发〔2025〕1号</td></tr></table>",
        "<dl><dt>索引号</dt><dd>330500/2025-1</dd><dt>发文字号</dt><dd>湖政发〔2025〕1号</dd></dl>",
        "<ul><li><span>索引号：</span> 330500/2025-1 </li><li><b>文　　号：</b>湖政发〔2025〕1号</li></ul>",
        "<ol><li>[索引号] <span>330500/2025-1</span></li>"
        "<li>[发文字号] 湖政发〔2025〕<span>1号</span></li></ol>",
        "<p><span>索引号</span><span>330500/2025-1</span></p><p><em>文号</em><i></i><em>湖政发〔2025〕1号</em></p>",
        "<div>索引号：330500/2025-1 文号：湖政发〔2025〕1号 浏览次数：12</div>",
    ],
)
def test_table_list_and_line_say_the_same(form: str) -> None:
    found = metadata(form)
    assert (found["索引号"], found["文号"]) == ("330500/2025-1", "湖政发〔2025〕1号")


def test_a_label_that_the_page_leaves_empty_is_missing() -> None:
    found = metadata(
        "<table><tr><td>文号</td><td></td><td>发布机构</td><td>----</td></tr>"
        "<tr><td>有效性</td><td>无</td></tr></table>"
        "<li><span>统一编号：</span></li><li><span>成文日期：</span></li>"
    )
    assert not found.keys() & {"文号", "发布机构", "有效性", "统一编号", "成文日期"}


def test_choices_of_a_search_form_are_no_metadata() -> None:
    found = metadata(
        "<div class='search__form'><span>文件状态</span><span>现行有效</span></div>"
        "<select><option>文号</select>"
    )
    assert "有效性" not in found and "文号" not in found


def test_a_choice_is_no_validity() -> None:
    assert "有效性" not in metadata("<p><span>有效性</span><span>不限</span></p>")


def test_the_dates_are_kept_apart() -> None:
    found = metadata(
        "<li>成文日期：2025年6月16日</li><li>发布日期：2025-07-11 00:00:00</li><li>实施日期：2025. 8. 1</li>"
        "<li>失效日期：20280731</li><li>废止日期：----</li>"
    )
    assert {
        label: found.get(label) for label in ("成文日期", "发布日期", "施行日期", "失效日期", "废止日期")
    } == {
        "成文日期": "2025-06-16",
        "发布日期": "2025-07-11",
        "施行日期": "2025-08-01",
        "失效日期": "2028-07-31",
        "废止日期": None,
    }


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2025- 05- 15", "2025-05-15"),
        ("2025年5月6日", "2025-05-06"),
        ("2025-04-08\u00a011:24:11", "2025-04-08"),
        ("2025/5/6 9:05", "2025-05-06"),
        ("20251224", "2025-12-24"),
        ("2025-02-30", None),
        ("2025年5月", "2025年5月"),
        ("长期有效", "长期有效"),
        ("2025-05-22 11:122025-07-04 11:18", None),
        ("12", None),
        ("", None),
    ],
)
def test_whole_dates_become_iso_and_no_other_is_guessed(written: str, date: str | None) -> None:
    assert date_of(written) == date


def test_meta_tags_fill_what_the_page_does_not_show() -> None:
    head = (
        '<meta name="ArticleTitle" content="关于算力券的通知">'
        '<meta name="PubDate" content="2025-07-01 10:00">'
        '<meta name="ContentSource" content="市经信局"><meta name="SiteName" content="某市人民政府">'
    )
    source = page("<p>发布日期：2025-07-02</p>", head)
    assert source.title == "关于算力券的通知"
    assert source.metadata["发布日期"] == "2025-07-02"
    assert (source.metadata["来源"], source.metadata["网站名称"]) == ("市经信局", "某市人民政府")


@pytest.mark.parametrize(
    ("head", "around"),
    [
        ("<title>关于算力券的通知_政策文件_某市政府</title>", ""),
        ("<title>关于算力券的通知 - 某市政府</title>", ""),
        ("<title>某市政府</title>", "<h1>关于算力券的通知</h1>"),
        ('<meta property="og:title" content="关于算力券的通知">', ""),
        ("", "<table><tr><td>名 称</td><td>关于算力券的通知</td></tr></table>"),
    ],
)
def test_the_title_is_found_wherever_the_page_says_it(head: str, around: str) -> None:
    assert page(around, head).title == "关于算力券的通知"


def test_a_metadata_table_within_the_text_is_read_and_taken_out() -> None:
    table = (
        "<table><tr><td>索引号</td><td>K1/2025</td></tr><tr><td>文号</td><td>湖政发〔2025〕1号</td></tr>"
        "<tr><td>成文日期</td><td>2025-06-16</td></tr></table>"
    )
    source = read_html(
        f"<div id=zoom>{table}<p>为支持企业使用算力,现通知如下。</p></div>".encode(), "页.html"
    )
    assert source.text == "为支持企业使用算力,现通知如下。\n"
    assert source.metadata == {"索引号": "K1/2025", "文号": "湖政发〔2025〕1号", "成文日期": "2025-06-16"}


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("国发〔202214号", "国发〔2022〕14号"),
        ("国发2022〕14号", "国发〔2022〕14号"),
        ("〔2023〕22", None),
        ("国发202214号", None),
    ],
)
def test_a_broken_number_is_mended_and_said_or_not_shown(written: str, number: str | None) -> None:
    source = read_html(f"<li>文号：{written}</li>{CLAUSES}".encode(), "页.html")
    assert source.metadata["文号"] == written
    document = document_of(source, "页.html")
    assert document.number == number
    assert any(written in flag for flag in document.flags)


@pytest.mark.parametrize("written", ["湖政办发[2025]15号", "湖政办发（2025） 15 号"])
def test_a_whole_number_gets_its_own_brackets(written: str) -> None:
    assert metadata(f"<li>文号：{written}</li>")["文号"] == "湖政办发〔2025〕15号"


def test_a_dash_in_a_title_stays() -> None:
    head = '<meta name="ArticleTitle" content="问答课堂——如何转移">'
    assert page("", head).title == "问答课堂——如何转移"


ARTICLES = "<p>第一条\u3000支持企业。</p><p>第二条\u3000本办法自2024年6月1日起施行。</p>"


def official(rows: str, below: str) -> Document:
    table = f"<table><tr><td>索 引 号</td><td>113305</td></tr>{rows}</table>"
    markup = f"<html><body>{table}<h1>湖州市数字办法</h1><div id=zoom>{ARTICLES}{below}</div></body></html>"
    return document_of(read_html(markup.encode(), "页.html"), "页.html")


def test_a_field_that_is_left_empty_does_not_take_the_next_one() -> None:
    rows = (
        "<tr><td>发布机构</td><td></td></tr><tr><td>成文日期</td><td>2025-07-11</td></tr>"
        "<tr><td>公开方式</td><td>主动公开</td></tr>"
    )
    below = "<p>湖州市人民政府办公室</p><p>2025年6月16日</p><p>发布时间：2025-07-12</p>"
    document = official(rows, below)
    dates = document.validity.dates
    assert document.issuer == "湖州市人民政府办公室"
    assert (dates.adopted, dates.signed, dates.published) == ("2025-07-11", "2025-06-16", "2025-07-12")


@pytest.mark.parametrize(
    "form",
    [
        "<ul><li>发布机构</li><li>成文日期2025-07-11</li></ul>",
        "<dl><dt>发布机构</dt><dd></dd><dt>成文日期</dt><dd>2025-07-11</dd></dl>",
    ],
)
def test_the_next_field_is_no_value(form: str) -> None:
    assert "发布机构" not in metadata(form)


def test_a_validity_with_a_blank_is_read() -> None:
    document = official("<tr><td>信息有效性</td><td>有 效</td></tr>", "")
    assert document.status == "现行有效"


@pytest.mark.parametrize("date", ["20251224", " 2025年12月24日"])
def test_an_office_and_its_date_on_one_line_sign(date: str) -> None:
    document = official("", f"<p>金华市婺城区人民政府办公室{date}</p>")
    assert document.validity.dates.signed == "2025-12-24"
    assert document.issuer == "金华市婺城区人民政府办公室"
    assert document.clauses[-1].path == "落款"


def test_the_day_of_issue_is_kept_apart() -> None:
    rows = "<tr><td>发文时间</td><td>2024-05-20 00:00:00</td></tr>"
    dates = official(rows, "<p>德清县人民政府办公室</p><p>2024年5月10日</p>").validity.dates
    assert (dates.printed, dates.signed, dates.published) == ("2024-05-20", "2024-05-10", None)
