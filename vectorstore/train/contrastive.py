"""Contrastive training of token vectors: a question lies near its own passage, far from the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from vectorstore.train.recipe import Recipe

logger = logging.getLogger(__name__)

Ids = list[int]


@dataclass(frozen=True)
class Example:
    """A tokenised pair. Two examples with the same `passage_key` are never each other's negatives."""

    query: Ids
    passage: Ids
    passage_key: int
    source: int
    negative: Ids | None = None


class TokenTable(nn.Module):
    """Token vectors: a linear map of start vectors, plus an offset each, plus the mean of its characters.

    What is shared (the map, the characters) moves tokens that no pair contains along with those that pairs
    contain. Every token has a weight of its own.
    """

    def __init__(
        self, start: NDArray[np.float32], log_weights: NDArray[np.float32], pieces: NDArray[np.int64]
    ) -> None:
        """Take what training starts from.

        Args:
            start: (n_tokens, dim) start vectors.
            log_weights: (n_tokens,) logarithms of the tokens' weights.
            pieces: (n_tokens, width) numbers of a token's characters from 1; 0 fills the row up.
        """
        super().__init__()
        self.pieces: Tensor
        self.register_buffer("pieces", torch.from_numpy(pieces))
        self.characters = nn.EmbeddingBag(
            int(pieces.max()) + 1, start.shape[1], mode="mean", padding_idx=0, sparse=True
        )
        nn.init.zeros_(self.characters.weight)
        self.start: Tensor
        self.register_buffer("start", torch.from_numpy(start))
        self.offset = nn.Embedding(start.shape[0], start.shape[1], sparse=True)
        nn.init.zeros_(self.offset.weight)
        self.log_weight = nn.Embedding(len(start), 1, sparse=True)
        self.log_weight.weight.data.copy_(torch.from_numpy(log_weights)[:, None])
        self.map = nn.Linear(start.shape[1], start.shape[1], bias=False)
        nn.init.eye_(self.map.weight)

    def forward(self, ids: Tensor) -> Tensor:
        """Return the vectors of tokens; (n,) int64 -> (n, dim) float32."""
        vectors: Tensor = self.map(self.start[ids]) + self.offset(ids) + self.characters(self.pieces[ids])
        weighted: Tensor = vectors * self.log_weight(ids).exp()
        return weighted

    def vectors(self) -> NDArray[np.float32]:
        """Return all token vectors; (n_tokens, dim) float32."""
        with torch.no_grad():
            table: NDArray[np.float32] = self(torch.arange(len(self.start))).numpy()
        return table


def character_pieces(tokens: Sequence[str], width: int = 8) -> NDArray[np.int64]:
    """Return the numbers of each token's characters, from 1; 0 fills the rows up; (n_tokens, width)."""
    numbers: dict[str, int] = {}
    pieces = np.zeros((len(tokens), width), dtype=np.int64)
    for row, token in enumerate(tokens):
        for column, character in enumerate(token[:width]):
            pieces[row, column] = numbers.setdefault(character, len(numbers) + 1)
    return pieces


def thin(text: Ids, share: float, order: np.random.Generator) -> Ids:
    """Return the tokens of a text with a share of them left out at random; never none."""
    if share <= 0:
        return text
    kept = [token for token, chance in zip(text, order.random(len(text)), strict=True) if chance >= share]
    return kept or text


def embed(table: TokenTable, texts: Sequence[Ids]) -> Tensor:
    """Return the sums of the texts' token vectors; (n_texts, dim)."""
    flat = torch.tensor([token for text in texts for token in text], dtype=torch.long)
    lengths = torch.tensor([len(text) for text in texts])
    offsets = torch.cumsum(lengths, 0) - lengths
    tokens, places = torch.unique(flat, return_inverse=True)
    return functional.embedding_bag(places, table(tokens), offsets, mode="sum")


def batch_loss(
    table: TokenTable, batch: Sequence[Example], recipe: Recipe, order: np.random.Generator
) -> Tensor:
    """Return the mean cross-entropy of finding each question's passage among the batch's (and back).

    Multiple negatives ranking (Henderson et al. 2017) at every Matryoshka width (Kusupati et al. 2022);
    passages that are the question's own too are masked.
    """
    negatives = [example.negative for example in batch if example.negative]
    drop = recipe.token_dropout
    queries = embed(table, [thin(example.query, drop, order) for example in batch])
    passages = embed(table, [thin(example.passage, drop, order) for example in batch] + negatives)
    keys = torch.tensor([example.passage_key for example in batch])
    same = (keys[:, None] == keys[None, :]) & ~torch.eye(len(batch), dtype=torch.bool)
    truth = torch.arange(len(batch))
    losses = []
    for width in recipe.widths:
        left = functional.normalize(queries[:, :width], dim=1)
        right = functional.normalize(passages[:, :width], dim=1)
        scores = left @ right.T * recipe.scale
        inner = scores[:, : len(batch)].masked_fill(same, float("-inf"))
        losses.append(functional.cross_entropy(torch.cat([inner, scores[:, len(batch) :]], dim=1), truth))
        if recipe.symmetric:
            losses.append(functional.cross_entropy(inner.T, truth))
    return torch.stack(losses).mean()


def batches(examples: Sequence[Example], size: int, order: np.random.Generator) -> Iterator[list[Example]]:
    """Yield shuffled batches of one source each: passages of one kind are the harder negatives."""
    groups: dict[int, list[int]] = {}
    for place in order.permutation(len(examples)):
        groups.setdefault(examples[place].source, []).append(int(place))
    chunks = [group[at : at + size] for group in groups.values() for at in range(0, len(group), size)]
    for place in order.permutation(len(chunks)):
        if len(chunks[place]) > 1:
            yield [examples[index] for index in chunks[place]]


def fit(
    table: TokenTable, examples: Sequence[Example], recipe: Recipe, report: Callable[[int, float], None]
) -> None:
    """Train a table in place; `report` gets the epoch (from 1) and its mean loss."""
    order = np.random.default_rng(recipe.seed)
    sparse = torch.optim.SparseAdam(
        [
            {"params": [table.offset.weight, table.log_weight.weight], "peak": recipe.learning_rate},
            {"params": [table.characters.weight], "peak": recipe.character_learning_rate},
        ]
    )
    dense = torch.optim.Adam(table.map.parameters(), lr=recipe.map_learning_rate)
    steps = recipe.epochs * sum(1 for _ in batches(examples, recipe.batch_size, np.random.default_rng(0)))
    done = 0
    for epoch in range(1, recipe.epochs + 1):
        losses = []
        for batch in batches(examples, recipe.batch_size, order):
            factor = max(0.02, min(1.0, done / max(1, steps // 10), 1.0 - done / steps))
            for group in sparse.param_groups:
                group["lr"] = group["peak"] * factor
            dense.param_groups[0]["lr"] = recipe.map_learning_rate * factor
            sparse.zero_grad()
            dense.zero_grad()
            loss = batch_loss(table, batch, recipe, order)
            loss.backward()  # type: ignore[no-untyped-call]
            sparse.step()  # type: ignore[no-untyped-call]
            dense.step()
            losses.append(loss.item())
            done += 1
        report(epoch, float(np.mean(losses)))
