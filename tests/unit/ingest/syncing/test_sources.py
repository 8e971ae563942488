from __future__ import annotations

from pathlib import Path

import pytest

from ingest.datafiles import SHIPPED
from ingest.document import document_id
from ingest.errors import SettingsError
from ingest.measures import is_government
from ingest.syncing.sources import SOURCES, read_sources

ENTRY = "- {{id: {id}, title: 示范办法, issuer: 示范局, level: 市, region: 示范市, url: '{url}'}}\n"


def written(folder: Path, *entries: tuple[str, str]) -> Path:
    path = folder / SOURCES
    path.write_text("".join(ENTRY.format(id=key, url=url) for key, url in entries), encoding="utf-8")
    return path


def test_at_least_forty_official_documents_are_shipped_none_from_a_mirror() -> None:
    sources = read_sources(SHIPPED / SOURCES)
    assert len(sources) >= 40
    assert all(is_government(source.url) for source in sources)
    assert len({source.url for source in sources}) == len(sources)


def test_the_id_of_a_source_is_the_id_of_its_document() -> None:
    for source in read_sources(SHIPPED / SOURCES):
        assert document_id(f"{source.id}.html") == source.id
        assert not (SHIPPED / f"{source.id}.txt").exists(), "a shipped document keeps its own text"


def test_the_level_of_a_source_fits_its_region() -> None:
    for source in read_sources(SHIPPED / SOURCES):
        assert (source.region == "全国") == (source.level == "国家"), source.id
        if source.level == "市":
            assert source.region.endswith("市"), source.id


@pytest.mark.parametrize(
    "url",
    [
        "https://www.huzhou.gov.cn.evil.example/a",
        "https://evil.example/gov.cn",
        "ftp://www.huzhou.gov.cn/a",
        "https://notgov.cn/a",
        "http://127.0.0.1/a",
    ],
)
def test_an_address_that_is_no_governments_stops_the_command(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match=r"sources\.yaml.*demo"):
        read_sources(written(tmp_path, ("demo", url)))


def test_a_host_of_the_settings_is_allowed(tmp_path: Path) -> None:
    path = written(tmp_path, ("demo", "http://docs.example:8080/a"))
    assert len(read_sources(path, ("docs.example:8080",))) == 1


def test_an_id_twice_or_with_a_path_in_it_stops_the_command(tmp_path: Path) -> None:
    url = "https://www.huzhou.gov.cn/a"
    with pytest.raises(SettingsError, match="重复"):
        read_sources(written(tmp_path, ("demo", url), ("demo", url)))
    with pytest.raises(SettingsError, match=SOURCES):
        read_sources(written(tmp_path, ("../demo", url)))


def test_a_missing_list_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=SOURCES):
        read_sources(tmp_path / SOURCES)
