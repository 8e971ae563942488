"""The fitted order: its features, its probabilities, and what a damaged file says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval.ordering import JudgedSearch, cross_validate, fit_ordering, hit_rates
from vectorstore.caching import Block
from vectorstore.models import ChunkKind
from vectorstore.ordering import FEATURES, Ordering, OrderingError, leg_features, load_ordering

NONE = np.zeros(0, dtype=np.intp)


def block(**kinds: list[int]) -> Block:
    size = 1 + max(position for positions in kinds.values() for position in positions)
    of_kind = {ChunkKind(kind): np.asarray(positions, dtype=np.intp) for kind, positions in kinds.items()}
    return Block(vectors=np.zeros((size, 2), dtype=np.float32), of_kind=of_kind, asking=(NONE,))


def features_of(blocks: list[Block], similarities: list[list[float]], coverage: float = 0.5) -> np.ndarray:
    values = [np.asarray(one, dtype=np.float32) for one in similarities]
    lexical = np.asarray([2.0, 1.0], dtype=np.float32)[: len(blocks)]
    return leg_features(blocks, values, np.zeros(len(blocks), dtype=np.bool_), lexical, coverage)


def test_a_field_that_a_clause_has_not_counts_as_its_text_does() -> None:
    bare, full = block(clause=[0]), block(clause=[0], sentence=[1], gloss=[2], wording=[3, 4])
    features = features_of([bare, full], [[0.4], [0.1, 0.2, 0.3, 0.9, 0.5]])
    named = dict(zip(FEATURES, features.T, strict=True))
    assert named["gloss"].tolist() == pytest.approx([0.4, 0.3])
    assert named["wording"].tolist() == pytest.approx([0.4, 0.9])
    assert named["wordings"].tolist() == pytest.approx([0.4, 0.7])
    assert named["lexical_share"].tolist() == pytest.approx([1.0, 0.5])
    assert named["wording * coverage"].tolist() == pytest.approx([0.2, 0.45])


def test_probabilities_add_up_to_one_and_follow_the_weights() -> None:
    weights = tuple(float(name == "wording") for name in FEATURES)
    ordering = Ordering(
        weights=weights, means=(0.0,) * len(FEATURES), scales=(1.0,) * len(FEATURES), n_questions=1
    )
    shares = ordering.probabilities(features_of([block(clause=[0]), block(clause=[0])], [[0.1], [0.8]]))
    assert float(shares.sum()) == pytest.approx(1.0)
    assert shares[1] > shares[0]


def test_the_fit_finds_the_field_that_tells_the_answer() -> None:
    random = np.random.default_rng(1)
    searches = []
    for _ in range(60):
        features = random.normal(size=(8, len(FEATURES))).astype(np.float32)
        relevant = np.zeros(8, dtype=np.bool_)
        relevant[int(features[:, 3].argmax())] = True
        searches.append(JudgedSearch(features, relevant))
    ordering = fit_ordering(searches)
    assert int(np.abs(ordering.weights).argmax()) == 3
    assert hit_rates(ordering, searches, 5)[0] > 0.8
    assert cross_validate(searches, 3, 5)[0] > 0.6


def test_weights_of_other_features_are_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    path = tmp_path / "ordering.json"
    path.write_text('{"weights": [1], "means": [0], "scales": [1], "n_questions": 1}', encoding="utf-8")
    with pytest.raises(OrderingError, match="python -m eval order"):
        load_ordering(path)


def test_a_missing_file_of_weights_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(OrderingError, match=r"gone\.json"):
        load_ordering(tmp_path / "gone.json")
