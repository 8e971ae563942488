"""What a document says that it does to others."""

from __future__ import annotations

import pytest

from ingest.document import parse_document
from ingest.numbers import restore_number
from ingest.promulgation import read_entries, read_promulgation
from ingest.relations import read_relations
from vectorstore.models import Document
from vectorstore.validity import Relation, RelationKind

K = RelationKind


def parsed(sentence: str, title: str = "某市数据条例", head: str = "") -> Document:
    text = f"# {title}\n\n{head}第一条 为了管理数据。\n\n第二条 {sentence}\n"
    return parse_document(text, "a.md")


def relations(sentence: str, title: str = "某市数据条例") -> tuple[Relation, ...]:
    return read_relations(parsed(sentence, title).clauses, title)


@pytest.mark.parametrize(
    ("sentence", "titles", "number", "version"),
    [
        ("《某市旧办法》(湖政发〔2019〕5号)同时废止。", ["某市旧办法"], "湖政发〔2019〕5号", None),
        ("《某市旧办法》（湖政发〔2019〕5号）同时废止。", ["某市旧办法"], "湖政发〔2019〕5号", None),
        ("2019年3月1日市政府发布的《某市旧办法》同时废止。", ["某市旧办法"], None, "2019-03-01"),
        ("《甲办法》、《乙办法》和《丙办法》同时废止。", ["甲办法", "乙办法", "丙办法"], None, None),
        ("《某市旧办法》自本条例施行之日起即行废止。", ["某市旧办法"], None, None),
        ("《关于印发〈某市旧办法〉的通知》同时废止。", ["关于印发〈某市旧办法〉的通知"], None, None),
        ("《关于印发《某市旧办法》的通知》停止执行。", ["关于印发《某市旧办法》的通知"], None, None),
        ("废止《某市旧办法》。", ["某市旧办法"], None, None),
        ("2003年7月1日公布的《某市数据条例》同时废止。", ["某市数据条例"], None, "2003-07-01"),
        (
            "根据2018年3月30日《关于修改〈甲条例〉等七部地方性法规的决定》修正的《乙办法》同时废止。",
            ["乙办法"], None, None,
        ),
    ],
)  # fmt: skip
def test_a_repeal_is_read_with_title_number_version_and_words(
    sentence: str, titles: list[str], number: str | None, version: str | None
) -> None:
    found = relations(sentence)
    assert [(one.kind, one.title) for one in found] == [(K.REPEALS, title) for title in titles]
    assert (found[0].number, found[0].version) == (number, version)
    assert all(one.quote in parsed(sentence).text for one in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "根据《中华人民共和国数据安全法》,制定本条例,相关许可同时废止。",
        "违反《某市旧办法》的,依法处理。",
        "《某市旧办法》不予废止。",
        "《某市旧办法》继续有效,本条例未规定的,按照《甲条例》执行。",
        "《甲证书》失效的,应当按照《乙办法》重新申请。",
        "根据1997年《关于修改〈甲条例〉的决定》第一次修正、2001年第二次修正的规定同时废止。",
        "《没有闭合的书名同时废止。",
    ],
)
def test_a_document_that_is_only_mentioned_is_not_repealed(sentence: str) -> None:
    assert not [one for one in relations(sentence) if one.kind is K.REPEALS]


def test_a_repeal_of_a_part_amends() -> None:
    found = relations("1997年3月25日国务院发布的《反倾销和反补贴条例》中关于反补贴的规定同时废止。")
    assert [(one.kind, one.version) for one in found] == [(K.AMENDS, "1997-03-25")]


