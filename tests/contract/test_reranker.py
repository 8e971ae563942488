"""What every Reranker promises, and what a search makes of its scores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.fakes.vectorstore import HashingEmbedder, make_document
from vectorstore.errors import RerankerModelError
from vectorstore.factory import open_index, open_writer
from vectorstore.models import QueryLeg, RetrievalQuery
from vectorstore.protocols import Reranker
from vectorstore.reranker import CrossEncoderReranker, build_reranker
from vectorstore.settings import VectorStoreSettings

PASSAGES = ["发放算力券。", "引进人才。", "建设产业园。"]


class SharedLetters:
    """Scores a passage by the letters it shares with the question."""

    def score(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        return [float(len(set(question) & set(text))) for text in passages]


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of two thousand weights, made on the spot: no network."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("cross-encoder")
    letters = sorted({letter for text in PASSAGES for letter in text})
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]), "utf-8")
    BertTokenizerFast(str(vocabulary)).save_pretrained(folder)
    size = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 8}
    config = BertConfig(vocab_size=len(letters) + 5, num_labels=1, **size)
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture(params=["fake", "cross-encoder"])
def reranker(request: pytest.FixtureRequest, model_folder: Path) -> Reranker:
    return SharedLetters() if request.param == "fake" else CrossEncoderReranker(str(model_folder))


def test_each_passage_has_one_score_of_its_own(reranker: Reranker) -> None:
    scores = reranker.score("算力券怎么领", PASSAGES)
    assert len(scores) == len(PASSAGES)
    assert list(scores[:1]) == pytest.approx(list(reranker.score("算力券怎么领", PASSAGES[:1])), abs=1e-5)


def test_no_passages_have_no_scores(reranker: Reranker) -> None:
    assert list(reranker.score("算力券怎么领", [])) == []


def test_no_reranker_is_loaded_unless_one_is_named() -> None:
    assert build_reranker(VectorStoreSettings()) is None


def test_a_reranker_that_cannot_be_had_is_named_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(RerankerModelError, match="HUXZ_VECTORSTORE__RERANKER"):
        build_reranker(VectorStoreSettings(reranker=str(tmp_path / "nowhere")))


def test_a_search_gives_the_first_candidates_in_the_order_of_the_reranker(
    settings: VectorStoreSettings,
) -> None:
    class Backwards:
        def score(self, question: str, passages: Sequence[str]) -> Sequence[float]:
            return [float(position) for position in range(len(passages))]

    embedder = HashingEmbedder()
    document = make_document("plan", ["发放算力券,支持企业。", "算力券由企业申领。", "企业培训。"])
    open_writer(settings, embedder=embedder).apply([document])
    query = RetrievalQuery(legs=(QueryLeg(text="企业算力券"),))
    plain = open_index(settings, embedder=embedder)
    narrow = settings.model_copy(update={"reranked": 2})
    turned = open_index(narrow, embedder=embedder, reranker=Backwards())
    before = [found.clause_id for found in plain.retriever.retrieve(query, 3).clauses]
    after = turned.retriever.retrieve(query, 3).clauses
    assert [found.clause_id for found in after] == [before[1], before[0], before[2]]
    assert [found.score for found in after] == sorted((found.score for found in after), reverse=True)
    plain.close()
    turned.close()
