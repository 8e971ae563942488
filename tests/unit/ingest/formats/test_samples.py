"""The real PDF and OFD files are read, or refused for the reason that is known of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.document import document_of
from ingest.errors import UnreadableFileError
from ingest.formats.isolation import IsolatedReader
from ingest.formats.reading import read_source
from ingest.formats.source import SourceText
from ingest.settings import IngestSettings
from tests.fakes.material import material

OFD = {
    "999.ofd": ("重庆增值税电子普通发票", "壹万零陆佰圆整", "| 序号 | 项目名称 | 规格型号 |"),
    "SESV4SignDoc.ofd": ("你好呀，OFD Reader&Writer！",),
    "SplitParagraph.ofd": ("报告：\n“超长文档“裁切测试\n第一段：", "\n第四段："),
    "ano.ofd": ("可信安全浏览器Web应用开发指南（常用手册）",),
    "keyword.ofd": ("鲁（2020）泰安市不动产证明第0014777号", "担保债权数额：35万元"),
    "namespace_no_std.ofd": ("你好呀，OFD Reader&Writer！",),
    "no_page_container.ofd": ("伍拾柒圆整", "上海浪潮云计算服务有限公司"),
    "test-ofda.ofd": ("Hello OFD-A",),
    "不规范资源路径.ofd": ("太仓市婚姻登记处",),
    "拿来主义_page6.ofd": ("自从给枪炮打破了大门之后", "放出眼光，自己来拿！\n"),
    "文字横向-数科.ofd": ("一二三四",),
}  # fmt: skip
OPINIONS = "国务院关于深入实施“人工智能+”行动的意见"


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    isolated = IsolatedReader()
    yield isolated
    isolated.close()


def read(path: Path, reader: IsolatedReader) -> SourceText:
    return read_source(path, IngestSettings(), reader)


@pytest.mark.parametrize("name", OFD)
def test_ofd_files_that_hold_text_are_read(name: str, reader: IsolatedReader) -> None:
    source = read(material("samples/ofd") / name, reader)
    assert [part for part in OFD[name] if part not in source.text] == []


def test_private_glyphs_of_an_ofd_file_are_flagged(reader: IsolatedReader) -> None:
    source = read(material("samples/ofd") / "ano.ofd", reader)
    assert source.flags == ("有 316 个字使用私有编码,读不出是什么字,请对照原件。",)


def test_an_ofd_file_of_drawings_is_refused(reader: IsolatedReader) -> None:
    with pytest.raises(UnreadableFileError, match="各页只有图形或图片,没有文字"):
        read(material("samples/ofd") / "h.ofd", reader)


def test_the_printed_page_of_the_state_council_is_read_paragraph_by_paragraph(reader: IsolatedReader) -> None:
    source = read(material("samples/pdf") / f"{OPINIONS}.pdf", reader)
    lines = source.text.splitlines()
    assert (lines[0], lines[1], lines[-2:]) == (OPINIONS, "国发〔2025〕11号", ["国务院", "2025年8月21日"])
    assert source.title == OPINIONS
    assert source.metadata["发布日期"] == "2025-08-27"
    assert source.url == "https://www.mee.gov.cn/zcwj/gwywj/202508/t20250827_1126207.shtml"
    numbered = [line[:2] for line in lines if line[:2] in ("一、", "二、", "三、", "四、")]
    assert numbered == ["一、", "二、", "三、", "四、"]
    assert sum(line.startswith("（") for line in lines) == 14
    assert not any("\u2e80" <= letter <= "\u2fdf" for letter in source.text)
    long = [line for line in lines if len(line) > 60]
    assert all(line.endswith("。") for line in long) and len(long) == 29
    assert document_of(source, f"{OPINIONS}.pdf").title == OPINIONS


def test_the_english_brochure_is_read_without_its_heads(reader: IsolatedReader) -> None:
    text = read(material("samples/pdf") / "CN_National_AI_Strategy.pdf", reader).text
    assert "artificial intelligence (AI) has developed rapidly" in text
    assert "cutting-edge" in text and "ranked the 2nd in global" in text
    assert text.count("Issued by State Council") == 1
