from __future__ import annotations

import logging

import pytest
from pydantic import BaseModel, SecretStr, ValidationError

from assistant.errors import ModelError
from assistant.llm import LlmSettings, build_chat_model
from tests.fakes.composing import scripted

KEY = "sk-very-secret-0123456789"


class Word(BaseModel):
    """A word."""

    word: str


@pytest.mark.parametrize(
    "text",
    [
        '{"word": "湖"}',
        '```json\n{"word": "湖"}\n```',
        '<think>{"word": 1}</think>{"word": "湖"}',
        '好:{"word": "湖"}。',
    ],
)
def test_a_reply_is_read_out_of_what_stands_around_it(text: str) -> None:
    assert scripted(text).ask("s", "u", Word).word == "湖"


@pytest.mark.parametrize("text", ["", "   ", "湖", "{", '{"word": 1}', "[]", "<think>想"])
def test_a_reply_that_does_not_fit_is_a_fault_without_its_words(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="assistant"), pytest.raises(ModelError, match="fake:scripted"):
        scripted(text).ask("s", "u", Word)
    assert "想" not in caplog.text


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (None, "HUXZ_ASSISTANT__LLM"),
        ("nobody-knows-this", "认不出"),
        ("openai:gpt-4o", "HUXZ_ASSISTANT__LLM_API_KEY"),
        ("deepseek-chat", "没有安装"),
    ],
)
def test_a_model_that_cannot_be_built_is_named_with_the_mend(
    model: str | None, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError, match=words):
        build_chat_model(LlmSettings(model=model))


def test_the_key_is_in_no_text_of_a_model_or_its_settings() -> None:
    settings = LlmSettings(model="openai:m", base_url="http://127.0.0.1:1/v1", api_key=SecretStr(KEY))
    assert KEY not in f"{settings!r} {build_chat_model(settings)!r}"


def test_a_misspelt_setting_is_refused() -> None:
    with pytest.raises(ValidationError, match="time_out"):
        LlmSettings.model_validate({"time_out": 3})
