"""From texts and pairs to the embedded model in a folder."""

from __future__ import annotations

import logging
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field
from tokenizers import Tokenizer

from vectorstore.embeddings import StaticEmbedder
from vectorstore.train.card import CardFigures, Counts, write_card
from vectorstore.train.contrastive import Example, TokenTable, character_pieces, fit
from vectorstore.train.cooccurrence import StartVectors, cooccurrence_vectors, tokenise
from vectorstore.train.export import save_model
from vectorstore.train.material import (
    Pair,
    law_articles,
    law_files,
    material_texts,
    read_pairs,
    sample_pairs,
    split_of,
    unique_pairs,
)
from vectorstore.train.mining import Miner, count_of
from vectorstore.train.recipe import Recipe
from vectorstore.train.references import neighbours, read_labels, read_references, resolve
from vectorstore.train.validation import ValidationFigures, validate
from vectorstore.train.vocabulary import build_tokenizer, choose_vocabulary, count_words, token_texts

logger = logging.getLogger(__name__)

Progress = Callable[[str], None]

# Tokens of a text that training looks at; beyond them a passage says little about a question.
_MAX_QUERY, _MAX_PASSAGE = 200, 400
_DISTRACTORS = 5000
_WORTH_PROCESSES = 10_000
"""Examples; a process takes some seconds to start."""


