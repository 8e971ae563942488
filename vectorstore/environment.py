"""Reads settings from the environment and .env: one prefix for every program, and no misspelt key passes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from dotenv import dotenv_values
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as SourceError

from vectorstore.errors import SettingsError

PREFIX = "HUXZ_"
DELIMITER = "__"
ENV_FILE = Path(".env")
SECTIONS = frozenset({"assistant", "eval", "feedback", "ingest", "staff", "ui", "vectorstore"})
"""Sections of all programs; each program checks the keys of those that it reads, and leaves the others."""
SOURCES = SettingsConfigDict(
    env_prefix=PREFIX,
    env_nested_delimiter=DELIMITER,
    env_file=ENV_FILE,
    env_file_encoding="utf-8",
    env_ignore_empty=True,
    extra="ignore",  # unknown keys are refused by `_check_keys`, which can name them
    frozen=True,
)
"""Where the root settings of every program come from."""

_FOR_TESTS = "test_"
_UNKNOWN = "配置项 {key} 不认识,可能拼写有误{hint}。请对照 .env.example 改正。"
_MEANT = ",是不是 {key}"
_BAD = "配置项 {key} 有误:{reason}。请对照 .env.example 改正。"

Root = TypeVar("Root", bound=BaseSettings)


def read_settings(root: type[Root]) -> Root:
    """Return the settings of a program, from its environment and the file `.env` of the working folder.

    Raises:
        SettingsError: names the key that is misspelt or whose value does not fit.
    """
    _check_keys(root, [*os.environ, *_env_file_keys()])
    try:
        return root()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        key = PREFIX + DELIMITER.join(str(part).upper() for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise SettingsError(_unknown(key, [known for known, _ in setting_keys(root)])) from None
        raise SettingsError(_BAD.format(key=key, reason=first["msg"])) from None
    except SourceError as error:
        raise SettingsError(_BAD.format(key=f"{PREFIX}...", reason=error)) from error


def setting_keys(section: type[BaseModel], prefix: str = PREFIX) -> Iterator[tuple[str, FieldInfo]]:
    """Yield every key that sets a value of a section or root, nested sections included, with its field."""
    for name, field in section.model_fields.items():
        key = f"{prefix}{name.upper()}"
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from setting_keys(field.annotation, f"{key}{DELIMITER}")
        else:
            yield key, field


def _env_file_keys() -> Mapping[str, str | None]:
    try:
        return dotenv_values(ENV_FILE, encoding="utf-8") if ENV_FILE.is_file() else {}
    except UnicodeDecodeError as error:
        raise SettingsError(f"文件 {ENV_FILE} 不是 UTF-8 编码({error.reason})。请另存为 UTF-8。") from error


def _check_keys(root: type[BaseSettings], names: Sequence[str]) -> None:
    known = [key for key, _ in setting_keys(root)]
    for name in names:
        key = name.upper()
        if key.startswith(PREFIX) and not (_is_known(key, known) or _is_of_others(key, root)):
            raise SettingsError(_unknown(name, known))


def _is_known(key: str, known: Sequence[str]) -> bool:
    """Whether a key sets a value, or as JSON a whole section of them."""
    return key in known or any(other.startswith(key + DELIMITER) for other in known)


def _is_of_others(key: str, root: type[BaseSettings]) -> bool:
    section = key.removeprefix(PREFIX).lower().split(DELIMITER)[0]
    return section in SECTIONS - set(root.model_fields) or section.startswith(_FOR_TESTS)


def _unknown(key: str, known: Sequence[str]) -> str:
    close = get_close_matches(key.upper(), known, n=1, cutoff=0.9)
    return _UNKNOWN.format(key=key, hint=_MEANT.format(key=close[0]) if close else "")
