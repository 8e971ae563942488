"""How people ask about policy of all kinds: the questions that the embedded model was trained on."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path

QUESTIONS_FILE = Path(__file__).parent / "training" / "lay_pairs.jsonl"


@cache
def everyday_questions(path: Path = QUESTIONS_FILE) -> tuple[str, ...]:
    """Return the everyday questions that the product ships, in the order of the file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(str(json.loads(line)["query"]) for line in lines if line)


@lru_cache(maxsize=4096)
def times_asked(word: str) -> int:
    """Return how many of the everyday questions hold a word."""
    return sum(word in question for question in everyday_questions())