class Material(BaseModel):
    """The files that a model is made from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    laws: Path = Field(description="folder of laws in Markdown")
    news: Path = Field(description="folder of news text, one article a line")
    lay_pairs: tuple[Path, ...] = Field(description="JSONL files of lay questions with official passages")
    legal_pairs: Path = Field(description="JSONL file of questions with a lawyer's advice")
    reading_pairs: Path = Field(description="JSONL file of questions with encyclopaedia passages")
    references: tuple[Path, ...] = Field(default=(), description="JSONL files of questions on real texts")
    labels: tuple[Path, ...] = Field(
        default=(), description="JSONL files of which clauses answer the questions of legal_pairs"
    )
    folder: Path = Field(default=Path(), description="what the documents of references are relative to")

    @classmethod
    def of(
        cls,
        folder: Path,
        lay_pairs: Sequence[Path],
        references: Sequence[Path] = (),
        labels: Sequence[Path] = (),
    ) -> Material:
        """Return the files of a material folder in its usual layout.

        Raises:
            FileNotFoundError: one of them is missing.
        """
        material = cls(
            laws=folder / "corpus" / "laws",
            news=folder / "training" / "news",
            lay_pairs=tuple(lay_pairs),
            legal_pairs=folder / "training" / "legal_advice_pairs.jsonl",
            reading_pairs=folder / "training" / "reading_pairs.jsonl",
            references=tuple(references),
            labels=tuple(labels),
            folder=folder,
        )
        sources = (*lay_pairs, *references, *labels, material.legal_pairs, material.reading_pairs)
        paths = (material.laws, material.news, *sources)
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            raise FileNotFoundError(f"the material lacks {', '.join(missing)}; give its folder")
        return material


def train(material: Material, out: Path, recipe: Recipe, progress: Progress) -> ValidationFigures:
    """Make the model, write it with its card, and return its figures on the held-out lay pairs.

    A first training without hard negatives finds them for the trainings that make the model.
    """
    began = time.monotonic()
    references = [one for path in material.references for one in read_references(path)]
    labels = [one for path in material.labels for one in read_labels(path, material.legal_pairs)]
    lay, generic = _read_all_pairs(material, recipe)
    seen, held_out = _divided(lay)
    real, held_real = _divided(unique_pairs(resolve(references, material.folder)))
    asked, held_asked = _divided(unique_pairs(resolve(labels, material.folder)))
    progress(
        f"{len(seen)} lay pairs, {len(real)} on real texts, {len(asked)} labelled ones of people, "
        f"{sum(map(len, generic))} others; held out {len(held_out)}, {len(held_real)} and {len(held_asked)}"
    )

    texts = list(
        material_texts(
            material.laws, material.news, [*seen, *real, *asked, *(p for ps in generic for p in ps)]
        )
    )
    tokenizer, start = _begun(texts, recipe, progress)

    on_texts = [*real, *asked]
    sources = [real * recipe.reference_repeat + asked * recipe.label_repeat, *generic]
    examples = make_examples(tokenizer, seen, sources, recipe)
    progress(f"{len(examples)} examples an epoch: training on pairs")
    if on_texts and recipe.negatives:
        first = _train_members(tokenizer, start, examples, recipe.model_copy(update={"members": 1}), progress)
        known = neighbours([*references, *labels], material.folder)
        passages = [*known, *(pair.passage for pair in on_texts)]
        negatives = _mined(tokenizer, first, on_texts, passages, recipe)
        progress(f"{count_of(negatives)} hard negatives for {len(negatives)} questions")
        examples = make_examples(tokenizer, seen, sources, recipe, negatives)
    vectors = _train_members(tokenizer, start, examples, recipe, progress)

    name = save_model(out, tokenizer, vectors, min(recipe.widths))
    embed, distractors = StaticEmbedder(out).embed_passages, _distractors(material.laws, recipe.seed)
    figures = validate(embed, held_out, distractors)
    on_real, on_asked = (
        validate(embed, held, distractors) if held else None for held in (held_real, held_asked)
    )
    reached = CardFigures(lay=figures, references=on_real, labels=on_asked)
    legal, reading = map(len, generic)
    counts = Counts(lay=len(seen), references=len(real), labels=len(asked), legal=legal, reading=reading)
    write_card(out, name, recipe, reached, counts)
    progress(f"{name} in {time.monotonic() - began:.0f} s; held-out recall@5 {figures.recall_at_5:.3f}")
    return figures


def _begun(texts: Sequence[str], recipe: Recipe, progress: Progress) -> tuple[Tokenizer, StartVectors]:
    """Return the tokenizer of texts, and the vectors that training starts from."""
    progress(f"{len(texts)} texts of {sum(map(len, texts)) / 1e6:.1f} million characters: counting words")
    tokenizer = build_tokenizer(choose_vocabulary(count_words(texts), recipe.vocabulary))
    progress(f"{tokenizer.get_vocab_size()} tokens: finding neighbours")
    return tokenizer, cooccurrence_vectors(tokenizer, texts, recipe)


def make_examples(
    tokenizer: Tokenizer,
    lay: Sequence[Pair],
    others: Sequence[Sequence[Pair]],
    recipe: Recipe,
    negatives: Mapping[str, Sequence[str]] | None = None,
) -> list[Example]:
    """Return the examples of an epoch: lay pairs repeated, others as given; pairs without a token left out.

    Args:
        tokenizer: of the model.
        lay: pairs of lay questions, source 0.
        others: pairs of the other sources, from source 1 on.
        recipe: how often a lay pair is seen.
        negatives: passages by question; a question that is seen again takes the next of its own.
    """
    keys: dict[str, int] = {}
    taken: Counter[str] = Counter()
    hard = _tokenised(tokenizer, negatives or {})
    examples: list[Example] = []
    for source, pairs in enumerate([lay, *others]):
        queries = tokenise(tokenizer, [pair.query for pair in pairs])
        passages = tokenise(tokenizer, [pair.passage for pair in pairs])
        for pair, query, passage in zip(pairs, queries, passages, strict=True):
            if not (query and passage):
                continue
            key = keys.setdefault(pair.passage.strip(), len(keys))
            for _ in range(recipe.lay_repeat if source == 0 else 1):
                own = hard.get(pair.query)
                negative = own[taken[pair.query] % len(own)] if own else None
                taken[pair.query] += 1
                examples.append(Example(query[:_MAX_QUERY], passage[:_MAX_PASSAGE], key, source, negative))
    return examples


def _tokenised(tokenizer: Tokenizer, negatives: Mapping[str, Sequence[str]]) -> dict[str, list[list[int]]]:
    texts = list(dict.fromkeys(text for found in negatives.values() for text in found))
    ids = dict(zip(texts, tokenise(tokenizer, texts), strict=True))
    return {query: [ids[text][:_MAX_PASSAGE] for text in found] for query, found in negatives.items()}


def _mined(
    tokenizer: Tokenizer,
    vectors: NDArray[np.float32],
    pairs: Sequence[Pair],
    passages: Sequence[str],
    recipe: Recipe,
) -> dict[str, tuple[str, ...]]:
    """Return hard negatives by question, found with a first model that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="huxz-train-") as folder:
        save_model(Path(folder), tokenizer, vectors, min(recipe.widths))
        miner = Miner(passages, StaticEmbedder(Path(folder)).embed_passages, recipe.seed)
    return miner.negatives(pairs, recipe.negatives, recipe.too_close, recipe.passed_over)


