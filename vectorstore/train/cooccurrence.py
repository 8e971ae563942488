"""Start vectors: which words stand near which, so that tokens without a pair know their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils.extmath import randomized_svd
from tokenizers import Tokenizer

from vectorstore.train.recipe import Recipe
from vectorstore.train.vocabulary import UNKNOWN

_BATCH = 5000
# Subsampling of frequent words, and the smoothing of context counts: Levy, Goldberg, Dagan 2015.
_FREQUENT = 1e-4
_SMOOTHING = 0.75


@dataclass(frozen=True)
class StartVectors:
    """What training starts from."""

    vectors: NDArray[np.float32]
    """(n_tokens, dim), rows L2-normalised and then centred; tokens that never occur are zero."""
    log_weights: NDArray[np.float32]
    """(n_tokens,), logarithm of the weight a/(a+p) that a token starts with."""


def tokenise(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """Return the token ids of each text."""
    ids: list[list[int]] = []
    for at in range(0, len(texts), _BATCH):
        encodings = tokenizer.encode_batch_fast(list(texts[at : at + _BATCH]), add_special_tokens=False)
        ids.extend(encoding.ids for encoding in encodings)
    return ids


def cooccurrence_vectors(tokenizer: Tokenizer, texts: Sequence[str], recipe: Recipe) -> StartVectors:
    """Return start vectors: the singular vectors of the positive pointwise mutual information."""
    tokens, text_numbers = _flatten(tokenizer, texts)
    size = tokenizer.get_vocab_size()
    counts = np.bincount(tokens, minlength=size).astype(np.int64)
    kept = _thin_out(tokens, counts, tokenizer.token_to_id(UNKNOWN), recipe.seed)
    near = _count_neighbours(tokens[kept], text_numbers[kept], size, recipe.window)
    left, strengths, _ = randomized_svd(
        _positive_information(near), recipe.dimension, n_iter=3, n_oversamples=20, random_state=recipe.seed
    )
    vectors = (left * np.sqrt(strengths)).astype(np.float32)
    return start_vectors(vectors, counts, recipe.sif)


def start_vectors(vectors: NDArray[np.float32], counts: NDArray[np.int64], sif: float) -> StartVectors:
    """Return normalised, centred vectors and the smooth inverse frequency weights a/(a+p).

    Args:
        vectors: (n_tokens, dim) float32.
        counts: (n_tokens,) how often each token occurs.
        sif: the a of a/(a+p), p being a token's share of all tokens (Arora et al. 2017).
    """
    shares = counts / max(1, counts.sum())
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    units = vectors / np.maximum(norms, 1e-6)
    centred = units - (units * shares[:, None]).sum(axis=0)
    centred[counts == 0] = 0.0
    weights = np.log(sif / (sif + shares))
    return StartVectors(centred.astype(np.float32), weights.astype(np.float32))


def _flatten(tokenizer: Tokenizer, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return all tokens in order and the number of the text each stands in."""
    parts: list[NDArray[np.int64]] = []
    for at in range(0, len(texts), _BATCH):
        parts.extend(np.array(ids, dtype=np.int64) for ids in tokenise(tokenizer, texts[at : at + _BATCH]))
    lengths = [len(part) for part in parts]
    return np.concatenate(parts), np.repeat(np.arange(len(parts)), lengths)


def _thin_out(
    tokens: NDArray[np.int64], counts: NDArray[np.int64], unknown: int | None, seed: int
) -> NDArray[np.bool_]:
    """Return which tokens stay: frequent ones seldom, unknown ones never."""
    shares = np.maximum(counts / max(1, counts.sum()), 1e-12)
    chances = np.minimum(1.0, np.sqrt(_FREQUENT / shares))
    drawn: NDArray[np.bool_] = np.random.default_rng(seed).random(len(tokens)) < chances[tokens]
    stays: NDArray[np.bool_] = drawn & (tokens != unknown)
    return stays


def _count_neighbours(
    tokens: NDArray[np.int64], text_numbers: NDArray[np.int64], size: int, window: int
) -> sparse.csr_matrix:
    """Return how often two tokens stand within the window, nearer ones counting more; (size, size)."""
    total = sparse.csr_matrix((size, size), dtype=np.float32)
    for distance in range(1, window + 1):
        left, right = tokens[:-distance], tokens[distance:]
        together = text_numbers[:-distance] == text_numbers[distance:]
        keys = (np.minimum(left, right) * size + np.maximum(left, right))[together]
        pairs, counts = np.unique(keys, return_counts=True)
        weight = 1.0 - (distance - 1) / window
        values = counts.astype(np.float32) * np.float32(weight)
        total = total + sparse.csr_matrix((values, (pairs // size, pairs % size)), shape=(size, size))
    return total + total.T


def _positive_information(near: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the positive pointwise mutual information of counts, contexts smoothed; same shape."""
    rows = np.asarray(near.sum(axis=1)).ravel()
    contexts = rows**_SMOOTHING / max(1e-12, float((rows**_SMOOTHING).sum()))
    entries = near.tocoo()
    information = np.log(entries.data / (rows[entries.row] * contexts[entries.col]))
    positive = information > 0
    return sparse.csr_matrix(
        (information[positive].astype(np.float32), (entries.row[positive], entries.col[positive])),
        shape=near.shape,
    )
