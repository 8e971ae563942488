"""What every Embedder does."""

from __future__ import annotations

import numpy as np
import pytest

from tests.fakes.vectorstore import HashingEmbedder
from vectorstore.embeddings import MODEL_FOLDER, WEIGHTS_FILE, StaticEmbedder
from vectorstore.protocols import Embedder

TEXTS = ["企业申领算力券", "", "GPU", "建设人工智能特色产业园5个以上。" * 200]


@pytest.fixture(params=["hashing", "static"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "hashing":
        return HashingEmbedder()
    if not (MODEL_FOLDER / WEIGHTS_FILE).exists():
        pytest.skip("the embedded model has not been made yet: python -m vectorstore.train")
    return StaticEmbedder()


def test_vectors_are_float32_rows_of_the_stated_length(embedder: Embedder) -> None:
    for vectors in (embedder.embed_passages(TEXTS), embedder.embed_queries(TEXTS)):
        assert vectors.shape == (len(TEXTS), embedder.dimension)
        assert vectors.dtype == np.float32


def test_rows_are_normalised_also_those_of_empty_and_long_texts(embedder: Embedder) -> None:
    np.testing.assert_allclose(np.linalg.norm(embedder.embed_passages(TEXTS), axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)
    assert embedder.embed_queries([]).shape == (0, embedder.dimension)


def test_a_vector_does_not_depend_on_its_neighbours(embedder: Embedder) -> None:
    together = embedder.embed_passages(TEXTS)
    alone = np.concatenate([embedder.embed_passages([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_a_text_is_nearest_to_itself(embedder: Embedder) -> None:
    texts = ["企业申领算力券", "联系电话和地址", "引进人才的待遇"]
    similarity = embedder.embed_queries(texts) @ embedder.embed_passages(texts).T
    assert similarity.argmax(axis=1).tolist() == [0, 1, 2]


def test_the_name_says_which_model_it_is(embedder: Embedder) -> None:
    assert embedder.name.strip()
