"""Questions whose passages are known, over texts that nobody explained: what the plain order is fitted on.

All of them were held out of the training of the embedded model, which would look too good on others.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from eval.beir import BeirSet, PassageText, as_documents
from eval.errors import DataError
from vectorstore.train.material import law_files, law_title, newest_versions, read_pairs, split_of
from vectorstore.train.references import Reference, clause_texts, read_labels, read_references

TRAINING = Path(__file__).parents[1] / "vectorstore" / "training"
ORDER_PAIRS = TRAINING / "order_pairs.jsonl"
ADVICE_LABELS = TRAINING / "advice_labels.jsonl"
_SEED = 1
_MOST_QUESTIONS = 1_200
_OTHER_DOCUMENTS = 250
_LOCAL = "DLC"
_NO_LAW = "案例"


def plain_sets(material: Path) -> Iterator[BeirSet]:
    """Yield the sets: local rules in their own words, laws in everyday and people's words, facts of articles.

    Raises:
        DataError: The material lacks a folder or file.
    """
    laws, reading = material / "corpus" / "laws", material / "training" / "reading_pairs.jsonl"
    for needed in (laws, reading, material / "training" / "legal_advice_pairs.jsonl"):
        if not needed.exists():
            raise DataError(f"{needed} 没有找到;请指明训练材料的目录。")
    order = random.Random(_SEED)
    yield _local_rules(material, laws, order)
    yield _everyday(material, laws, order)
    yield _articles(reading)


def _local_rules(material: Path, laws: Path, order: random.Random) -> BeirSet:
    references = read_references(ORDER_PAIRS)
    asked = list(dict.fromkeys(one.document for one in references))
    others = [_named(path, material) for path in law_files(laws) if _LOCAL in path.parts]
    order.shuffle(others)
    beside = [name for name in others if name not in set(asked)][:_OTHER_DOCUMENTS]
    return _referred(material, [*asked, *beside], references)


def _everyday(material: Path, laws: Path, order: random.Random) -> BeirSet:
    read = lru_cache(maxsize=None)(clause_texts)
    national = (path for path in law_files(laws) if not {_LOCAL, _NO_LAW} & set(path.parts))
    documents = [_named(path, material) for path in newest_versions(national)]
    kept = set(documents)
    references = [
        one
        for path in sorted(TRAINING.glob("reference_pairs_*.jsonl"))
        for one in read_references(path)
        if one.document in kept
        and split_of(read(material / one.document).get(one.clause, "")) == "validation"
    ]
    order.shuffle(references)
    asked = [one for one in _asked(material) if one.document in kept]
    return _referred(material, documents, [*references[:_MOST_QUESTIONS], *asked])


def _asked(material: Path) -> list[Reference]:
    """Return people's own questions as far as none of their clauses was trained on."""
    read = lru_cache(maxsize=None)(clause_texts)
    labels = read_labels(ADVICE_LABELS, material / "training" / "legal_advice_pairs.jsonl")
    trained = {one.query for one in labels if split_of(read(material / one.document)[one.clause]) == "train"}
    return [one for one in labels if one.query not in trained]


def _articles(path: Path) -> BeirSet:
    pairs = read_pairs(path)
    ids = {text: f"p{number}" for number, text in enumerate(dict.fromkeys(pair.passage for pair in pairs))}
    held = [pair for pair in pairs if split_of(pair.passage) == "validation"]
    return BeirSet(
        documents=as_documents(PassageText(one, one, text) for text, one in ids.items()),
        queries={f"q{number}": pair.query for number, pair in enumerate(held)},
        qrels={f"q{number}": {ids[pair.passage]: 1} for number, pair in enumerate(held)},
    )


def _referred(material: Path, documents: Iterable[str], references: Sequence[Reference]) -> BeirSet:
    answers: dict[str, dict[str, int]] = {}
    for one in references:
        answers.setdefault(one.query, {})[_id(one.document, one.clause)] = 1
    return BeirSet(
        documents=as_documents(text for name in documents for text in _passages(material, name)),
        queries={f"q{number}": query for number, query in enumerate(answers)},
        qrels={f"q{number}": found for number, found in enumerate(answers.values())},
    )


def _passages(material: Path, name: str) -> Iterator[PassageText]:
    """Yield a document's title and its clauses."""
    yield PassageText(name, _id(name, "标题"), law_title(Path(name)))
    for label, text in clause_texts(material / name).items():
        yield PassageText(name, _id(name, label), text)


def _named(path: Path, material: Path) -> str:
    return path.relative_to(material).as_posix()


def _id(document: str, label: str) -> str:
    return f"{document}#{label}"