@pytest.mark.parametrize(
    ("title", "kind"),
    [("关于修改《某市旧办法》的决定", K.AMENDS), ("某市人民政府关于废止《某市旧办法》的决定", K.REPEALS)],
)
def test_the_title_of_a_decision_says_what_it_does(title: str, kind: RelationKind) -> None:
    assert [(one.kind, one.title) for one in relations("本决定自公布之日起施行。", title)] == [
        (kind, "某市旧办法")
    ]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("本文件已被《某市新办法》废止。", K.REPEALED_BY),
        ("本办法由《某市新办法》代替。", K.SUPERSEDED_BY),
        ("本条例被《关于修改某条例的决定》修改。", K.AMENDED_BY),
    ],
)
def test_a_document_that_tells_its_own_end_names_what_ended_it(sentence: str, kind: RelationKind) -> None:
    assert [one.kind for one in relations(sentence)] == [kind]


HISTORY = (
    "1999年4月29日 第九届全国人民代表大会常务委员会第九次会议通过\n\n"
    "2017年9月1日 第十二届全国人民代表大会常务委员会第二十九次会议"
    "《关于修改〈中华人民共和国法官法〉等八部法律的决定》第二次修正\u3000\n\n"
    "2023年9月1日 第十四届全国人民代表大会常务委员会第五次会议修订\n\n<!-- INFO END -->\n\n"
)


def test_the_history_under_the_title_gives_versions_and_amendments() -> None:
    title = "中华人民共和国行政复议法"
    history = read_promulgation(parsed("本法自2024年1月1日起施行。", title, HISTORY).clauses, title)
    assert (history.adopted, history.version) == ("2023-09-01", "2023-09-01")
    assert history.issuer == "全国人民代表大会常务委员会"
    assert [(one.kind, one.version) for one in history.relations] == [
        (K.AMENDED_BY, "2017-09-01"),
        (K.SUPERSEDES, "2017-09-01"),
    ]
    assert history.relations[0].title == "关于修改〈中华人民共和国法官法〉等八部法律的决定"
    assert all(one.quote in HISTORY for one in history.relations)


def test_a_revision_by_an_order_is_published_by_that_order() -> None:
    head = (
        "2020年7月5日 中华人民共和国国务院令第728号公布\n\n"
        "2025年3月17日 中华人民共和国国务院令第802号修订）\n\n"
    )
    document = parsed("本条例自2025年6月1日起施行。", "保障中小企业款项支付条例", head)
    assert (document.number, document.issuer) == ("中华人民共和国国务院令第802号", "国务院")
    assert (document.level, document.region) == ("国家", "全国")
    dates = document.validity.dates
    assert (dates.published, dates.version, dates.effective) == ("2025-03-17", "2025-03-17", "2025-06-01")


def test_a_revision_by_a_decision_leaves_the_first_publication() -> None:
    head = (
        "2001年8月2日 中华人民共和国国务院令第315号公布\n\n"
        "2016年2月6日 《国务院关于修改部分行政法规的决定》第一次修订\n\n"
    )
    document = parsed("本条例自公布之日起施行。", "印刷业管理条例", head)
    dates = document.validity.dates
    assert (dates.published, dates.version, dates.effective) == ("2001-08-02", "2016-02-06", "2001-08-02")
    assert document.number == "中华人民共和国国务院令第315号"


def test_steps_that_a_line_joins_are_one_of_the_later_day() -> None:
    line = (
        "2019年12月24日 甲市第十七届人民代表大会常务委员会第二十九次会议通过并经2020年1月15日"
        "乙省第十三届人民代表大会常务委员会第十六次会议批准的《关于修改六件地方性法规的决定》修正"
    )
    entries = list(read_entries(line))
    assert [(one.day, one.is_amendment) for one in entries] == [("2020-01-15", True)]


def test_the_adoption_of_an_amendment_is_not_that_of_the_law() -> None:
    head = (
        "2017年9月8日 甲市第五届人民代表大会常务委员会第三次会议通过\n\n"
        "2017年9月29日 乙省第十二届人民代表大会常务委员会第三十一次会议批准\n\n"
        "2018年8月28日 甲市第五届人民代表大会常务委员会第十一次会议通过\n\n"
        "2018年11月29日 乙省第十三届人民代表大会常务委员会第七次会议批准的"
        "《关于修改〈丙条例〉的决定》修正\n\n"
    )
    document = parsed("本条例自2018年1月1日起施行。", "甲市市容条例", head)
    dates = document.validity.dates
    assert (dates.adopted, dates.version, dates.effective) == ("2017-09-08", "2018-11-29", "2018-01-01")
    assert document.issuer == "甲市人民代表大会常务委员会"


