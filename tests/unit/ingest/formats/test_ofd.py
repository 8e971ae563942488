from __future__ import annotations

import io

import pytest
from PIL import Image

from ingest.errors import UnreadableFileError
from ingest.formats import recognition
from ingest.formats.layout import Piece
from ingest.formats.limits import ReadingLimits
from ingest.formats.ofd import read_ofd
from ingest.formats.recognition import Recogniser, Seen
from ingest.formats.source import SourceText
from tests.fakes.ofds import NAMESPACE, ofd_files, page_xml, path_object, text_object, zip_of

LINE = "为支持企业使用本市算力资源规范算力券的发放兑付和监督管理工作"


def read(data: bytes) -> SourceText:
    limits = ReadingLimits()
    return read_ofd(data, "a.ofd", limits, Recogniser("a.ofd", limits))


def one_page(*objects: str, **kwargs: str) -> bytes:
    return zip_of(ofd_files([objects], **kwargs))


def test_lines_become_paragraphs_whatever_the_order_of_the_objects() -> None:
    objects = [
        text_object(30, 70, LINE[:20] + "。"),
        text_object(38, 50, "第一条 " + LINE[:24]),
        text_object(30, 57, LINE),
        text_object(30, 64, LINE),
        text_object(38, 80, "第二条 每家最高200万元。"),
    ]
    text = read(one_page(*objects)).text
    assert text.splitlines() == [f"第一条 {LINE[:24]}{LINE}{LINE}{LINE[:20]}。", "第二条 每家最高200万元。"]


@pytest.mark.parametrize("namespace", [NAMESPACE, "http://www.ofdspec.org", "urn:x"])
def test_another_namespace_than_the_standards_is_read(namespace: str) -> None:
    assert read(one_page(text_object(30, 50, "第一条 甲。"), namespace=namespace)).text == "第一条 甲。\n"


def test_pages_are_read_in_the_order_of_the_document_and_a_missing_one_is_said() -> None:
    files = ofd_files([[text_object(30, 150, f"第{n}条")] for n in "一二三"])
    del files["Doc_0/Pages/Page_1/Content.xml"]
    source = read(zip_of(files))
    assert source.text == "第一条\n第三条\n"
    assert source.flags == ("第2页的内容文件缺失,未读入。",)


@pytest.mark.parametrize(
    "path", ["/Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml", "pages/page_0/content.XML"]
)
def test_a_path_that_breaks_the_standard_is_followed(path: str) -> None:
    files = ofd_files([[text_object(30, 50, "第一条 甲。")]])
    document = str(files["Doc_0/Document.xml"])
    files["Doc_0/Document.xml"] = document.replace("Pages/Page_0/Content.xml", path)
    assert read(zip_of(files)).text == "第一条 甲。\n"


def test_deltas_that_step_back_begin_a_new_line() -> None:
    code = (
        '<ofd:TextObject ID="9" Boundary="30 50 80 20" Font="3" Size="4"><ofd:TextCode X="0" Y="4" '
        'DeltaX="g 3 4 -12 g 2 4" DeltaY="g 3 0 6 g 2 0">抵押方式最高额</ofd:TextCode></ofd:TextObject>'
    )
    assert read(one_page(code)).text == "抵押方式\n最高额\n"


def test_ruled_cells_become_pipe_rows() -> None:
    lines = [path_object(30, y, 150, y) for y in (50, 60, 70)] + [
        path_object(x, 50, x, 70) for x in (30, 90, 150)
    ]
    cells = [
        text_object(x, y, text)
        for x, y, text in ((32, 56, "级别"), (92, 56, "上限"), (32, 66, "市级"), (92, 66, "200万元"))
    ]
    assert read(one_page(*lines, *cells)).text == "| 级别 | 上限 |\n| --- | --- |\n| 市级 | 200万元 |\n"


def test_templates_are_read_and_what_is_not_shown_is_not() -> None:
    files = ofd_files([[text_object(30, 150, "第一条 甲。")]])
    template = '<ofd:CommonData><ofd:TemplatePage ID="7" BaseLoc="Tpls/T.xml"/>'
    files["Doc_0/Document.xml"] = str(files["Doc_0/Document.xml"]).replace("<ofd:CommonData>", template)
    page = [
        text_object(30, 150, "第一条 甲。"),
        text_object(30, 160, "看不见").replace("ID=", 'Visible="false" ID='),
    ]
    files["Doc_0/Pages/Page_0/Content.xml"] = page_xml(page, before='<ofd:Template TemplateID="7"/>')
    files["Doc_0/Tpls/T.xml"] = page_xml([text_object(30, 140, "底版文字")])
    assert read(zip_of(files)).text == "底版文字\n第一条 甲。\n"


