"""Writes .env.example from the settings: `python -m tests.architecture.env_example`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from assistant.settings import RootSettings
from ingest.settings import Settings as IngestRoot
from vectorstore.environment import PREFIX, setting_keys

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / ".env.example"
ROOTS: tuple[type[BaseSettings], ...] = (RootSettings, IngestRoot)
_HEAD = """\
# 湖小政的全部设置,每一项都有默认值,不设也能用。复制为 .env,去掉行首的 # 再改;
# 也可用同名的环境变量,环境变量优先。拼错的键会在启动时指出。
# Every setting with its default. This file is written by `python -m tests.architecture.env_example`.
"""


def example_text() -> str:
    """Return the file: every key of every section, its description and its default."""
    return _HEAD + "".join(_block(name, section) for name, section in sections())


def sections() -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield the sections of all programs by name, each once."""
    fields = {name: field.annotation for root in ROOTS for name, field in root.model_fields.items()}
    for name, section in sorted(fields.items()):
        assert isinstance(section, type) and issubclass(section, BaseModel)
        yield name, section


def default_text(field: FieldInfo) -> str:
    """Return a default as an environment variable holds it; '' where nothing is set."""
    default = field.get_default(call_default_factory=True)
    if default is None:
        return ""
    if isinstance(default, Path):
        return str(default.relative_to(ROOT) if default.is_relative_to(ROOT) else default)
    return default if isinstance(default, str) else json.dumps(default)


def _block(name: str, section: type[BaseModel]) -> str:
    first = (section.__doc__ or "").splitlines()[0]
    keys = setting_keys(section, f"{PREFIX}{name.upper()}__")
    lines = "".join(f"# {field.description}\n#{key}={default_text(field)}\n" for key, field in keys)
    return f"\n# ---- {name}: {first}\n{lines}"


if __name__ == "__main__":
    EXAMPLE.write_text(example_text(), encoding="utf-8")
