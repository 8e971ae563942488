"""The fixed sentences of the messages file, recognised again in finished sentences with what fills them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from prompts.loader import FOLDER

_SLOT = re.compile(r"\$([a-z_]+)")
_NO_SENTENCES = frozenset({"notice", "fault"})


@dataclass(frozen=True)
class Form:
    """A fixed sentence with slots."""

    key: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]

    @property
    def slots(self) -> frozenset[str]:
        """The names of its slots."""
        return frozenset(self.pattern.groupindex)

    @property
    def length(self) -> int:
        """Number of characters of its own, slots apart."""
        return sum(map(len, self.words))

    def read(self, text: str) -> Mapping[str, str] | None:
        """Return what fills the slots, or None where the text is not this sentence."""
        if not all(words in text for words in self.words):
            return None
        match = self.pattern.fullmatch(text)
        return match.groupdict() if match else None


@cache
def fixed_forms(name: str = "messages") -> tuple[Form, ...]:
    """Return all fixed sentences of a messages file, those with the most words of their own first."""
    tree = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    forms = (_form(key, text) for key, text in _sentences(tree, ""))
    return tuple(sorted(forms, key=lambda form: -form.length))


def _sentences(tree: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, node in tree.items():
        if isinstance(node, dict):
            if name not in _NO_SENTENCES:
                yield from _sentences(node, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(node).strip()


def _form(key: str, text: str) -> Form:
    pieces = _SLOT.split(text)
    words, slots = pieces[::2], pieces[1::2]
    pattern = re.escape(words[0])
    seen: set[str] = set()
    for slot, following in zip(slots, words[1:], strict=True):
        pattern += f"(?P={slot})" if slot in seen else f"(?P<{slot}>.*?)"
        pattern += re.escape(following)
        seen.add(slot)
    return Form(key, tuple(piece for piece in words if piece), re.compile(pattern, re.S))
