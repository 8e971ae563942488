from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import SettingsError
from ingest.settings import load_settings


@pytest.fixture(autouse=True)
def clean_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUXZ_INGEST__MAX_FILE_BYTES", "7")
    monkeypatch.setenv("HUXZ_VECTORSTORE__DATA_DIR", "elsewhere")
    settings = load_settings()
    assert settings.ingest.max_file_bytes == 7
    assert settings.vectorstore.data_dir == Path("elsewhere")


def test_settings_come_from_the_env_file(tmp_path: Path) -> None:
    lines = "HUXZ_INGEST__MAX_FILE_BYTES=8\nHUXZ_ASSISTANT__LLM=x\nOTHER=1\n"
    (tmp_path / ".env").write_text(lines, encoding="utf-8")
    assert load_settings().ingest.max_file_bytes == 8


@pytest.mark.parametrize(
    "key",
    [
        "HUXZ_INGEST__MAX_FILE_BYTE",
        "HUXZ_INGST__MAX_FILE_BYTES",
        "HUXZ_VECTORSTORE_DATA_DIR",
        "HUXZ_VECTORSTORE__DIR",
    ],
)
def test_a_misspelt_key_stops_with_a_message_that_names_it(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv(key, "1")
    with pytest.raises(SettingsError, match=key):
        load_settings()


def test_a_misspelt_key_in_the_env_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("HUXZ_INGST__X=1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="HUXZ_INGST__X"):
        load_settings()


def test_a_value_of_the_wrong_type_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUXZ_INGEST__MAX_FILE_BYTES", "many")
    with pytest.raises(SettingsError, match="HUXZ_INGEST__MAX_FILE_BYTES"):
        load_settings()


def test_keys_of_other_packages_and_of_tests_are_left_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUXZ_ASSISTANT__UI__PORT", "1")
    monkeypatch.setenv("HUXZ_TEST_REQUIRE_BROWSER", "1")
    load_settings()
