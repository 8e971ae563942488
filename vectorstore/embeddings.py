"""Embedders: the small model that comes with the product, and any sentence-transformers model."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from vectorstore.errors import EmbeddingModelError
from vectorstore.pieces import Cut, Pieces
from vectorstore.protocols import Embedder, Run, Vectors
from vectorstore.settings import VectorStoreSettings

logger = logging.getLogger(__name__)

EMBEDDED = "embedded"
MODEL_FOLDER = Path(__file__).parent / "model"
TOKENIZER_FILE = "tokenizer.json"
WEIGHTS_FILE = "weights.npz"
CONFIG_FILE = "config.json"

_CHARACTERS_AT_ONCE = 65_536
"""Cut at a time: what is made of them stays in the processor's cache; 64 MB of vectors at most."""

# What stands before a question (and a passage) for families whose configuration files do not always say it.
# bge: https://huggingface.co/BAAI/bge-small-zh-v1.5
# e5: https://huggingface.co/intfloat/multilingual-e5-small
# Qwen3: https://huggingface.co/Qwen/Qwen3-Embedding-0.6B
_QUERY_PROMPTS = {
    r"bge-(small|base|large)-zh": "为这个句子生成表示以用于检索相关文章：",
    r"qwen3-embedding": (
        "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
    ),
    r"\be5-": "query: ",
}
_PASSAGE_PROMPTS = {r"\be5-": "passage: "}


class StaticEmbedder:
    """The embedded model: a vector a token, averaged and normalised.

    A token's vector is a row of int8 weights times the row's scale; how much a token counts in the
    average is the length of its vector. Needs no network, no GPU and neither torch nor transformers.
    """

    def __init__(self, folder: Path = MODEL_FOLDER) -> None:
        """Load tokenizer and weights from a folder.

        Raises:
            EmbeddingModelError: a file is missing or does not fit the others.
        """
        try:
            config = json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8"))
            with np.load(folder / WEIGHTS_FILE) as arrays:
                self._weights = arrays["weights"]  # (n_tokens, dim) int8
                self._scales = arrays["scales"].astype(np.float32)  # (n_tokens,)
            self._pieces = Pieces(folder / TOKENIZER_FILE)
            self._name = str(config["name"])
            self._unknown = int(config["unknown_id"])
            self._coarse = int(config["coarse"])
        except (OSError, ValueError, KeyError, TypeError, BadZipFile) as error:
            raise EmbeddingModelError(
                f"the embedded model in {folder} cannot be loaded ({error}); restore the folder or make it "
                "anew with `python -m vectorstore.train`"
            ) from error
        rows = len(self._pieces)
        if not rows == len(self._weights) == len(self._scales):
            raise EmbeddingModelError(
                f"the embedded model in {folder} does not fit together: {rows} tokens, "
                f"{len(self._weights)} rows, {len(self._scales)} scales; restore the folder"
            )

    @property
    def name(self) -> str:
        """Name and digest of the weights."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._weights.shape[1])

    @property
    def coarse(self) -> int:
        """Leading numbers of a vector that were trained to find what is near by themselves."""
        return self._coarse

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (n_texts, dimension) float32, rows L2-normalised; texts of any length count whole."""
        sums = self._summed(texts)
        # A text without a single known character (empty, punctuation) takes the vector of the unknown token.
        sums[~sums.any(axis=1)] = self._rows(np.asarray([self._unknown]))
        return _normalised(sums)

    def embed_runs(self, texts: Sequence[Sequence[str]], runs: Sequence[Sequence[Run]]) -> Vectors:
        """Return (n_runs, dimension) float32, rows L2-normalised: runs of neighbouring sentences of texts.

        Each sentence is looked up once, however many runs it is in: a run is the sum of its sentences.
        """
        whole = self._summed([sentence for sentences in texts for sentence in sentences])
        upto = np.concatenate([np.zeros((1, self.dimension)), np.cumsum(whole, axis=0, dtype=np.float64)])
        starts = np.cumsum([0, *(len(sentences) for sentences in texts)])
        bounds = [
            (start + a, start + b)
            for start, of_text in zip(starts[:-1], runs, strict=True)
            for a, b in of_text
        ]
        first, behind = np.asarray(bounds, dtype=np.intp).reshape(-1, 2).T
        return _normalised((upto[behind] - upto[first]).astype(np.float32))

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n_texts, dimension) float32, rows L2-normalised; the model has no query prompt."""
        return self.embed_passages(texts)

    def _summed(self, texts: Sequence[str]) -> Vectors:
        """Return (n_texts, dimension) the sums of the vectors of each text's pieces."""
        sums = np.zeros((len(texts), self.dimension), dtype=np.float32)
        upto = np.cumsum([0, *map(len, texts)])
        start = 0
        while start < len(texts):
            stop = int(np.searchsorted(upto, upto[start] + _CHARACTERS_AT_ONCE, side="right")) - 1
            stop = max(stop, start + 1)
            sums[start:stop] = self._sums(self._pieces.cut(texts[start:stop]))
            start = stop
        return sums

    def _sums(self, cut: Cut) -> Vectors:
        """Return (n_texts, dimension) the summed vectors of pieces.

        As a sparse product over the distinct pieces: 25 times as fast as adding up gathered rows.
        """
        is_met = np.zeros(len(self._pieces), dtype=np.bool_)
        is_met[cut.ids] = True
        distinct = np.flatnonzero(is_met)
        columns = np.empty(len(self._pieces), dtype=np.int64)
        columns[distinct] = np.arange(len(distinct))
        ones = np.ones(len(cut.ids), dtype=np.float32)
        shape = (len(cut.bounds) - 1, len(distinct))
        sums: Vectors = csr_matrix((ones, columns[cut.ids], cut.bounds), shape=shape) @ self._rows(distinct)
        return sums

    def _rows(self, ids: NDArray[np.int64]) -> Vectors:
        """Return (n_ids, dimension) the vectors of pieces."""
        rows: Vectors = self._weights[ids].astype(np.float32)
        rows *= self._scales[ids, None]
        return rows


