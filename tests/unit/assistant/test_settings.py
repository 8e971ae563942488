from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.settings import load_settings
from vectorstore.errors import SettingsError


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_settings_come_from_the_environment_and_the_env_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUXZ_ASSISTANT__TODAY", "2025-07-08")
    monkeypatch.setenv("HUXZ_UI__PORT", "7999")
    Path(".env").write_text("HUXZ_VECTORSTORE__DATA_DIR=there\nHUXZ_UI__PORT=1\n", encoding="utf-8")
    settings = load_settings()
    assert settings.assistant.today == date(2025, 7, 8)
    assert (settings.ui.port, settings.vectorstore.data_dir) == (7999, Path("there"))


@pytest.mark.parametrize(
    "key",
    [
        "HUXZ_ASSISTANT__TODY",
        "HUXZ_ASISTANT__TODAY",
        "HUXZ_ASSISTANT__UI__PORT",
        "HUXZ_VECTORSTORE__FUSION__RRFK",
        "HUXZ_UI__PROT",
        "HUXZ_LLM",
    ],
)
def test_a_misspelt_key_stops_the_start_with_a_message_that_names_it(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(key, "1")
    with pytest.raises(SettingsError, match=key):
        load_settings()


def test_a_misspelt_key_in_the_env_file_stops_the_start_too() -> None:
    Path(".env").write_text("HUXZ_ASSISTANT__TODY=2025-07-08\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="HUXZ_ASSISTANT__TODY"):
        load_settings()


def test_a_value_that_does_not_fit_names_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUXZ_ASSISTANT__TODAY", "昨天")
    with pytest.raises(SettingsError, match="HUXZ_ASSISTANT__TODAY"):
        load_settings()


def test_keys_of_ingest_and_of_tests_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUXZ_INGEST__MAX_FILE_BYTES", "7")
    monkeypatch.setenv("HUXZ_TEST_REQUIRE_BROWSER", "1")
    load_settings()


def test_the_key_of_the_chat_model_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUXZ_ASSISTANT__LLM_API_KEY", "sk-s3cret")
    settings = load_settings()
    assert settings.assistant.llm_api_key and settings.assistant.llm_api_key.get_secret_value() == "sk-s3cret"
    assert "s3cret" not in repr(settings)
