from __future__ import annotations

from collections import Counter
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.counting import count_tokens
from vectorstore.lexical import LexicalIndex
from vectorstore.tokenizing import CHARACTER_MARK, PAIR_MARK, passage_tokens

KNOWN_WORDS = st.text(alphabet="人工智能算力券有没有企业,。AI模型", max_size=30)
TEXTS = st.lists(st.one_of(st.text(max_size=30), KNOWN_WORDS), max_size=6)


def one_by_one(text: str, with_characters: bool) -> Counter[str]:
    found = passage_tokens(text, with_characters)
    pairs = [PAIR_MARK + pair for pair in found.pairs]
    return Counter([*found.words, *pairs, *(CHARACTER_MARK + one for one in found.characters)])


@given(TEXTS, st.booleans())
def test_all_at_once_counts_what_one_by_one_gives(texts: list[str], with_characters: bool) -> None:
    counts = count_tokens(texts, with_characters)
    terms = list(counts.vocabulary)
    assert counts.size == len(texts)
    assert all(batch.shape[1] == len(terms) for batch in counts.batches)
    for row, text in zip(chain.from_iterable(counts.batches), texts, strict=True):
        held = {terms[column]: int(times) for column, times in zip(row.indices, row.data, strict=True)}
        assert held == one_by_one(text, with_characters)


GROUPS = st.lists(st.lists(KNOWN_WORDS, min_size=1, max_size=4), max_size=6)


@given(GROUPS, st.integers(1, 5))
def test_groups_hold_what_their_texts_hold_together(groups: list[list[str]], at_once: int) -> None:
    texts = list(chain.from_iterable(groups))
    numbers = np.repeat(np.arange(len(groups), dtype=np.int32), [len(one) for one in groups])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vectorstore.counting._AT_ONCE", at_once)
        counts = count_tokens(texts, with_characters=True)
    rows = list(chain.from_iterable(counts.together(numbers).batches))
    assert len(rows) == len(groups)
    terms = list(counts.vocabulary)
    for row, group in zip(rows, groups, strict=True):
        held = {terms[column]: int(times) for column, times in zip(row.indices, row.data, strict=True)}
        assert held == sum((one_by_one(text, with_characters=True) for text in group), Counter())


def test_texts_beyond_one_batch_keep_their_rows() -> None:
    texts = ["", *(f"算力券{number}" for number in range(5_000))]
    counts = count_tokens(texts, with_characters=True)
    (_, first), (start, second) = counts.by_start()
    assert second[4_998 - start, counts.vocabulary["4997"]] == 1
    assert sum(batch[:, counts.vocabulary[CHARACTER_MARK + "券"]].sum() for batch in counts.batches) == 5_000
    assert first[0].nnz == 0


def test_scores_of_texts_in_several_batches_are_those_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"算力券{number % 7}号,模型券{'很' * (number % 3)}" for number in range(50)]
    whole = LexicalIndex.of(texts, with_characters=True).scores("算力券3号")
    monkeypatch.setattr("vectorstore.counting._AT_ONCE", 8)
    assert np.array_equal(LexicalIndex.of(texts, with_characters=True).scores("算力券3号"), whole)
