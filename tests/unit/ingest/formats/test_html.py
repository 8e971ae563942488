"""A page of a government becomes the text of its document, with what the page says about it."""

from __future__ import annotations

import pytest

from ingest.errors import UnreadableFileError
from ingest.formats.html import read_html
from ingest.formats.source import SourceText

NAME = "通知.html"
ARTICLE = "为支持企业使用算力,现就有关事项通知如下。各区县要认真贯彻执行。"


def page(body: str, head: str = "") -> SourceText:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode(), NAME)


def zoom(body: str, head: str = "") -> SourceText:
    return page(f'<div id="zoom"><p>{ARTICLE}</p>{body}</div>', head)


def lines(source: SourceText) -> list[str]:
    return source.text.splitlines()


def test_a_page_too_short_to_tell_its_text_from_the_rest_is_read_where_it_holds_articles() -> None:
    table = "<table><tr><td colspan=100000000 rowspan=100000000>第一条 甲</td></tr></table>"
    source = page(f"<h1>某办法</h1>{table}<p>第二条 乙</p>")
    assert "第一条 甲" in source.text and "第二条 乙" in source.text
    with pytest.raises(UnreadableFileError):
        page("<h1>某办法</h1><p>乙</p>")


@pytest.mark.parametrize(
    "container",
    ['id="UCAP-CONTENT"', 'id="zoom"', 'class="TRS_Editor"', 'class="view TRS_UEDITOR trs_web"',
     'class="article-content"', 'class="pages_content"'],
)  # fmt: skip
def test_known_containers_hold_the_text_and_nothing_around_it(container: str) -> None:
    source = page(
        f"<div>网站首页的导航 今日要闻</div><div {container}><p>{ARTICLE}</p></div><div>友情链接</div>"
    )
    assert source.text == ARTICLE + "\n"
    assert source.format == "html"


def test_the_text_stands_between_the_marks_of_jcms() -> None:
    text = f"<!--ZJEG_RSS.content.begin--><p>{ARTICLE}</p><p>一、券</p><!--ZJEG_RSS.content.end-->"
    assert lines(page(f"<p>热点</p>{text}<p>尾</p>")) == [ARTICLE, "一、券"]


def test_a_page_of_no_known_system_is_read_by_density() -> None:
    paragraphs = "".join(f"<p>第{n}条 {ARTICLE}</p>" for n in "一二三四五")
    table = "<table><tr><th>项目</th><th>标准</th></tr><tr><td>算力券</td><td>八成</td></tr></table>"
    source = page(
        "<ul class=nav><li><a href=/>首页</a></li><li><a href=/b>政务公开</a></li></ul>"
        f"<div class=abc><h1>关于算力券的通知</h1><div class=def>{paragraphs}{table}</div></div>"
        "<div class=footer>版权所有 某市人民政府</div>"
    )
    assert f"第五条 {ARTICLE}" in lines(source) and "| 算力券 | 八成 |" in lines(source)
    assert "首页" not in source.text and "版权所有" not in source.text


def test_a_page_without_a_text_is_refused_in_one_line() -> None:
    with pytest.raises(UnreadableFileError, match="没有找到正文") as refused:
        page("<div class=nav>首页</div>")
    assert "\n" not in str(refused.value) and NAME in str(refused.value)


def test_scripts_styles_comments_and_handlers_never_reach_the_text() -> None:
    source = zoom(
        "<script>steal('账号')</script><style>.a{color:red}</style><!-- 文件状态:现行有效 -->"
        "<p onclick=\"alert('秘密')\">第一条 券。</p><noscript>请启用脚本</noscript>"
        "<svg><text>图</text></svg>"
        "<template>样板</template><iframe>框</iframe>"
    )
    assert lines(source) == [ARTICLE, "第一条 券。"]
    assert "有效性" not in source.metadata


def test_hidden_text_is_left_out_and_said() -> None:
    source = zoom(
        '<p style="display: none">补贴一千万元,人人都有,请速来领取,逾期不候,切勿错过</p><p hidden>甲</p>'
    )
    assert "一千万" not in source.text
    assert any("隐藏" in flag for flag in source.flags)


def test_struck_out_text_is_left_out_and_said() -> None:
    source = zoom("<p>补贴<del>50%</del>30%。</p>")
    assert "补贴30%。" in lines(source)
    assert any("划去" in flag for flag in source.flags)


def test_a_power_does_not_become_another_number() -> None:
    assert "算力 10⁴ 卡,CO₂ 减排,注[1]" in lines(
        zoom("<p>算力 10<sup>4</sup> 卡,CO<sub>2</sub> 减排,注<sup>[1]</sup></p>")
    )


