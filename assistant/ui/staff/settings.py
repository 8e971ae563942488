"""The settings section of the staff page."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

_NAME = re.compile(r"[\w.@-]{1,64}")


class StaffSettings(BaseModel):
    """Who may open the staff page, for how long, and what it shows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    users: dict[str, SecretStr] = Field(
        default={},
        description='{"name": "$argon2id$..."}: users and the hashes that `python -m assistant '
        "hash-password` prints; empty: there is no staff page",
    )
    session_minutes: int = Field(default=480, ge=5, le=1440, description="minutes until a login ends")
    idle_minutes: int = Field(default=30, ge=1, le=480, description="minutes without a request that end it")
    attempts: int = Field(
        default=5, ge=1, le=100, description="wrong passwords of a user or an address until it has to wait"
    )
    reports_dir: Path = Field(
        default=Path("reports/eval"), description="folder of evaluation runs whose reports are listed"
    )
    hot_weeks: int = Field(default=8, ge=2, le=52, description="weeks that subjects and gaps look back")
    page_size: int = Field(default=20, ge=5, le=200, description="questions on a page of the list")

    @field_validator("users")
    @classmethod
    def _hashed(cls, users: dict[str, SecretStr]) -> dict[str, SecretStr]:
        for name, password in users.items():
            if not _NAME.fullmatch(name):
                raise ValueError("用户名只能是 1 到 64 个字母、数字、汉字或 . _ @ -")
            if not password.get_secret_value().startswith("$argon2id$"):
                raise ValueError(f"用户 {name} 的密码不是哈希,请用 python -m assistant hash-password 生成")
        return users
