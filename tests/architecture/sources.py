"""The Python files of the product as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("assistant", "eval", "ingest", "prompts", "vectorstore")


@dataclass(frozen=True)
class Source:
    """A file of the product; `name` is its path from the root of the repository."""

    name: str
    text: str
    tree: ast.Module

    @property
    def imports(self) -> frozenset[str]:
        """Return the modules that it imports, within functions too."""
        return frozenset(_imports(self.tree))


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Return the Python files under folders of the repository, by default those of all packages."""
    paths = sorted(path for folder in folders or PACKAGES for path in (ROOT / folder).rglob("*.py"))
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    return tuple(Source(name, text, ast.parse(text)) for name, text in texts.items())


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
