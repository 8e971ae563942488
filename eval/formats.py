"""What ingest reads out of official files: how many, and how far title, 文号, issuer, dates are right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from eval.errors import DataError
from eval.retrieval import Progress
from eval.statistics import Interval, interval
from ingest.document import read_document
from ingest.errors import IngestError
from ingest.settings import IngestSettings
from ingest.widths import halve
from vectorstore.models import Document

FIELDS: Mapping[str, str] = {
    "title": "标题",
    "number": "文号",
    "issuer": "发文机关",
    "adopted": "成文日期",
    "signed": "落款日期",
    "published": "发布日期",
    "effective": "施行日期",
}
_FORMATS = frozenset(
    {".html", ".htm", ".pdf", ".ofd", ".md", ".txt", ".docx", ".doc", ".wps", ".png", ".jpg"}
)
_NO_DOCUMENTS = frozenset({"README.md", "_index.md"})
_BETWEEN = re.compile(r"[\s,、;《》]+")


def _several(value: object) -> object:
    """Return one value or several as texts; a date as YAML reads it is written as ISO again."""
    values = value if isinstance(value, list | tuple) else [] if value is None else [value]
    return [one.isoformat() if isinstance(one, date) else one for one in values]


Accepted = Annotated[tuple[str, ...], BeforeValidator(_several)]


class Label(BaseModel):
    """What a file states of itself; empty: it states nothing. Of several values any one is right."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Accepted = ()
    number: Accepted = ()
    issuer: Accepted = Field(
        default=(), description="all issuers; the first of them or all together is right"
    )
    adopted: Accepted = ()
    signed: Accepted = ()
    published: Accepted = ()
    effective: Accepted = ()


class Reading(BaseModel):
    """How one file fared: what was read out of it, or why it was refused."""

    model_config = ConfigDict(frozen=True)

    name: str
    format: str = Field(description="ending of the file's name, in lower case")
    values: Mapping[str, str] | None = Field(description="what was read by field; None: refused")
    reason: str = Field(default="", description="the line that a person sees where it was refused")


class Judgement(BaseModel):
    """One field of one file: what it states and what was read, and whether that is right."""

    model_config = ConfigDict(frozen=True)

    name: str
    field: str
    expected: tuple[str, ...]
    actual: str | None
    is_right: bool


class FieldFigure(BaseModel):
    """How far one field is right over the labelled files."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    field: str
    stated: int = Field(description="files that state it")
    found: int = Field(description="files for which a value was read")
    right: int
    precision: Interval | None = Field(description="right of those found; None where none was found")
    recall: Interval | None = Field(description="right of those stated, refused files counted as missed")


def read_labels(path: Path) -> dict[str, Label]:
    """Return the labels by file name.

    Raises:
        DataError: The file is missing or a label is not one.
    """
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        return TypeAdapter(dict[str, Label]).validate_python(loaded)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise DataError(
            f"{path}: 标注读不了({' '.join(str(error).split())[:200]})。请改正后重试。"
        ) from error


def official_files(folders: Sequence[Path]) -> list[Path]:
    """Return the files below folders that ingest may read, in order.

    Raises:
        DataError: There is none.
    """
    below = sorted(one for folder in folders for one in folder.rglob("*") if one.is_file())
    found = [one for one in below if one.suffix.lower() in _FORMATS and one.name not in _NO_DOCUMENTS]
    if not found:
        raise DataError(f"{'、'.join(map(str, folders))}: 没有可以读的文件。请给出放样本的目录。")
    return found


def read_all(files: Sequence[Path], settings: IngestSettings, progress: Progress) -> list[Reading]:
    """Return how every file fared; a fault that is no refusal stops the measurement."""
    readings = []
    for count, path in enumerate(files, start=1):
        readings.append(_read(path, settings))
        progress("读文件", count, len(files))
    return readings


def _read(path: Path, settings: IngestSettings) -> Reading:
    ending = path.suffix.lower().lstrip(".")
    try:
        document = read_document(path, settings)
    except IngestError as error:
        return Reading(name=path.name, format=ending, values=None, reason=str(error))
    return Reading(name=path.name, format=ending, values=_values(document))


def _values(document: Document) -> dict[str, str]:
    dates = document.validity.dates
    values = {
        "title": document.title,
        "number": document.number,
        "issuer": document.issuer,
        "adopted": dates.adopted,
        "signed": dates.signed,
        "published": dates.published or document.published,
        "effective": dates.effective,
    }
    return {field: value for field, value in values.items() if value}


def judge(labels: Mapping[str, Label], readings: Sequence[Reading]) -> list[Judgement]:
    """Return a judgement for every field of every labelled file.

    Raises:
        DataError: A labelled file was not among those read.
    """
    by_name = {reading.name: reading for reading in reversed(readings)}
    if missing := sorted(labels.keys() - by_name.keys()):
        raise DataError(f"样本里没有这些标注过的文件:{'、'.join(missing[:5])}(共 {len(missing)} 份)。")
    return [one for name, label in labels.items() for one in _judged(label, by_name[name])]


def _judged(label: Label, reading: Reading) -> Iterator[Judgement]:
    for field in FIELDS:
        expected: tuple[str, ...] = getattr(label, field)
        actual = (reading.values or {}).get(field)
        same = _same_issuer if field == "issuer" else _same
        is_right = actual is not None and same(expected, actual)
        yield Judgement(name=reading.name, field=field, expected=expected, actual=actual, is_right=is_right)


def _same(expected: Sequence[str], actual: str) -> bool:
    return _plain(actual) in {_plain(one) for one in expected}


def _same_issuer(expected: Sequence[str], actual: str) -> bool:
    """Whether the first issuer was read, or all of them in any order."""
    if not expected:
        return False
    rest = _plain(actual)
    if rest == _plain(expected[0]):
        return True
    for one in sorted(map(_plain, expected), key=len, reverse=True):
        if one not in rest:
            return False
        rest = rest.replace(one, "", 1)
    return not rest


def _plain(text: str) -> str:
    return _BETWEEN.sub("", halve(text))


def figures(judgements: Sequence[Judgement]) -> list[FieldFigure]:
    """Return precision and recall of every field, with their intervals."""
    return [_figure(field, [one for one in judgements if one.field == field]) for field in FIELDS]


def _figure(field: str, judged: Sequence[Judgement]) -> FieldFigure:
    found = [one for one in judged if one.actual is not None]
    stated = [one for one in judged if one.expected]
    return FieldFigure(
        field=field,
        stated=len(stated),
        found=len(found),
        right=sum(one.is_right for one in judged),
        precision=_share(found, lambda one: one.is_right),
        recall=_share(stated, lambda one: one.is_right),
    )


def _share(judged: Sequence[Judgement], holds: Callable[[Judgement], bool]) -> Interval | None:
    return interval([float(holds(one)) for one in judged]) if judged else None


def shares(readings: Sequence[Reading]) -> dict[str, Counter[str]]:
    """Return by format how many files were read and how many refused."""
    counted: dict[str, Counter[str]] = {}
    for reading in readings:
        outcome = "refused" if reading.values is None else "read"
        counted.setdefault(reading.format, Counter())[outcome] += 1
    return dict(sorted(counted.items()))
