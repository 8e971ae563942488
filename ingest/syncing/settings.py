"""How `sync` behaves towards the sites it visits."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class SyncSettings(BaseModel):
    """The section HUXZ_INGEST__SYNC__..."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hosts: tuple[str, ...] = Field(
        default=(), description="further hosts that may be visited, host or host:port; a JSON list"
    )
    allow_private: bool = Field(
        default=False, description="visit private and loopback addresses too; for tests and inner networks"
    )
    user_agent: str = Field(
        default="huxiaozheng-sync/0.1", min_length=1, description="how the program names itself to sites"
    )
    pause_s: float = Field(default=2.0, ge=0, description="seconds between two requests to one host")
    timeout_s: float = Field(
        default=20.0, gt=0, description="seconds to wait for a connection or for more bytes"
    )
    total_s: float = Field(default=90.0, gt=0, description="seconds that one request may take in all")
    max_bytes: int = Field(
        default=20_000_000, gt=0, description="larger pages and files are not taken; bytes"
    )
    attempts: int = Field(default=3, ge=1, le=10, description="tries where a site is busy or does not answer")
    backoff_s: float = Field(
        default=2.0, ge=0, description="seconds before the second try; doubles each time"
    )
    max_wait_s: float = Field(
        default=120.0, ge=0, description="longest wait before a try; a site that asks for more is left alone"
    )
    max_redirects: int = Field(default=5, ge=0, le=20, description="redirects that are followed in a row")
    resume_hours: float = Field(
        default=12.0, ge=0, description="hours within which an interrupted run is carried on with"
    )
