"""Loads prompts (Markdown with front matter) and the fixed sentences for people (YAML)."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

FOLDER = Path(__file__).parent


class PromptError(Exception):
    """A prompt or message file is missing or malformed; the text names the file and the mend."""


class Prompt(BaseModel):
    """A prompt file: front matter and body."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: int = Field(ge=1)
    inputs: tuple[str, ...]
    body: str
    digest: str = Field(description="SHA-256 of the file, for traces and evaluation runs")

    def render(self, **values: str) -> str:
        """Return the body with its inputs filled in.

        Raises:
            PromptError: an input is missing or not declared.
        """
        if set(values) != set(self.inputs):
            raise PromptError(f"提示词 {self.name} 需要输入 {sorted(self.inputs)},得到 {sorted(values)}")
        return Template(self.body).substitute(values)


@cache
def load_prompt(name: str) -> Prompt:
    """Return the prompt `<name>.md`.

    Raises:
        PromptError: no such file, or its front matter is malformed.
    """
    path = FOLDER / f"{name}.md"
    try:
        source = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PromptError(f"读不到提示词文件 {path.name}:{error.strerror}") from error
    try:
        _, front, body = source.split("---\n", 2)
        fields = yaml.safe_load(front)
        return Prompt(body=body.strip(), digest=sha256(source.encode()).hexdigest(), **fields)
    except (ValueError, TypeError) as error:
        raise PromptError(f"提示词文件 {path.name} 的开头须是 name、version、inputs:{error}") from error


class Messages:
    """The fixed sentences for people, read from one YAML file, filled by name."""

    def __init__(self, tree: dict[str, Any], source: str) -> None:
        self._tree = tree
        self._source = source

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence at a dotted key, with its `$name` parts filled in.

        Raises:
            PromptError: no sentence at the key, or a part is missing.
        """
        node: Any = self._tree
        for part in key.split("."):
            node = node.get(part) if isinstance(node, dict) else None
        if not isinstance(node, str):
            raise PromptError(f"{self._source} 中没有 {key} 这一句")
        try:
            return Template(node.strip()).substitute({name: str(value) for name, value in values.items()})
        except KeyError as error:
            raise PromptError(f"{self._source} 中 {key} 缺少 {error}") from error


@cache
def load_messages(name: str = "messages") -> Messages:
    """Return the sentences of `<name>.yaml`.

    Raises:
        PromptError: the file is missing or not a mapping.
    """
    path = FOLDER / f"{name}.yaml"
    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise PromptError(f"读不到文案文件 {path.name}:{error}") from error
    if not isinstance(tree, dict):
        raise PromptError(f"文案文件 {path.name} 应是键值结构")
    return Messages(tree, path.name)
