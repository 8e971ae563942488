"""Facts about measures: only what its own words bear out goes in, only trustworthy addresses are shown."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ingest.datafiles import SHIPPED
from ingest.document import check_tree
from ingest.errors import SettingsError
from ingest.measures import is_government, measure_text, read_measures
from vectorstore.measures import MeasureKind, Payee
from vectorstore.models import ClauseKind

FILE = SHIPPED / "measures.yaml"
POLICY = {
    "id": "excerpt-try", "title": "试行办法", "issuer": "某市", "level": "市", "region": "某市",
    "status": "未标注", "status_basis": "未见", "checked": "2026-01-01", "source": "official",
    "url": "https://www.mou.gov.cn/a.html", "confidence": "高",
}  # fmt: skip
MEASURE = {
    "n": 1, "topic": "技术改造", "offer": "按设备投资额奖励", "amount_text": "8%", "cap_text": "1000万元",
    "conditions": [{"text": "设备投资500万元以上", "field": "investment", "at_least": 5000000}],
    "tiers": [{"base": "设备投资额", "at_least": 5000000, "rate": 0.08, "cap": 10000000}],
    "needs": ["equipment"],
}  # fmt: skip


def written(folder: Path, policy: dict[str, object], measure: dict[str, object]) -> Path:
    path = folder / "measures.yaml"
    entry = {**policy, "measures": [measure]}
    content = {"publishers": {"example.cn": "某报"}, "policies": [entry]}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def test_the_shipped_facts_obey_the_rules_of_the_clause_tree() -> None:
    documents = read_measures(FILE)
    assert len(documents) > 20
    for document in documents:
        check_tree(document.text, document.clauses, document.source_name)
        assert document.is_excerpt and document.validity.checked and document.status_basis
        kinds = {clause.kind for clause in document.clauses[1:]}
        assert kinds == {ClauseKind.EXCERPT}
        assert "非原文,以官方文件为准" in document.clauses[0].text


def test_no_address_but_of_a_government_or_a_known_publisher_is_shown() -> None:
    publishers = tuple(yaml.safe_load(FILE.read_text(encoding="utf-8"))["publishers"])
    for document in read_measures(FILE):
        host = (document.url or "").split("/")[2] if document.url else ""
        assert not host or host.endswith((".gov.cn", *publishers))
        assert document.url or any("没有可以展示的链接" in flag for flag in document.flags)


@pytest.mark.parametrize(
    "url",
    ["https://www.huzhou.gov.cn.example.com/a", "https://gov.cn.example.com", "ftp://www.huzhou.gov.cn/a"],
)
def test_an_address_that_only_looks_like_a_government_is_none(url: str) -> None:
    assert not is_government(url)


@pytest.mark.parametrize(
    "changed",
    [
        {"tiers": [{"base": "设备投资额", "at_least": 5000000, "rate": 0.09, "cap": 10000000}]},
        {"tiers": [{"base": "设备投资额", "at_least": 5000000, "rate": 0.08, "cap": 20000000}]},
        {"tiers": [{"base": "设备投资额", "at_least": 6000000, "rate": 0.08, "cap": 10000000}]},
        {"conditions": [{"text": "设备投资500万元以上", "field": "investment", "at_least": 3000000}]},
        {"amount_text": "9%"},
        {"cap_text": "100万元"},
    ],
)
def test_a_changed_number_is_refused_with_its_measure(tmp_path: Path, changed: dict[str, object]) -> None:
    assert read_measures(written(tmp_path, POLICY, MEASURE))
    with pytest.raises(SettingsError, match="第 1 项的数字"):
        read_measures(written(tmp_path, POLICY, {**MEASURE, **changed}))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"confidence": "中"}, "confidence"),
        ({"url": "https://www.mirror.com/a"}, "gov.cn"),
        ({"checked": None}, "checked"),
    ],
)
def test_doubtful_facts_are_refused(tmp_path: Path, changed: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        read_measures(written(tmp_path, {**POLICY, **changed}, MEASURE))


def test_a_reprint_of_an_unknown_publisher_is_told_and_not_linked(tmp_path: Path) -> None:
    unknown = {**POLICY, "source": "reprint", "url": "https://www.mirror.com/a"}
    (document,) = read_measures(written(tmp_path, unknown, MEASURE))
    assert document.url is None and any("转载" in flag for flag in document.flags)
    known = {**unknown, "url": "https://news.example.cn/a"}
    assert read_measures(written(tmp_path, known, MEASURE))[0].url == "https://news.example.cn/a"


def test_money_for_local_governments_is_never_the_enterprises() -> None:
    measures = [c.measure for d in read_measures(FILE) for c in d.clauses if c.measure]
    (giant,) = [one for one in measures if "600万元" in one.amount_text and "小巨人" in one.topic]
    assert giant.payee is Payee.GOVERNMENT


def test_the_text_of_a_measure_states_everything_that_its_fields_say() -> None:
    for document in read_measures(FILE):
        for clause in document.clauses:
            if clause.measure is None:
                continue
            assert clause.text == measure_text(clause.measure)
            assert clause.measure.offer in clause.text and clause.measure.amount_text in clause.text
            assert all(condition.text in clause.text for condition in clause.measure.conditions)
            direct = clause.measure.kind is MeasureKind.DIRECTION
            assert not (direct and clause.measure.tiers), "a direction has no standard"


def test_no_measures_where_no_file_lies_beside_the_documents(tmp_path: Path) -> None:
    assert read_measures(tmp_path / "measures.yaml") == ()
