"""The texts and (question, passage) pairs that the embedded model is made from."""

from __future__ import annotations

import hashlib
import json
import logging
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

logger = logging.getLogger(__name__)

Split = Literal["train", "validation"]

# One passage in twelve is held out. The share was chosen so that about 100 passages (300 questions)
# were held out of the first 1,246; the split depends on the passage alone, so it never moves.
VALIDATION_SHARE = 12

_ARTICLE = re.compile(r"^第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?\s*")
_LAW_DATE = re.compile(r"[(（]\d{4}(?:-\d{2}-\d{2}|年)?[)）]$")
_MARKUP = re.compile(r"<!--.*?-->|^---.*?^---$", re.DOTALL | re.MULTILINE)


class Pair(BaseModel):
    """A question and a passage that answers it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    query: str = Field(description="the question, in the words of whoever asks")
    passage: str = Field(description="a text that answers it")
    source: str = Field(default="", description="whose words these are, and under which licence")
    subject: str = Field(default="", description="what the passage is about, in a few characters")
    group: str = Field(default="", description="which writing campaign it comes from")


def split_of(passage: str) -> Split:
    """Return which side of the split a passage is on; it depends on the passage alone."""
    digest = hashlib.sha256(passage.strip().encode("utf-8")).digest()
    return "validation" if digest[0] * 256 + digest[1] < 65536 // VALIDATION_SHARE else "train"


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs of a JSONL file, in order; those with an empty side are left out (and logged).

    Raises:
        ValueError: a line is no JSON object or lacks query or passage; the message names file and line.
    """
    pairs: list[Pair] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    pairs.append(Pair.model_validate_json(line))
                except ValueError as error:
                    raise ValueError(f"{path}:{number}: not a (query, passage) pair: {error}") from error
    whole = [pair for pair in pairs if pair.query.strip() and pair.passage.strip()]
    if len(whole) < len(pairs):
        logger.info("%s: left out %d pairs with an empty side", path.name, len(pairs) - len(whole))
    return whole


def unique_pairs(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs without repetitions of the same question on the same passage, in order."""
    seen: set[tuple[str, str]] = set()
    kept: list[Pair] = []
    for pair in pairs:
        key = (pair.query.strip(), pair.passage.strip())
        if key not in seen:
            seen.add(key)
            kept.append(pair)
    return kept


def sample_pairs(pairs: Sequence[Pair], count: int, seed: int) -> list[Pair]:
    """Return `count` of the pairs (all where there are fewer), drawn without replacement."""
    if count >= len(pairs):
        return list(pairs)
    return random.Random(seed).sample(list(pairs), count)


def law_files(folder: Path) -> list[Path]:
    """Return the Markdown files of the laws in a lasting order."""
    return sorted(path for path in folder.rglob("*.md") if not path.name.startswith(("_index", "README")))


def law_title(path: Path) -> str:
    """Return the title of a law from its file's name, without the date of the version."""
    return _LAW_DATE.sub("", path.stem)


def newest_versions(files: Iterable[Path]) -> list[Path]:
    """Return of the files of one title the one of the latest date, in the order of the files."""
    latest: dict[str, Path] = {}
    for path in files:
        title = law_title(path)
        if title not in latest or _date_of(path) > _date_of(latest[title]):
            latest[title] = path
    return list(latest.values())


def _date_of(path: Path) -> str:
    found = _LAW_DATE.search(path.stem)
    return found.group(0) if found else ""


def law_paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a law in Markdown, without headings' marks and comments."""
    for line in _MARKUP.sub("", text).splitlines():
        paragraph = line.strip().lstrip("#").strip()
        if paragraph:
            yield paragraph


def law_articles(path: Path) -> Iterator[str]:
    """Yield the articles (第X条) of a law as one text each, without their number."""
    article: list[str] = []
    for line in _MARKUP.sub("", path.read_text(encoding="utf-8")).splitlines():
        text = line.strip()
        if _ARTICLE.match(text) or text.startswith("#"):
            if article:
                yield "".join(article)
            article = [] if text.startswith("#") else [_ARTICLE.sub("", text)]
        elif text and article:
            article.append(text)
    if article:
        yield "".join(article)


def news_paragraphs(folder: Path) -> Iterator[str]:
    """Yield the articles of the news files, one line each, from the text marker on."""
    for path in sorted(item for item in folder.iterdir() if item.is_file()):
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                text = line.partition("正文：")[2] or line
                if text.strip():
                    yield text.strip()


def material_texts(laws: Path, news: Path, pairs: Iterable[Pair]) -> Iterator[str]:
    """Yield every text that the vocabulary and the skip-gram vectors are made from, repetitions left out."""
    seen: set[int] = set()

    def fresh(text: str) -> bool:
        key = hash(text)
        if key in seen:
            return False
        seen.add(key)
        return True

    for path in law_files(laws):
        yield from filter(fresh, law_paragraphs(path.read_text(encoding="utf-8")))
    yield from filter(fresh, news_paragraphs(news))
    for pair in pairs:
        yield from filter(fresh, (pair.query, pair.passage))


def write_pairs(path: Path, pairs: Iterable[Pair]) -> int:
    """Write pairs as JSONL with their split; return how many."""
    lines = [
        json.dumps(pair.model_dump() | {"split": split_of(pair.passage)}, ensure_ascii=False)
        for pair in pairs
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)
