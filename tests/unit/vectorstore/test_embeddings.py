"""The embedders: files that are missing or do not fit, prompts of model families."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from vectorstore import embeddings
from vectorstore.embeddings import (
    EmbeddingModelError,
    SentenceTransformerEmbedder,
    StaticEmbedder,
    build_embedder,
)
from vectorstore.settings import VectorStoreSettings


@pytest.fixture
def local_model(tmp_path: Path) -> Path:
    """A sentence-transformers model of four words in a folder named like an e5 model."""
    words = {"[UNK]": 0, "query": 1, "passage": 2, "算力": 3}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.eye(4, 8, dtype=np.float32)
    folder = tmp_path / "multilingual-e5-tiny"
    SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu"
    ).save_pretrained(str(folder))
    return folder


def test_a_missing_model_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingModelError, match=r"vectorstore\.train"):
        StaticEmbedder(tmp_path / "nowhere")


def test_weights_that_do_not_fit_the_tokenizer_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(embeddings.MODEL_FOLDER, folder)
    np.savez(folder / "weights.npz", weights=np.ones((3, 4), np.int8), scales=np.ones(3, np.float32))
    with pytest.raises(EmbeddingModelError, match="does not fit together"):
        StaticEmbedder(folder)


def test_the_name_comes_from_the_configuration() -> None:
    config = json.loads((embeddings.MODEL_FOLDER / "config.json").read_text(encoding="utf-8"))
    assert StaticEmbedder().name == config["name"]


def test_many_long_texts_are_embedded_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["租用本市智能算力的企业", "养老服务", "路灯坏了"] * 5
    whole = StaticEmbedder().embed_passages(texts)
    monkeypatch.setattr(embeddings, "_CHARACTERS_AT_ONCE", 4)
    np.testing.assert_allclose(StaticEmbedder().embed_passages(texts), whole, atol=1e-6)


def test_a_local_folder_is_loaded_offline_and_named_with_a_digest(local_model: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(local_model))
    assert embedder.dimension == 8
    assert embedder.name.startswith("multilingual-e5-tiny@")
    assert embedder.embed_passages([]).shape == (0, 8)
    vectors = embedder.embed_passages(["算力", "算力 算力"])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_prompts_of_the_family_stand_before_questions_and_passages(local_model: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(local_model))
    query, passage = embedder.embed_queries(["算力"])[0], embedder.embed_passages(["算力"])[0]
    assert query[1] > 0
    assert query[2] == 0
    assert passage[2] > 0
    assert passage[1] == 0


@pytest.mark.parametrize(
    ("model", "start"),
    [
        ("BAAI/bge-small-zh-v1.5", "为这个句子"),
        ("Qwen/Qwen3-Embedding-0.6B", "Instruct: "),
        ("intfloat/multilingual-e5-small", "query: "),
        ("BAAI/bge-m3", ""),
        ("moka-ai/m3e-base", ""),
    ],
)
def test_families_have_their_query_prompt(model: str, start: str) -> None:
    prompt = embeddings._family_prompt(model, embeddings._QUERY_PROMPTS)
    assert prompt.startswith(start)
    assert bool(prompt) == bool(start)


def test_a_model_that_cannot_be_had_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EmbeddingModelError, match="local folder"):
        build_embedder(VectorStoreSettings(embedding_model=str(tmp_path / "no-such-model")))
