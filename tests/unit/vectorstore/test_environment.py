from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings

from vectorstore.environment import SOURCES, read_settings, setting_keys
from vectorstore.errors import SettingsError


class Inner(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    method: Literal["a", "b"] = "a"


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    k: int = Field(default=10, ge=1)
    folder: Path = Path("data")
    token: SecretStr | None = None
    inner: Inner = Inner()


class Root(BaseSettings):
    model_config = SOURCES

    vectorstore: Section = Section()


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def refused(key: str, value: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(key, value)
    with pytest.raises(SettingsError) as fault:
        read_settings(Root)
    line = str(fault.value)
    assert "\n" not in line and ".env.example" in line, "one line that says where to look"
    return line


def test_a_value_comes_from_the_environment_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("HUXZ_VECTORSTORE__K=3\nHUXZ_VECTORSTORE__FOLDER=there\n", encoding="utf-8")
    monkeypatch.setenv("HUXZ_VECTORSTORE__K", "4")
    assert (read_settings(Root).vectorstore.k, read_settings(Root).vectorstore.folder) == (4, Path("there"))


@pytest.mark.parametrize(
    "key",
    [
        "HUXZ_VECTORSTORE__KK",
        "HUXZ_VECTORSTORE__INNER__METOD",
        "HUXZ_VECTORSTROE__K",
        "HUXZ_VECTORSTORE_K",
        "HUXZ_SERVER__PORT",
        "HUXZ_",
        "HUXZ__K",
    ],
)
def test_a_misspelt_key_is_named(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert f"{key} 不认识" in refused(key, "1", monkeypatch)


def test_the_key_that_was_meant_is_suggested(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "是不是 HUXZ_VECTORSTORE__FOLDER" in refused("HUXZ_VECTORSTROE__FOLDER", "x", monkeypatch)


def test_a_misspelt_key_in_lower_case_or_in_the_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "huxz_serv__port" in refused("huxz_serv__port", "1", monkeypatch)
    monkeypatch.delenv("huxz_serv__port")
    Path(".env").write_text("HUXZ_VECTORSTORE__KK=1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="HUXZ_VECTORSTORE__KK"):
        read_settings(Root)


def test_a_value_that_does_not_fit_is_named_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "HUXZ_VECTORSTORE__K 有误" in refused("HUXZ_VECTORSTORE__K", "s3cret", monkeypatch)
    assert "s3cret" not in refused("HUXZ_VECTORSTORE__K", "s3cret", monkeypatch)
    monkeypatch.setenv("HUXZ_VECTORSTORE__K", "1")
    assert "HUXZ_VECTORSTORE__INNER__METHOD 有误" in refused(
        "HUXZ_VECTORSTORE__INNER__METHOD", "c", monkeypatch
    )


def test_a_section_that_is_not_json_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    refused("HUXZ_VECTORSTORE", "{", monkeypatch)


@pytest.mark.parametrize(
    "key", ["HUXZ_TEST_REQUIRE_BROWSER", "HUXZ_ASSISTANT__LLM", "HUXZ_INGEST__X", "HUXZ_UI__PORT", "OTHER"]
)
def test_keys_of_tests_and_of_other_programs_are_left_alone(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(key, "1")
    Path(".env").write_text(f"{key}=1\n", encoding="utf-8")
    assert read_settings(Root) == Root()


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUXZ_VECTORSTORE__TOKEN", "")
    monkeypatch.setenv("HUXZ_VECTORSTORE__K", "")
    assert read_settings(Root).vectorstore == Section()


def test_a_file_in_another_encoding_is_refused_in_one_line() -> None:
    Path(".env").write_bytes("HUXZ_VECTORSTORE__K=4 # 条款".encode("gb18030"))
    with pytest.raises(SettingsError, match="UTF-8"):
        read_settings(Root)


def test_every_key_is_listed_nested_ones_too() -> None:
    assert [key for key, _ in setting_keys(Root)] == [
        "HUXZ_VECTORSTORE__K",
        "HUXZ_VECTORSTORE__FOLDER",
        "HUXZ_VECTORSTORE__TOKEN",
        "HUXZ_VECTORSTORE__INNER__METHOD",
    ]
