"""Questions on real texts: kept as references to a clause, found in the material when a model is made."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from vectorstore.train.material import Pair, law_title, read_pairs

_LABEL = re.compile(r"^(第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)")
_TOLD = ("topic", "target_group", "condition", "benefit", "amount", "cap", "agency", "summary")


class Reference(BaseModel):
    """A question and the clause of a real text that answers it; nothing of the text is kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    query: str = Field(min_length=1, description="the question, in the words of whoever asks")
    document: str = Field(description="path of the text within the material")
    clause: str = Field(description="第X条 of a law in Markdown, or <policy id>#<number of the measure>")
    subject: str = Field(default="", description="what the clause is about, in a few characters")
    group: str = Field(default="", description="which writing campaign it comes from")


def read_references(path: Path) -> list[Reference]:
    """Return the references of a JSONL file, in order.

    Raises:
        ValueError: a line is no reference; the message names file and line.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            found.append(Reference.model_validate_json(line))
        except ValueError as error:
            raise ValueError(
                f"{path}:{number}: not a (query, document, clause) reference: {error}"
            ) from error
    return found


class Label(BaseModel):
    """A question that somebody asked, by its place in the material, and the clause that answers it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int = Field(ge=1, description="line of the question in the file of pairs, from 1")
    digest: str = Field(
        description="first 8 digits of the SHA-256 of the question, so that no other is meant"
    )
    document: str = Field(description="path of the text within the material")
    clause: str = Field(description="第X条 of a law in Markdown")


def read_labels(path: Path, pairs: Path) -> list[Reference]:
    """Return the labels of a JSONL file as references, with the questions of a file of pairs.

    Raises:
        ValueError: a line is no label, or the pairs are others than those that were labelled.
    """
    asked = [one.query for one in read_pairs(pairs)]
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            label = Label.model_validate_json(line)
        except ValueError as error:
            raise ValueError(
                f"{path}:{number}: not a (line, digest, document, clause) label: {error}"
            ) from error
        query = asked[label.line - 1] if label.line <= len(asked) else ""
        if question_digest(query) != label.digest:
            raise ValueError(
                f"{path}:{number}: line {label.line} of {pairs} is another question than labelled"
            )
        found.append(
            Reference(query=query, document=label.document, clause=label.clause, group="people's own")
        )
    return found


def question_digest(query: str) -> str:
    """Return the first 8 digits of the SHA-256 of a question."""
    return hashlib.sha256(query.encode("utf-8")).hexdigest()[:8]


def resolve(references: Sequence[Reference], material: Path) -> list[Pair]:
    """Return the references as pairs with the text of their clauses.

    Raises:
        ValueError: a document or a clause is not in the material; the message names it.
    """
    read = lru_cache(maxsize=None)(clause_texts)
    pairs = []
    for reference in references:
        path = material / reference.document
        text = read(path).get(reference.clause) if path.exists() else None
        if not text:
            raise ValueError(
                f"{reference.document}, {reference.clause}: not in the material {material}; take the "
                "reference out or complete the material"
            )
        pairs.append(Pair(query=reference.query, passage=text, group=reference.group))
    return pairs


def neighbours(references: Sequence[Reference], material: Path) -> list[str]:
    """Return the texts of all clauses of the documents that are asked about, in a lasting order."""
    documents = sorted({reference.document for reference in references})
    return [text for document in documents for text in clause_texts(material / document).values()]


def clause_texts(path: Path) -> Mapping[str, str]:
    """Return the clauses of a law or a file of policies by label, each behind the title."""
    return _measures(path) if path.suffix == ".yaml" else _articles(path)


def _articles(path: Path) -> dict[str, str]:
    """Return the articles of a law by label, each behind the title of the law."""
    found: dict[str, str] = {}
    label = None
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if text.startswith(("#", "<!--")):
            label = None
        elif match := _LABEL.match(text):
            label = match.group(1)
            found[label] = f"{law_title(path)}{label}\n{text[match.end() :].strip()}"
        elif label:
            found[label] += text
    return found


def _measures(path: Path) -> dict[str, str]:
    """Return the measures of policies: `<policy id>#<number from 1>` -> its facts, behind the title."""
    policies: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        f"{policy['id']}#{number}": f"{policy['title']}\n"
        + "，".join(str(measure[key]) for key in _TOLD if measure.get(key))
        for policy in policies
        for number, measure in enumerate(policy["measures"], start=1)
    }