@pytest.mark.parametrize(
    ("written", "shown", "is_restored"),
    [
        ("湖政办发〔2025〕15号", "湖政办发〔2025〕15号", False),
        ("湖政办发[2025] 15 号", "湖政办发〔2025〕15号", False),
        ("穗府办规（2024）13号", "穗府办规〔2024〕13号", False),
        ("国发〔202214号", "国发〔2022〕14号", True),
        ("湖政办发2025〕15号", "湖政办发〔2025〕15号", True),
        ("湖政发〔2023〕22", "湖政发〔2023〕22号", True),
        ("文号:浙政发〔2022〕3号", "浙政发〔2022〕3号", False),
        ("中华人民共和国国务院令第802号", "中华人民共和国国务院令第802号", False),
    ],
)
def test_a_number_is_shown_as_far_as_it_is_certain(written: str, shown: str, is_restored: bool) -> None:
    found = restore_number(written)
    assert found is not None
    assert (found.text, found.is_restored) == (shown, is_restored)


@pytest.mark.parametrize("written", ["2023年43", "湖政办发202515号", "〔2025〕15号", "湖政办发", ""])
def test_a_number_that_cannot_be_restored_is_not_shown(written: str) -> None:
    assert restore_number(written) is None


@pytest.mark.parametrize(
    ("sentence", "title", "number", "version"),
    [
        ("湖政发〔2023〕5号《某旧办法》同时废止。", "某旧办法", "湖政发〔2023〕5号", None),
        ("原以湖政发〔2023〕5号印发的《某旧办法》同时废止。", "某旧办法", "湖政发〔2023〕5号", None),
        ("国务院令第728号公布的《某条例》同时废止。", "某条例", "国务院令第728号", None),
        ("《某条例》(2020年修订)同时废止。", "某条例", None, "2020"),
        ("《某条例》(2020年7月1日国务院令第728号公布)同时废止。", "某条例", "国务院令第728号", "2020-07-01"),
        ("《某条例》(2020年修正)(国务院令第728号)同时废止。", "某条例", "国务院令第728号", "2020"),
        (
            "《某旧办法》(湖政发〔2023〕5号,2023年6月1日印发)同时废止。",
            "某旧办法",
            "湖政发〔2023〕5号",
            "2023-06-01",
        ),
        ("《某旧办法》(自2020年7月1日起施行)同时废止。", "某旧办法", None, None),
        ("原湖政发〔2023〕5号文件同时废止。", "湖政发〔2023〕5号", "湖政发〔2023〕5号", None),
    ],
)
def test_number_and_wording_are_read_before_and_behind_the_title(
    sentence: str, title: str, number: str | None, version: str | None
) -> None:
    (found,) = relations(sentence)
    assert (found.kind, found.title, found.number, found.version) == (K.REPEALS, title, number, version)


def test_the_number_in_a_title_and_an_amendment_in_a_sentence_are_read() -> None:
    (titled,) = relations("将第三条改为第四条。", "某市关于修改《某旧办法》(湖政发〔2023〕5号)的决定")
    assert (titled.kind, titled.number) == (K.AMENDS, "湖政发〔2023〕5号")
    (said,) = relations("对《某旧办法》(湖政发〔2023〕5号)作如下修改:删去第三条。")
    assert (said.kind, said.number) == (K.AMENDS, "湖政发〔2023〕5号")


def test_a_number_that_is_only_a_ground_is_not_repealed() -> None:
    assert not relations("根据湖政发〔2023〕5号文件,本办法自发布之日起废止。")
    assert not relations("根据湖政发〔2023〕5号停止执行。")
