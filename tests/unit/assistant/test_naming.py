from __future__ import annotations

import pytest

from assistant.labels import labels_of, titles_of
from assistant.naming import Naming
from vectorstore.models import Document
from vectorstore.validity import DocumentDates, Validity


def held(
    name: str, title: str, *, number: str | None = None, region: str | None = None, **dates: str
) -> Document:
    return Document(
        document_id=name, title=title, status="未标注", source_name=f"{name}.md", digest="0" * 64, clauses=(),
        number=number, region=region, validity=Validity(dates=DocumentDates(**dates)),
    )  # fmt: skip


DOCUMENTS = (
    held("pay-2020", "保障中小企业款项支付条例", version="2020-07-05", effective="2020-09-01"),
    held("pay-2025", "保障中小企业款项支付条例", version="2025-03-17", effective="2025-06-01"),
    held("company", "中华人民共和国公司法", version="2023-12-29"),
    held("estate", "物业管理条例"),
    held("estate-hz", "湖州市物业管理条例", region="湖州市"),
    held(
        "mfg",
        "湖州市推动制造业高质量发展实施意见(2023—2025年)",
        number="湖政办发〔2023〕23号",
        region="湖州市",
    ),
    held("cluster", "湖州市聚力打造先进制造业集群行动方案(2023—2027年)", number="湖政办发〔2023〕22号"),
    held("print", "湖州市人民政府办公室关于印发湖州市数字贸易若干办法的通知", region="湖州市"),
)  # fmt: skip
NAMING = Naming(DOCUMENTS)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("保障中小企业款项支付条例怎么规定", {"pay-2020", "pay-2025"}),
        ("公司法哪天施行", {"company"}),
        ("湖州市物业管理条例还有效吗", {"estate-hz"}),
        ("湖政办发〔2023〕23号还有效吗", {"mfg"}),
        ("请看湖政办发(2023)22号", {"cluster"}),
        ("湖政办发2023年23号文还能报不", {"mfg"}),
        ("23号文那个奖励", {"mfg"}),
        ("123号文那个奖励", set()),
        ("湖州市推动制造业高质量发展实施意见到期没", {"mfg"}),
        ("湖州市数字贸易若干办法谁发的", {"print"}),
        ("大企业付款期限多少天", set()),
        ("", set()),
    ],
)
def test_a_question_names_documents_by_title_or_number(text: str, ids: set[str]) -> None:
    assert set(NAMING.find(text).ids) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("2023那个制造业意见到期了吗", {"mfg"}),
        ("先进制造业集群那个方案还有效吗", {"cluster"}),
        ("天气预报的办法还有效吗", set()),
        ("试用期多久", set()),
    ],
)
def test_a_document_is_guessed_by_the_words_of_its_title(text: str, ids: set[str]) -> None:
    assert set(NAMING.guess(text).ids) == ids


def test_a_year_tells_versions_apart() -> None:
    found = NAMING.find("保障中小企业款项支付条例2020年版")
    assert found.ids == ("pay-2020",) and found.versions == {"pay-2020"}
    assert NAMING.find("保障中小企业款项支付条例").versions == frozenset()
    assert NAMING.find("2020年的时候保障中小企业款项支付条例怎么规定").versions == frozenset(), (
        "a day, no version"
    )


def test_versions_of_one_title_are_labelled_by_their_day() -> None:
    labels, titles = labels_of(DOCUMENTS), titles_of(DOCUMENTS)
    assert labels["pay-2020"] == "《保障中小企业款项支付条例》(2020-07-05版)"
    assert titles["pay-2025"] == "保障中小企业款项支付条例(2025-03-17版)"
    assert labels["company"] == "《中华人民共和国公司法》"
