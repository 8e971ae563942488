"""Mining of hard negatives."""

from __future__ import annotations

from tests.fakes.vectorstore import HashingEmbedder
from vectorstore.train.material import Pair
from vectorstore.train.mining import Miner, count_of


def test_negatives_are_what_the_search_finds_and_never_what_repeats_the_answer() -> None:
    own = "劳动者解除合同应当提前三十日通知用人单位"
    twin = "劳动者解除合同应当提前三十日通知用人单位。"
    others = [f"用人单位解除合同第{number}种情形" for number in range(6)]
    miner = Miner([own, twin, *others, own], HashingEmbedder().embed_passages, seed=1)
    pairs = [Pair(query="解除合同要提前几天通知", passage=own)]
    found = miner.negatives(pairs, count=3, too_close=0.9, passed_over=0)
    assert count_of(found) == 3
    assert set(found["解除合同要提前几天通知"]) <= set(others)
    assert miner.negatives(pairs, count=3, too_close=-1.0, passed_over=0) == {}
