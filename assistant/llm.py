"""The one door to a chat model: its settings, how it is built, and how it is asked."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Literal, TypeVar

from langchain_core import exceptions as faults
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import Runnable
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from assistant.errors import ModelError

logger = logging.getLogger(__name__)

StructuredOutput = Literal["json_mode", "json_schema", "function_calling"]
Reply = TypeVar("Reply", bound=BaseModel)

_OPENAI = "openai"
_END_OF_THINKING = "</think>"
_NO_KEY = SecretStr("none")
_FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (faults.ModelTimeoutError, "没有在时限内答复"),
    (faults.ModelConnectionError, "连接不上"),
    (faults.ModelAuthenticationError, "不接受密钥"),
    (faults.ModelPermissionDeniedError, "拒绝访问"),
    (faults.ModelNotFoundError, "没有这个模型或地址"),
    (faults.ModelRateLimitError, "请求过多或额度用完"),
    (faults.ContextOverflowError, "容纳不下这次的资料"),
    (faults.ModelInvalidRequestError, "不接受这次请求"),
    (ValueError, "的答复不合约定的格式"),
)


class LlmSettings(BaseModel):
    """Which chat model is asked, and within what bounds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str | None = Field(default=None, description="for init_chat_model, e.g. openai:deepseek-chat")
    base_url: str | None = Field(default=None, description="address of an OpenAI-compatible server")
    api_key: SecretStr | None = Field(default=None, description="unset with base_url: none is sent")
    timeout_s: float = Field(default=30.0, gt=0, description="seconds to wait, all tries together")
    max_retries: int = Field(default=1, ge=0, le=5, description="further tries of a failed call")
    temperature: float | None = Field(default=0.0, ge=0, le=2, description="None: not sent")
    max_output_tokens: int = Field(default=2000, ge=64, description="longest answer, in tokens of the model")
    structured_output: StructuredOutput = Field(
        default="json_mode", description="how JSON is asked for; most compatible servers speak json_mode"
    )


@dataclass(frozen=True)
class ChatModel:
    """A chat model that answers in a schema within a time, or fails with a ModelError."""

    model: BaseChatModel
    name: str
    timeout_s: float = 30.0
    structured_output: StructuredOutput = "json_mode"

    def ask(self, system: str, user: str, schema: type[Reply]) -> Reply:
        """Return the model's reply, parsed.

        Raises:
            ModelError: no reply in time, a fault of the server, or a reply that does not fit the schema.
        """
        asked = self._asking(schema)
        messages: list[BaseMessage] = [SystemMessage(system), HumanMessage(user)]
        outcome = self._within_time(lambda: asked.batch([messages], return_exceptions=True)[0])
        if isinstance(outcome, Exception):
            raise self._fault(outcome) from None
        structured = outcome if isinstance(outcome, dict) else {"raw": outcome}
        if isinstance(structured.get("parsed"), dict):
            return self._read(json.dumps(structured["parsed"]), schema)
        raw = structured.get("raw")
        return self._read(raw.text if isinstance(raw, AIMessage) else "", schema)

    def _asking(self, schema: type[Reply]) -> Runnable[Any, Any]:
        """Return the model bound to the plain schema: what comes back is read here, by one reader."""
        plain = schema.model_json_schema()
        try:
            return self.model.with_structured_output(plain, method=self.structured_output, include_raw=True)
        except NotImplementedError:
            return self.model

    def _within_time(self, call: Callable[[], object]) -> object:
        """Return the outcome of a call; in a thread, as a trickling server never trips a read timeout."""
        outcomes: SimpleQueue[object] = SimpleQueue()
        Thread(target=lambda: outcomes.put(call()), name="chat-model", daemon=True).start()
        try:
            return outcomes.get(timeout=self.timeout_s)
        except Empty:
            raise ModelError(f"对话模型 {self.name} 在 {self.timeout_s:g} 秒内没有答复") from None

    def _fault(self, error: Exception) -> ModelError:
        """Return the fault without the server's words, which may repeat the key or the question."""
        what = next((text for kind, text in _FAULTS if isinstance(error, kind)), "调用失败")
        status = getattr(error, "status_code", None)
        logger.warning("chat model %s failed: %s, HTTP %s", self.name, type(error).__name__, status)
        where = f"(HTTP {status})" if isinstance(status, int) else f"({type(error).__name__})"
        return ModelError(f"对话模型 {self.name} {what}{where}")

    def _read(self, text: str, schema: type[Reply]) -> Reply:
        """Return the reply in a text: behind its thinking, in a code fence, or beside a few words."""
        text = text.rpartition(_END_OF_THINKING)[2]
        start, end = text.find("{"), text.rfind("}")
        if not text.strip():
            raise ModelError(f"对话模型 {self.name} 的答复是空的")
        try:
            return schema.model_validate_json(text[start : end + 1] if start >= 0 else text)
        except ValidationError as error:
            logger.warning("chat model %s: %d places of the reply do not fit", self.name, error.error_count())
            raise ModelError(f"对话模型 {self.name} 的答复不合约定的格式") from None


def build_chat_model(settings: LlmSettings) -> ChatModel:
    """Return the chat model that the settings name; nothing is called yet.

    Raises:
        ModelError: no model is named, its provider is unknown or not installed, or its key is missing.
    """
    if not settings.model:
        raise ModelError("没有指定对话模型:请在 HUXZ_ASSISTANT__LLM 写模型名,例如 openai:deepseek-chat")
    from langchain.chat_models import init_chat_model
    from openai import OpenAIError

    try:
        model = init_chat_model(settings.model, **_options(settings))
    except ImportError as error:
        raise ModelError(
            f"对话模型 {settings.model} 需要的程序包没有安装({error});"
            "OpenAI 兼容的服务请写成 openai:模型名,并设置 HUXZ_ASSISTANT__LLM_BASE_URL"
        ) from None
    except OpenAIError:
        raise ModelError(f"对话模型 {settings.model} 缺少密钥:请设置 HUXZ_ASSISTANT__LLM_API_KEY") from None
    except (ValueError, TypeError):
        raise ModelError(
            f"认不出对话模型 {settings.model}:请写成 提供方:模型名,例如 openai:deepseek-chat,并核对其余设置"
        ) from None
    return ChatModel(_streaming(model), settings.model, settings.timeout_s, settings.structured_output)


def _options(settings: LlmSettings) -> dict[str, Any]:
    options: dict[str, Any] = {"timeout": settings.timeout_s, "max_retries": settings.max_retries}
    if settings.temperature is not None:
        options["temperature"] = settings.temperature
    if settings.base_url:
        options["base_url"] = settings.base_url
    if settings.api_key is not None:
        options["api_key"] = settings.api_key
    if not (settings.base_url and settings.model and settings.model.partition(":")[0] == _OPENAI):
        return {**options, "max_tokens": settings.max_output_tokens}
    # Compatible servers speak chat completions with max_tokens (not OpenAI's newer max_completion_tokens);
    # the OPENAI_API_KEY of the environment belongs to another server and is not sent to them.
    options.setdefault("api_key", _NO_KEY)
    return {**options, "use_responses_api": False, "extra_body": {"max_tokens": settings.max_output_tokens}}


def _streaming(model: BaseChatModel) -> BaseChatModel:
    """Return the model reading its answer as a stream: gateways cut calls that stay silent."""
    return model.model_copy(update={"streaming": True}) if "streaming" in type(model).model_fields else model