def joined(texts: Sequence[Sequence[str]], runs: Sequence[Sequence[Run]]) -> list[str]:
    """Return runs of neighbouring sentences of texts as texts."""
    return ["".join(text[a:b]) for text, of_text in zip(texts, runs, strict=True) for a, b in of_text]


def _normalised(vectors: Vectors) -> Vectors:
    """Return rows divided by their lengths."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.maximum(norms, np.finfo(np.float32).tiny)
    return vectors


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by its name on a hub or as a local folder."""

    def __init__(self, model: str) -> None:
        """Load the model; a local folder needs no network.

        Raises:
            EmbeddingModelError: the model cannot be had.
        """
        from sentence_transformers import SentenceTransformer

        try:
            self._model: Any = SentenceTransformer(model)
        except Exception as error:
            raise EmbeddingModelError(
                f"the embedding model {model!r} cannot be loaded ({error}); give the path of a local folder, "
                f"allow the network to fetch it, or set embedding_model to {EMBEDDED!r}"
            ) from error
        self._name = _identity(model, self._model)
        prompts: dict[str, str] = getattr(self._model, "prompts", None) or {}
        self._query_prompt = prompts.get("query") or _family_prompt(model, _QUERY_PROMPTS)
        self._passage_prompt = (
            prompts.get("document") or prompts.get("passage") or _family_prompt(model, _PASSAGE_PROMPTS)
        )

    @property
    def name(self) -> str:
        """Name and revision of the model."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    @property
    def coarse(self) -> int:
        """Leading numbers of a vector that find what is near: all, since the model may need them."""
        return self.dimension

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (n_texts, dimension) float32, rows L2-normalised."""
        return self._encode(self._model.encode_document, texts, self._passage_prompt)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n_texts, dimension) float32, rows L2-normalised, with the model's query prompt."""
        return self._encode(self._model.encode_query, texts, self._query_prompt)

    def embed_runs(self, texts: Sequence[Sequence[str]], runs: Sequence[Sequence[Run]]) -> Vectors:
        """Return (n_runs, dimension) float32, rows L2-normalised: runs of neighbouring sentences of texts."""
        return self.embed_passages(joined(texts, runs))

    def _encode(self, encode: Any, texts: Sequence[str], prompt: str) -> Vectors:
        """Return (n_texts, dimension) float32, rows L2-normalised, each text behind the prompt."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        vectors = encode(
            list(texts), prompt=prompt or None, normalize_embeddings=True, show_progress_bar=False
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)


def build_embedder(settings: VectorStoreSettings) -> Embedder:
    """Return the embedder that the settings name: the embedded model, or a sentence-transformers model.

    Raises:
        EmbeddingModelError: the model cannot be had.
    """
    if settings.embedding_model == EMBEDDED:
        return StaticEmbedder()
    return SentenceTransformerEmbedder(settings.embedding_model)


def _family_prompt(model: str, prompts: dict[str, str]) -> str:
    """Return the prompt of the family that a model's name belongs to, or ''."""
    return next((prompt for family, prompt in prompts.items() if re.search(family, model.lower())), "")


def _identity(model: str, loaded: Any) -> str:
    """Return name@revision: the hub's commit, or a digest of a local folder's file names and sizes."""
    folder = Path(model)
    if folder.is_dir():
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        listing = "\n".join(f"{path.relative_to(folder)} {path.stat().st_size}" for path in files)
        return f"{folder.name}@{hashlib.sha256(listing.encode('utf-8')).hexdigest()[:12]}"
    transformer = getattr(loaded[0], "auto_model", None)
    revision = getattr(getattr(transformer, "config", None), "_commit_hash", None)
    return f"{model}@{revision[:12]}" if revision else model
