"""Questions that lie outside: those that people ask about laws far from what the documents are about.

They are questions of the embedded model's training, kept with a reference to the law that answers them.
Which laws are far is measured, not listed: the closer a law's questions come to the documents on average,
the nearer it is; the nearest are left out, since their questions may well be inside.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import vectorstore
from vectorstore.protocols import Embedder

REFERENCES = Path(vectorstore.__file__).parent / "training"
NEAREST_LEFT_OUT = 0.06
"""Share of laws: 63 of 1,047, on information technology, science, small firms and the like."""
A_LAW = 2
SEED = 20251123


def questions_by_law(folder: Path = REFERENCES) -> dict[str, list[str]]:
    """Return the shipped questions of each law of the training material, by its path."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("reference_pairs_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            reference = json.loads(line)
            if "/laws/" in reference["document"]:
                found[reference["document"]].append(reference["query"])
    return dict(sorted(found.items()))


def distant_laws(laws: dict[str, list[str]], texts: Sequence[str], embedder: Embedder) -> list[str]:
    """Return the laws whose questions are on average least close to any of the texts, farthest last."""
    about = np.asarray(embedder.embed_passages(list(texts)))
    closeness = {
        law: float((np.asarray(embedder.embed_queries(asked)) @ about.T).max(axis=1).mean())
        for law, asked in laws.items()
    }
    ordered = sorted(closeness, key=lambda law: -closeness[law])
    return ordered[round(NEAREST_LEFT_OUT * len(ordered)) :]


def distant_questions(texts: Sequence[str], embedder: Embedder) -> list[str]:
    """Return a fixed draw of questions on laws far from the texts, at most `A_LAW` a law."""
    laws = questions_by_law()
    draw = random.Random(SEED)
    drawn = [
        draw.sample(laws[law], min(A_LAW, len(laws[law])))
        for law in sorted(distant_laws(laws, texts, embedder))
    ]
    return [question for questions in drawn for question in questions]
