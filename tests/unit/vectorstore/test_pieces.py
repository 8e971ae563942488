"""Pieces of a unigram vocabulary, against the library that the vocabulary was made with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from vectorstore.embeddings import MODEL_FOLDER, TOKENIZER_FILE
from vectorstore.pieces import Pieces
from vectorstore.train.vocabulary import build_tokenizer

LIBRARY = Tokenizer.from_file(str(MODEL_FOLDER / TOKENIZER_FILE))
PIECES = Pieces(MODEL_FOLDER / TOKENIZER_FILE)


def cut(pieces: Pieces, texts: list[str]) -> list[list[int]]:
    found = pieces.cut(texts)
    return [found.ids[a:b].tolist() for a, b in zip(found.bounds[:-1], found.bounds[1:], strict=True)]


def expected(library: Tokenizer, texts: list[str]) -> list[list[int]]:
    return [found.ids for found in library.encode_batch_fast(texts, add_special_tokens=False)]


@given(st.lists(st.text(alphabet="算力券模型的企业湖州市人工智能㐀龘aiz09ＡⅣ①，。 \n\u0301é", max_size=40)))
def test_texts_have_the_pieces_that_the_library_finds(texts: list[str]) -> None:
    assert cut(PIECES, texts) == expected(LIBRARY, texts)


@given(st.lists(st.text(max_size=20)))
def test_any_characters_have_the_pieces_that_the_library_finds(texts: list[str]) -> None:
    assert cut(PIECES, texts) == expected(LIBRARY, texts)


def test_no_texts_and_texts_without_words_have_no_pieces() -> None:
    assert cut(PIECES, []) == []
    assert cut(PIECES, ["", "？", ""]) == [[], [], []]


@pytest.mark.parametrize("entries", [[("a", 1), ("ab", 1), ("b", 1)], [("aa", 1), ("a", 1)]])
def test_ways_of_equal_scores_and_unknown_characters_are_as_in_the_library(
    tmp_path: Path, entries: list[tuple[str, int]]
) -> None:
    library = build_tokenizer(entries)
    library.save(str(tmp_path / "tokenizer.json"))
    texts = ["abab", "aaaaa", "xyz", "axyb", "x1y 甲乙a", "xx，xx"]
    assert cut(Pieces(tmp_path / "tokenizer.json"), texts) == expected(library, texts)


def test_another_kind_of_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps({"model": {"type": "WordPiece", "vocab": {}}}), "utf-8")
    with pytest.raises(ValueError, match="WordPiece"):
        Pieces(path)