def test_clipped_and_slanted_text_is_left_out_and_said() -> None:
    clip = '<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="0 0 5 0"/></ofd:Area></ofd:Clip></ofd:Clips>'
    source = read(
        one_page(
            text_object(30, 50, "第一条 甲。"),
            text_object(30, 60, "隐藏", extra=clip),
            text_object(30, 90, "水印", ctm="0.7071 -0.7071 0.7071 0.7071 0 0"),
        )
    )
    assert source.text == "第一条 甲。\n"
    assert source.flags == ("第1页有 2 个斜排的字(多为水印),未读入。", "有 2 个字在原件里不显示,未读入。")


def test_private_glyphs_are_counted_and_kept() -> None:
    source = read(one_page(text_object(30, 50, "第一条 \ue000\ue001甲")))
    assert source.flags == ("有 2 个字使用私有编码,读不出是什么字,请对照原件。",)
    assert "\ue000\ue001" in source.text


def test_properties_and_attachments_are_told() -> None:
    info = (
        "<ofd:Title>算力券办法</ofd:Title><ofd:Author>湖州</ofd:Author>"
        "<ofd:CreationDate>2025-06-02</ofd:CreationDate><ofd:ModDate>20250603</ofd:ModDate>"
    )
    files = ofd_files(
        [[text_object(30, 50, "算力券办法")]], info=info, more="<ofd:Attachments>A.xml</ofd:Attachments>"
    )
    files["Doc_0/A.xml"] = (
        f'<ofd:Attachments xmlns:ofd="{NAMESPACE}"><ofd:Attachment Name="申报表"/></ofd:Attachments>'
    )
    source = read(zip_of(files))
    assert source.title == "算力券办法"
    assert source.metadata == {"文件作者": "湖州", "文件创建日期": "2025-06-02", "文件修改日期": "2025-06-03"}
    assert [one.name for one in source.attachments] == ["申报表"]


def test_a_file_of_pictures_alone_is_refused_as_such() -> None:
    with pytest.raises(UnreadableFileError, match=r"^a\.ofd:OFD 各页只有图形或图片,没有文字"):
        read(one_page(path_object(1, 1, 9, 9)))


@pytest.mark.parametrize("lost", ["OFD.xml", "Doc_0/Document.xml"])
def test_a_file_without_its_root_is_refused(lost: str) -> None:
    files = ofd_files([[text_object(30, 50, "甲")]])
    del files[lost]
    with pytest.raises(UnreadableFileError, match=f"缺少 {lost}"):
        read(zip_of(files))


def test_pages_that_are_pictures_are_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Seen(90, 120, (Piece("第一条 甲。", 10, 80, 10, 22, 12),), (), 0, 0.97)
    monkeypatch.setattr(recognition, "_recognise", lambda picture, name, flag_below: page)
    picture = io.BytesIO()
    Image.new("RGB", (90, 120)).save(picture, "JPEG")
    image = '<ofd:ImageObject ID="4" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="5"/>'
    files = ofd_files([[image]])
    files["Doc_0/Document.xml"] = str(files["Doc_0/Document.xml"]).replace(
        "<ofd:CommonData>", "<ofd:CommonData><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
    )
    media = '<ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>a.jpg</ofd:MediaFile></ofd:MultiMedia>'
    files["Doc_0/DocumentRes.xml"] = (
        f'<ofd:Res xmlns:ofd="{NAMESPACE}" BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>'
    )
    files["Doc_0/Res/a.jpg"] = picture.getvalue()
    source = read(zip_of(files))
    assert (source.text, source.format) == ("第一条 甲。\n", "scan")
    assert source.flags == ("1 页由图片识别得来,平均把握 97%,引用前请对照原件。",)
    files["Doc_0/Res/a.jpg"] = b"no picture"
    with pytest.raises(UnreadableFileError, match="没有文字"):
        read(zip_of(files))
