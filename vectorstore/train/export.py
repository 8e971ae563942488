"""Writing the embedded model: int8 rows with a scale each, tokenizer and configuration."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from vectorstore.embeddings import CONFIG_FILE, TOKENIZER_FILE, WEIGHTS_FILE
from vectorstore.train.vocabulary import UNKNOWN

_FAINT = 1e-3


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return int8 rows and a scale a row, so that rows x scales are the vectors.

    Args:
        vectors: (n_tokens, dim) float32.

    Returns:
        (n_tokens, dim) int8 in -127..127 and (n_tokens,) float32.
    """
    peaks = np.abs(vectors).max(axis=1)
    scales = np.where(peaks > 0, peaks / 127.0, 1.0).astype(np.float32)
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales


def with_unknown(vectors: NDArray[np.float32], unknown: int) -> NDArray[np.float32]:
    """Return the vectors with a faint one for the unknown token, so that no text is without direction.

    Training never sees the unknown token; a text of nothing else (empty, punctuation) takes its vector.
    """
    completed = vectors.copy()
    completed[unknown] = 0.0
    completed[unknown, 0] = _FAINT
    return completed


def save_model(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32], coarse: int) -> str:
    """Write tokenizer, weights and configuration into a folder; return the model's name.

    The name holds a digest of tokenizer and weights: another model, another name, another index.

    Args:
        folder: made where it is missing.
        tokenizer: with an unknown token.
        vectors: (n_tokens, dimension) float32.
        coarse: leading numbers that were trained to work by themselves, 1..dimension.

    Raises:
        ValueError: the tokenizer has no unknown token.
    """
    folder.mkdir(parents=True, exist_ok=True)
    unknown = tokenizer.token_to_id(UNKNOWN)
    if unknown is None:
        raise ValueError(f"the tokenizer has no {UNKNOWN} token; build it with build_tokenizer")
    weights, scales = quantise(with_unknown(vectors, unknown))
    spoken = json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))
    (folder / TOKENIZER_FILE).write_text(spoken, encoding="utf-8")
    np.savez(folder / WEIGHTS_FILE, weights=weights, scales=scales)
    digest = hashlib.sha256(spoken.encode("utf-8"))
    digest.update(weights.tobytes())
    digest.update(scales.tobytes())
    name = f"huxz-static-{vectors.shape[1]}@{digest.hexdigest()[:12]}"
    config = {"name": name, "dimension": vectors.shape[1], "coarse": coarse, "tokens": len(vectors)}
    config["unknown_id"] = unknown
    (folder / CONFIG_FILE).write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    return name
