"""Settings of the chat page."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class UiSettings(BaseModel):
    """The section `ui` of the assistant's settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", description="address the page listens on")
    port: int = Field(default=7860, ge=1, le=65535, description="port the page listens on")
    allowed_hosts: tuple[str, ...] = Field(
        default=(),
        description="names under which browsers may ask for the page; empty: loopback names when `host` is "
        "a loopback address, any name otherwise",
    )
    max_question_chars: int = Field(default=500, ge=1, le=5000, description="longest question, in characters")
    max_turns: int = Field(default=12, ge=1, le=100, description="turns of a conversation that are kept")
    max_stored_chars: int = Field(
        default=600_000,
        ge=10_000,
        le=2_000_000,
        description="longest conversation kept in the browser, in characters of JSON; oldest turns go first",
    )
    max_request_bytes: int = Field(
        default=8_000_000, ge=100_000, description="largest body of a request; larger ones are refused"
    )
    concurrency: int = Field(default=4, ge=1, le=64, description="answers made at the same time")
    queue_size: int = Field(default=64, ge=1, description="questions that may wait; more are turned away")
    refresh_ms: int = Field(
        default=80, ge=0, le=2000, description="least time between two screen updates, ms"
    )