def test_tools_of_the_page_are_dropped_and_sentences_with_their_words_stay() -> None:
    source = zoom(
        "<p>您当前的位置:首页 &gt; 政策</p><p>【打印】【关闭窗口】</p><p>上一篇:另一个通知</p>"
        "<p>下一篇:没有了</p><p>扫一扫在手机打开当前页</p><p>字体:大 中 小</p>"
        "<div class='bdsharebuttonbox'><a>微信好友</a></div><form><input name=q><label>留言</label></form>"
        "<p>申请人打印申请表后关闭窗口。</p><p>一、分享到平台的数据应当脱敏。</p>"
    )
    assert lines(source) == [ARTICLE, "申请人打印申请表后关闭窗口。", "一、分享到平台的数据应当脱敏。"]


def test_a_form_around_the_whole_page_does_not_swallow_the_text() -> None:
    source = page(f'<form id="aspnetForm"><input name="s"><div id="zoom"><p>{ARTICLE}</p></div></form>')
    assert lines(source) == [ARTICLE]


def test_lists_keep_the_numbers_that_a_reader_sees() -> None:
    source = zoom(
        "<ol><li>营业执照</li><li>申请表</li></ol><ol start=3><li>合同</li></ol>"
        "<ol><li>1.发票</li></ol><ul><li>其他</li></ul>"
    )
    assert lines(source)[1:] == ["1. 营业执照", "2. 申请表", "3. 合同", "1.发票", "其他"]


def test_the_headline_goes_on_top_only_where_the_text_lacks_it() -> None:
    head = '<meta name="ArticleTitle" content="关于算力券的通知">'
    assert lines(zoom("", head))[0] == "关于算力券的通知"
    repeated = page(
        f"<div id=zoom><p>湖政发〔2025〕1号</p><p>关于算力券的通知</p><p>{ARTICLE}</p></div>", head
    )
    assert lines(repeated) == ["湖政发〔2025〕1号", "关于算力券的通知", ARTICLE]


def test_a_headline_broken_over_lines_is_made_whole() -> None:
    head = '<meta name="ArticleTitle" content="市经信局 市财政局关于印发算力券办法的通知">'
    source = page(
        f"<div id=zoom><p>市经信局 市财政局</p><p>关于印发算力券办法的通知</p><p>{ARTICLE}</p></div>", head
    )
    assert lines(source) == ["市经信局 市财政局关于印发算力券办法的通知", ARTICLE]


@pytest.mark.parametrize(
    ("title", "publisher", "is_reprint"),
    [
        ("（转载）市政府关于算力券的通知", "天园街道办事处", True),
        ("广州市民政局 广州市财政局关于印发办法的通知", "广州市天河区财政局（国有资产监督管理局）", True),
        ("广州市民政局 广州市财政局关于印发办法的通知", "广州市财政局", False),
        ("广州市人民政府办公厅关于印发办法的通知", "广州市人民政府", False),
        ("市经信局关于印发办法的通知", "湖州市经济和信息化局", False),
        ("关于印发办法的通知", "湖州市经济和信息化局", False),
    ],
)
def test_who_puts_a_page_up_is_not_taken_for_the_issuer(title: str, publisher: str, is_reprint: bool) -> None:
    head = f'<meta name="ArticleTitle" content="{title}">'
    body = f"<li>发布机构：{publisher}</li><div id=zoom><p>{ARTICLE}</p></div>"
    source = page(body, head)
    assert source.title == title.removeprefix("（转载）")
    assert source.metadata["转载单位" if is_reprint else "发布机构"] == publisher
    assert len({"转载单位", "发布机构"} & source.metadata.keys()) == 1
    assert any("转载" in flag for flag in source.flags) is is_reprint


def test_links_to_explanations_at_the_ends_are_no_text() -> None:
    source = page(
        f"<div id=zoom><p>点击查看政策解读:图解</p><p>{ARTICLE}</p><p>一图读懂:https://a.example/</p></div>"
    )
    assert lines(source) == [ARTICLE]


def test_a_page_that_is_a_picture_says_so() -> None:
    assert any("主要是 1 张图片" in flag for flag in zoom('<img src="a.png">').flags)


@pytest.mark.parametrize(
    ("encoded", "charset"),
    [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", None), ("utf-8", "gbk"), ("utf-8-sig", None),
     ("utf-16", None)],
)  # fmt: skip
def test_pages_in_the_codes_of_governments_are_read(encoded: str, charset: str | None) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    markup = f"<html><head>{meta}</head><body><div id=zoom><p>{ARTICLE}</p></div></body></html>"
    assert lines(read_html(markup.encode(encoded), NAME)) == [ARTICLE]


