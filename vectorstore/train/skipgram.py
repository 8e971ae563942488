"""Start vectors: skip-gram over the unlabelled texts, so that tokens without a pair know their neighbours."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from vectorstore.train.recipe import Recipe
from vectorstore.train.vocabulary import UNKNOWN

logger = logging.getLogger(__name__)

_BATCH = 5000


@dataclass(frozen=True)
class StartVectors:
    """What training starts from."""

    vectors: NDArray[np.float32]
    """(n_tokens, dim), rows L2-normalised and centred; tokens that never occur are zero."""
    log_weights: NDArray[np.float32]
    """(n_tokens,), logarithm of the weight a/(a+p) that a token starts with."""


def tokenise(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """Return the token ids of each text."""
    ids: list[list[int]] = []
    for at in range(0, len(texts), _BATCH):
        encodings = tokenizer.encode_batch_fast(list(texts[at : at + _BATCH]), add_special_tokens=False)
        ids.extend(encoding.ids for encoding in encodings)
    return ids


def skipgram_vectors(
    tokenizer: Tokenizer, texts: Sequence[str], recipe: Recipe, workers: int = 1
) -> StartVectors:
    """Return start vectors from the texts; the same on every run only with one worker."""
    from gensim.models import Word2Vec

    unknown = tokenizer.token_to_id(UNKNOWN)
    sentences = [[str(token) for token in text if token != unknown] for text in tokenise(tokenizer, texts)]
    random.Random(recipe.seed).shuffle(sentences)
    model = Word2Vec(
        sentences,
        vector_size=recipe.dimension,
        window=recipe.skipgram_window,
        min_count=1,
        sg=1,
        negative=8,
        sample=1e-4,
        workers=workers,
        epochs=recipe.skipgram_epochs,
        seed=recipe.seed,
    )
    vectors = np.zeros((tokenizer.get_vocab_size(), recipe.dimension), dtype=np.float32)
    counts = np.zeros(len(vectors), dtype=np.int64)
    for word in model.wv.index_to_key:
        vectors[int(word)] = model.wv[word]
        counts[int(word)] = model.wv.get_vecattr(word, "count")
    return start_vectors(vectors, counts, recipe.sif)


def start_vectors(vectors: NDArray[np.float32], counts: NDArray[np.int64], sif: float) -> StartVectors:
    """Return normalised, centred vectors and the smooth inverse frequency weights a/(a+p).

    Args:
        vectors: (n_tokens, dim) float32, zero where a token never occurs.
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
