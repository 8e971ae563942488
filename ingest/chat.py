"""A chat model behind an OpenAI-compatible address, asked over HTTP; drafts only, never answers."""

from __future__ import annotations

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from ingest import messages
from ingest.errors import ChatModelError

_MAX_REPLY_BYTES = 1_000_000


class DraftingSettings(BaseModel):
    """The section HUXZ_INGEST__DRAFTING__...: the model that drafts glosses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: str | None = Field(
        default=None, description="address of an OpenAI-compatible server, e.g. http://host:8000/v1"
    )
    model: str = Field(default="", description="name of the model as the server knows it")
    api_key: SecretStr | None = Field(default=None, description="key of the server")
    timeout_s: float = Field(default=60.0, gt=0, description="seconds to wait for one reply")
    attempts: int = Field(default=3, ge=1, le=10, description="how often one clause is asked for")


class ChatServer:
    """Asks the configured model; a reply that does not come is tried again."""

    def __init__(self, settings: DraftingSettings) -> None:
        """Take the settings.

        Raises:
            ChatModelError: no server or no model is configured.
        """
        if not settings.base_url or not settings.model:
            raise ChatModelError(messages.NO_CHAT_MODEL)
        self._settings = settings
        self._url = f"{settings.base_url.rstrip('/')}/chat/completions"

    def reply(self, system: str, user: str) -> str:
        """Return the model's reply.

        Raises:
            ChatModelError: the server cannot be reached, refuses, or replies with something else.
        """
        retrying = Retrying(
            retry=retry_if_exception_type(httpx.TransportError),
            stop=stop_after_attempt(self._settings.attempts),
            wait=wait_exponential(multiplier=0.2, max=5),
            reraise=True,
        )
        try:
            response = retrying(self._post, system, user)
            response.raise_for_status()
            if len(response.content) > _MAX_REPLY_BYTES:
                raise ChatModelError(messages.CHAT_MODEL_FAULT.format(reason="回复过长"))
            return str(response.json()["choices"][0]["message"]["content"])
        except httpx.HTTPError as error:
            raise ChatModelError(messages.CHAT_MODEL_FAULT.format(reason=_reason(error))) from error
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise ChatModelError(messages.CHAT_MODEL_FAULT.format(reason="回复不是约定的格式")) from error

    def _post(self, system: str, user: str) -> httpx.Response:
        key = self._settings.api_key
        return httpx.post(
            self._url,
            json={
                "model": self._settings.model,
                "temperature": 0,
                "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            },
            headers={"Authorization": f"Bearer {key.get_secret_value()}"} if key else {},
            timeout=self._settings.timeout_s,
        )


def _reason(error: httpx.HTTPError) -> str:
    """Return why a request failed, without address or key."""
    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP {error.response.status_code}"
    return type(error).__name__
