"""Windows of neighbouring sentences: none is lost, none is embedded twice, few are kept."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.vectorstore import HashingEmbedder, make_document
from vectorstore.embeddings import StaticEmbedder, joined
from vectorstore.passages import Part, Passage
from vectorstore.windows import WindowCache, runs_of, sentences_of


def windows_of(text: str) -> list[str]:
    sentences = sentences_of(text)
    return joined([sentences], [runs_of(len(sentences))])


TEXTS = st.text(alphabet="甲乙丙。;\n ,", max_size=400)


@given(TEXTS)
def test_every_sentence_stands_in_a_window_beside_its_neighbour(text: str) -> None:
    windows = windows_of(text)
    assert windows
    assert all("".join(window.split()) in "".join(text.split()) for window in windows)
    sentences = [part for part in text.replace(";", "。").replace("\n", "。").split("。") if part.strip()]
    assert all(any(sentence in window for window in windows) for sentence in sentences)


def test_a_long_text_has_a_bounded_number_of_windows() -> None:
    assert len(windows_of("甲乙丙。" * 5_000)) <= 65


EMBEDDER = StaticEmbedder()


def passages_of(*texts: str) -> list[Passage]:
    document = make_document("law", texts).document
    return [
        Passage(document_id="law", clause=clause, parts=(Part.model_construct(),))
        for clause in document.clauses
    ]


def test_a_passage_is_embedded_when_first_looked_at_and_never_again() -> None:
    embedder = HashingEmbedder()
    cache = WindowCache(embedder)
    first, second = passages_of("甲一。乙二。丙三。", "ＡＢ。")
    found = cache.windows([first, second])
    assert found[0].texts == ("甲一。乙二。", "乙二。丙三。")
    assert found[1].texts == ("ab。",)
    assert found[0].vectors.shape == (2, embedder.dimension)
    assert found[1].vectors.shape == (0, embedder.dimension)
    before = len(embedder.embedded)
    assert cache.windows([second])[0].texts == ("ab。",)
    assert len(embedder.embedded) == before


def test_what_was_looked_at_longest_ago_is_let_go() -> None:
    embedder = HashingEmbedder()
    cache = WindowCache(embedder, limit=1)
    first, second = passages_of("甲。乙。丙。", "丁。戊。己。")
    assert len(cache.windows([first, second])) == 2
    before = len(embedder.embedded)
    cache.windows([second])
    assert len(embedder.embedded) == before
    cache.windows([first])
    assert len(embedder.embedded) == before + 2


@given(st.lists(TEXTS, max_size=4))
def test_a_run_has_the_vector_of_its_sentences_together(texts: list[str]) -> None:
    sentences = [sentences_of(text) for text in texts]
    runs = [runs_of(len(one)) for one in sentences]
    found = EMBEDDER.embed_runs(sentences, runs)
    expected = EMBEDDER.embed_passages(joined(sentences, runs))
    worded = [at for at, text in enumerate(joined(sentences, runs)) if set(text) & set("甲乙丙")]
    assert found.shape == expected.shape
    np.testing.assert_allclose(found[worded], expected[worded], atol=1e-4)
