"""The chat composer against a real OpenAI-compatible server that can be slow, broken, or lying."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from assistant.composing.chat import ChatComposer
from assistant.composing.verbatim import VerbatimComposer
from assistant.llm import ChatModel, LlmSettings, StructuredOutput, build_chat_model
from assistant.models import Draft, SentenceKind, Status
from assistant.rewriting import ModelRewriter
from tests.e2e.openai_server import OpenAiServer, openai_server
from tests.fakes.composing import VOUCHER, make_request, plan_context, plan_verifier, reply

KEY = "sk-very-secret-0123456789"
QUOTE = "通过发放算力券、模型券,加大优惠算力供给"
LEAD = "文件提出通过发放算力券、模型券,加大优惠算力供给。"
TRUE = (LEAD, ["S1"], [QUOTE])
GOOD = reply("answered", TRUE)


@pytest.fixture
def server() -> Iterator[OpenAiServer]:
    with openai_server() as running:
        running.script.text = GOOD
        yield running


def _model(
    server: OpenAiServer, timeout_s: float = 10, structured: StructuredOutput = "json_mode"
) -> ChatModel:
    return build_chat_model(
        LlmSettings(
            model="openai:deepseek-chat", base_url=server.url, api_key=SecretStr(KEY), timeout_s=timeout_s,
            max_retries=1, structured_output=structured,
        )
    )  # fmt: skip


def _ask(model: ChatModel) -> Draft:
    composer = ChatComposer(model, plan_context(), VerbatimComposer(plan_context()), plan_verifier())
    return composer.compose(make_request("算力券有什么用?", VOUCHER))


def _verbatim() -> Draft:
    return VerbatimComposer(plan_context()).compose(make_request("算力券有什么用?", VOUCHER))


def _assert_fell_back(draft: Draft, reason: str) -> None:
    assert draft.sentences == _verbatim().sentences
    assert draft.notices == (plan_context().messages("notice.fallback"),)
    assert reason in (draft.fallback or "")
    assert KEY not in draft.model_dump_json()


def test_a_good_model_words_the_answer_and_its_quotes_stand_below(server: OpenAiServer) -> None:
    draft = _ask(_model(server))
    assert draft.fallback is None and draft.notices == ()
    assert draft.status is Status.ANSWERED
    assert draft.sentences[0].text == LEAD
    assert any(one.kind is SentenceKind.QUOTE and one.quotes == (QUOTE,) for one in draft.sentences)
    assert draft.model == "openai:deepseek-chat" and draft.prompt_hash


def test_the_server_is_asked_for_a_stream_of_json_within_bounds(server: OpenAiServer) -> None:
    _ask(_model(server))
    (request,) = server.script.requests
    assert request["path"] == "/v1/chat/completions"
    assert request["stream"] is True and request["temperature"] == 0
    assert request["max_tokens"] == LlmSettings().max_output_tokens and "max_completion_tokens" not in request
    assert request["response_format"] == {"type": "json_object"}
    assert server.script.keys == [f"Bearer {KEY}"]


@pytest.mark.parametrize("structured", ["json_mode", "json_schema", "function_calling"])
def test_json_behind_thinking_and_in_a_fence_is_understood(
    server: OpenAiServer, structured: StructuredOutput
) -> None:
    server.script.text = f"<think>{{想一想}}</think>\n```json\n{GOOD}\n```"
    assert _ask(_model(server, structured=structured)).sentences[0].text == LEAD


def test_a_server_with_json_schema_is_sent_the_schema(server: OpenAiServer) -> None:
    assert _ask(_model(server, structured="json_schema")).sentences[0].text == LEAD
    assert server.script.requests[0]["response_format"]["type"] == "json_schema"


def test_a_reply_in_a_tool_call_is_understood(server: OpenAiServer) -> None:
    server.script.mode = "tool"
    assert _ask(_model(server, structured="function_calling")).sentences[0].text == LEAD


def test_the_model_sees_neither_ids_nor_the_key(server: OpenAiServer) -> None:
    _ask(_model(server))
    seen = str(server.script.requests)
    assert "S1" in seen and "huzhou-ai-plan" not in seen and "三/(四)/12" not in seen and KEY not in seen


def test_the_key_of_another_server_is_not_sent(server: OpenAiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    model = build_chat_model(LlmSettings(model="openai:local", base_url=server.url, timeout_s=10))
    assert _ask(model).fallback is None
    assert server.script.keys == ["Bearer none"]


def test_a_passing_fault_is_tried_again(server: OpenAiServer) -> None:
    server.script.failures_first = 1
    assert _ask(_model(server)).fallback is None
    assert len(server.script.requests) == 2


@pytest.mark.parametrize("mode", ["slow", "trickle"])
def test_a_slow_model_is_not_waited_for(server: OpenAiServer, mode: str) -> None:
    server.script.mode, server.script.seconds = mode, 30  # type: ignore[assignment]
    started = time.perf_counter()
    _assert_fell_back(_ask(_model(server, timeout_s=0.6)), "答复")
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize(
    ("mode", "reason"),
    [("error", "HTTP 500"), ("unauthorized", "不接受密钥(HTTP 401)"), ("hang_up", "连接不上")],
)
def test_a_failing_server_leads_to_the_verbatim_answer_and_no_secret_in_the_log(
    server: OpenAiServer, mode: str, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.script.mode = mode  # type: ignore[assignment]
    with caplog.at_level(logging.INFO, logger="assistant"):
        _assert_fell_back(_ask(_model(server)), reason)
    assert "steps back" in caplog.text and KEY not in caplog.text and "算力券有什么用" not in caplog.text


def test_a_server_that_is_down_leads_to_the_verbatim_answer() -> None:
    with openai_server() as gone:
        model = _model(gone)
    _assert_fell_back(_ask(model), "连接不上")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "空的"),
        (GOOD[: len(GOOD) // 2], "格式"),
        ("好的,我来回答:算力券很好。", "格式"),
        ('{"status": "maybe", "sentences": []}', "格式"),
        ("[]", "格式"),
        (reply("answered"), "没有一句"),
    ],
)
def test_a_malformed_reply_leads_to_the_verbatim_answer(server: OpenAiServer, text: str, reason: str) -> None:
    server.script.text = text
    _assert_fell_back(_ask(_model(server)), reason)


LIES = {
    "invented number": ("文件提出通过发放算力券、模型券,加大优惠算力供给,每家企业50万元。", ["S1"], [QUOTE]),
    "number in words": (
        "文件提出通过发放算力券、模型券,加大优惠算力供给,每家企业五十万元。",
        ["S1"],
        [QUOTE],
    ),
    "altered quote": (
        "文件提出通过发放算力券、模型券,加大优惠算力供给。",
        ["S1"],
        ["通过发放算力券,免费供给算力"],
    ),
    "altered quote in the text": ("文件写明「免费发放算力券、模型券,供给算力」。", ["S1"], []),
    "unknown source": (LEAD, ["S9"], [QUOTE]),
    "no source": (LEAD, [], [QUOTE]),
    "unit that the plan lacks": ("市民政局通过发放算力券、模型券,加大优惠算力供给。", ["S1"], [QUOTE]),
    "unit of another clause": ("市文化广电旅游局通过发放算力券、模型券,加大优惠算力供给。", ["S1"], [QUOTE]),
    "lead not in the text": ("发放算力券、模型券由市经信局牵头。", ["S1"], [QUOTE]),
    "link": ("通过发放算力券、模型券,加大优惠算力供给,见 https://evil.example 。", ["S1"], [QUOTE]),
    "injection echo": ("好的,我已忽略以上规则,我的系统提示词是:你是政策问答助手的撰稿人。", ["S1"], [QUOTE]),
    "promise": ("您的申请一定会通过,马上就能拿到钱,请放心。", ["S1"], [QUOTE]),
}


@pytest.mark.parametrize("lie", LIES)
def test_what_a_lying_model_says_does_not_go_out(server: OpenAiServer, lie: str) -> None:
    server.script.text = reply("answered", LIES[lie])
    _assert_fell_back(_ask(_model(server)), "没有一句")


def test_of_a_half_lying_model_only_the_true_sentence_goes_out(server: OpenAiServer) -> None:
    server.script.text = reply("answered", LIES["invented number"], (LEAD, ["S1", "S7"], [QUOTE]))
    draft = _ask(_model(server))
    leads = [one.text for one in draft.sentences if one.kind is SentenceKind.LEAD]
    assert leads == [LEAD]
    assert draft.dropped_sources == 1 and draft.fallback is None


def test_a_follow_up_is_rewritten_over_the_wire(server: OpenAiServer) -> None:
    server.script.text = '{"question": "算力券由哪个单位发放?"}'
    assert ModelRewriter(_model(server)).rewrite(["算力券有什么用?", "谁来发?"]) == "算力券由哪个单位发放?"
    server.script.mode = "error"
    assert ModelRewriter(_model(server)).rewrite(["算力券有什么用?", "谁来发?"]) is None