def _train_members(
    tokenizer: Tokenizer, start: StartVectors, examples: Sequence[Example], recipe: Recipe, progress: Progress
) -> NDArray[np.float32]:
    """Return (n_tokens, dim) the mean of the tables of several trainings that differ in their seed.

    Each runs in a process of its own, as many at a time as there are cores.
    """
    total = np.zeros_like(start.vectors)
    numbers = range(1, recipe.members + 1)
    one = partial(_train_member, tokenizer.to_str(), start, examples, recipe)
    with _processes(recipe.members if len(examples) >= _WORTH_PROCESSES else 1) as pool:
        trained = pool.map(one, numbers) if pool else map(one, numbers)
        for member, (vectors, losses) in zip(numbers, trained, strict=True):
            for epoch, loss in enumerate(losses, start=1):
                progress(
                    f"training {member}/{recipe.members}, epoch {epoch}/{recipe.epochs}: loss {loss:.4f}"
                )
            total += vectors
    return total / np.float32(recipe.members)


def _processes(wanted: int) -> AbstractContextManager[ProcessPoolExecutor | None]:
    """Return a pool of as many processes as there are cores for, none where only one is wanted."""
    if wanted == 1:
        return nullcontext()
    return ProcessPoolExecutor(
        max_workers=min(wanted, os.cpu_count() or 1),
        mp_context=get_context("spawn"),
        initializer=torch.set_num_threads,
        initargs=(torch.get_num_threads(),),
    )


def _train_member(
    tokenizer: str, start: StartVectors, examples: Sequence[Example], recipe: Recipe, member: int
) -> tuple[NDArray[np.float32], list[float]]:
    """Return (n_tokens, dim) the table of one training, and its mean loss in each epoch."""
    pieces = character_pieces(token_texts(Tokenizer.from_str(tokenizer)))
    table = TokenTable(start.vectors, start.log_weights, pieces)
    losses: list[float] = []
    seeded = recipe.model_copy(update={"seed": recipe.seed + member - 1})
    fit(table, examples, seeded, lambda _, loss: losses.append(loss))
    return table.vectors(), losses


def _divided(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs to train on and those that are held out, by passage."""
    kept = [pair for pair in pairs if split_of(pair.passage) == "train"]
    return kept, [pair for pair in pairs if split_of(pair.passage) == "validation"]


def _read_all_pairs(material: Material, recipe: Recipe) -> tuple[list[Pair], list[list[Pair]]]:
    """Return the lay pairs, and the other pairs by source; held-out reading pairs fit the order later."""
    lay = unique_pairs(pair for path in material.lay_pairs for pair in read_pairs(path))
    reading, _ = _divided(
        sample_pairs(read_pairs(material.reading_pairs), recipe.reading_sample, recipe.seed)
    )
    legal = sample_pairs(read_pairs(material.legal_pairs), recipe.legal_sample, recipe.seed)
    return lay, [legal, reading]


def _distractors(laws: Path, seed: int) -> list[str]:
    """Return up to 5,000 articles of laws that no held-out question asks for."""
    files = law_files(laws)
    random.Random(seed).shuffle(files)
    found: list[str] = []
    for path in files:
        found.extend([text for text in law_articles(path) if 15 < len(text) < 200][:10])
        if len(found) >= _DISTRACTORS:
            break
    return found[:_DISTRACTORS]