def test_two_gb_bytes_that_look_like_utf8_are_read_as_declared() -> None:
    markup = '<meta charset="gb2312"><div id=zoom>' + "联通" * 12 + "</div>"
    assert lines(read_html(markup.encode("gb2312"), NAME)) == ["联通" * 12]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空"),
        (b" \n ", "空"),
        (b"<p>\x00</p>", "二进制"),
        ('<meta charset="big5"><div id=zoom>檔案內容與說明文字</div>'.encode("big5"), "big5"),
        ("<div id=zoom>檔案內容與說明文字補助</div>".encode("big5"), "编码"),
        (b"\xef\xbb\xbf<p>\xff\xfe\xfa</p>", "编码"),
        (b"<div>" * 10_000 + b"x" + b"</div>" * 10_000, "嵌套过深"),
        (b"<div " + b"a b c " * 1000 + b">", "属性超过"),
        (b"<b>x</b>" * 200_001, "标签"),
        (b"x" * 20_000_001, "上限"),
        (b"<p>" + b"word " * 1_000_000, "上限"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_clear_line(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=reason) as refused:
        read_html(data, NAME)
    assert str(refused.value).startswith(NAME) and "\n" not in str(refused.value)


def test_250_levels_are_read() -> None:
    source = read_html(("<div>" * 240 + f"<div id=zoom>{ARTICLE}</div>").encode(), NAME)
    assert lines(source) == [ARTICLE]


def test_thousands_of_dropped_elements_in_a_row_keep_the_text_between_them() -> None:
    source = read_html(("<div id=zoom>" + "<script>1</script>文字" * 20_000 + "</div>").encode(), NAME)
    assert source.text == "文字" * 20_000 + "\n"


def test_a_call_for_comments_is_read_without_its_form() -> None:
    source = page(
        '<div class="crumbs">当前位置：首页 &gt; 意见征集</div><h1>关于征求《算力券办法》意见的函</h1>'
        f'<div id="zoom"><p>{ARTICLE}</p><p>一、支持企业用算力。</p>'
        "<form><p>您的姓名：<input name=n></p><p>验证码：<input name=c><img src=c.jpg> 看不清？换一张</p>"
        "<button>提交</button></form></div>"
        "<ul><li>征集部门：市经信局</li><li>发布日期：2025-07-01</li><li>截止日期：2025-07-10</li></ul>"
    )
    assert lines(source) == ["关于征求《算力券办法》意见的函", ARTICLE, "一、支持企业用算力。"]
    assert (source.metadata["征集部门"], source.metadata["截止日期"]) == ("市经信局", "2025-07-10")
    assert source.flags == ()


def test_a_page_of_jcms_is_read_with_its_columns() -> None:
    head = (
        '<meta name="ArticleTitle" content="湖州市人民政府办公室关于印发算力券办法的通知">'
        '<meta name="PubDate" content="2025-07-11 09:00"><meta name="ContentSource" content="市府办">'
    )
    table = (
        "<table class='xxgk_top'><tr><td>索 引 号：</td><td>330500/2025-00015</td><td>文件编号：</td>"
        "<td>湖政办发〔2025〕15号</td></tr><tr><td>规范性文件统一编号：</td><td></td><td>发布机构：</td>"
        "<td>市府办</td></tr><tr><td>成文日期：</td><td>2025- 06- 16</td>"
        "<td>公开方式：</td><td>主动公开</td></tr></table>"
    )
    begin, end = "<!--ZJEG_RSS.content.begin-->", "<!--ZJEG_RSS.content.end-->"
    text = f"{begin}<div class=TRS><p>{ARTICLE}</p><p>第一条 券。</p></div>{end}"
    source = page(f"{table}<div class=bt>标题</div>{text}<p>【打印】【关闭】</p>", head)
    assert lines(source) == ["湖州市人民政府办公室关于印发算力券办法的通知", ARTICLE, "第一条 券。"]
    assert source.metadata == {
        "索引号": "330500/2025-00015",
        "文号": "湖政办发〔2025〕15号",
        "发布机构": "市府办",
        "成文日期": "2025-06-16",
        "公开方式": "主动公开",
        "标题": "湖州市人民政府办公室关于印发算力券办法的通知",
        "发布日期": "2025-07-11",
        "来源": "市府办",
    }
