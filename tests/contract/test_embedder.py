"""What every Embedder promises."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from tokenizers import Tokenizer

from vectorstore.embeddings import MODEL_FOLDER, StaticEmbedder, build_embedder
from vectorstore.protocols import Embedder
from vectorstore.settings import VectorStoreSettings

TEXTS = [
    "显卡租一天顶我一个工人,太贵了,有没有人贴一点",
    "通过发放算力券、模型券,加大优惠算力供给",
    "到2027年底,AI+eVTOL 互飞 12345.67%",
    "",
    "   \n",
    "！？…—",
    "𠮷𪚥 ☃",
    "ＡＩ，（全角）",
]


@pytest.fixture(scope="module", params=["embedded"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return build_embedder(VectorStoreSettings(embedding_model=request.param))


def test_vectors_are_float32_rows_of_length_one(embedder: Embedder) -> None:
    for vectors in (embedder.embed_passages(TEXTS), embedder.embed_queries(TEXTS)):
        assert vectors.shape == (len(TEXTS), embedder.dimension)
        assert vectors.dtype == np.float32
        assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)
    assert embedder.embed_queries([]).shape == (0, embedder.dimension)


def test_the_same_text_has_the_same_vector_alone_and_in_company(embedder: Embedder) -> None:
    together = embedder.embed_passages(TEXTS)
    again = embedder.embed_passages(TEXTS)
    assert_array_equal(together, again)
    for text, vector in zip(TEXTS, together, strict=True):
        assert_allclose(embedder.embed_passages([text])[0], vector, atol=1e-5)


def test_a_long_text_counts_to_its_end(embedder: Embedder) -> None:
    long = "企业应当按照规定报送材料。" * 8000
    plain, ended = embedder.embed_passages([long, long + "老年人免费乘坐公交车。" * 4000])
    assert float(plain @ ended) < 0.99


def test_the_name_is_lasting_and_says_which_model(embedder: Embedder) -> None:
    assert embedder.name
    assert embedder.name == build_embedder(VectorStoreSettings(embedding_model="embedded")).name


def test_lay_words_lie_nearer_to_their_clause_than_to_others(embedder: Embedder) -> None:
    question = embedder.embed_queries(["孩子没人接放学，学校能不能多管一会儿"])
    near, far = embedder.embed_passages(
        ["推进义务教育学校课后服务全覆盖，解决家长接送难问题", "加强危险化学品运输车辆动态监控"]
    )
    assert float((question @ near)[0]) > float((question @ far)[0])


def test_the_embedded_model_is_what_sentence_transformers_makes_of_the_same_files() -> None:
    """Parity with StaticEmbedding built from the same tokenizer and the dequantised weights."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    with np.load(MODEL_FOLDER / "weights.npz") as arrays:
        weights = arrays["weights"].astype(np.float32) * arrays["scales"][:, None]
    tokenizer = Tokenizer.from_file(str(MODEL_FOLDER / "tokenizer.json"))
    peer = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu")
    known = [text for text in TEXTS if any(character.isalnum() for character in text)][:3]
    expected = peer.encode(known, normalize_embeddings=True)
    assert_allclose(StaticEmbedder().embed_passages(known), expected, atol=1e-5)


def test_the_embedded_model_is_small_and_needs_no_torch() -> None:
    assert sum(path.stat().st_size for path in MODEL_FOLDER.iterdir()) <= 24_000_000
    script = (
        "import sys; from vectorstore.embeddings import StaticEmbedder; "
        "StaticEmbedder().embed_queries(['算力券']); "
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers', 'sentence_transformers')))"
    )
    root = Path(__file__).parent.parent.parent
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0
