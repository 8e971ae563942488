"""The golden questions: what a record holds, and how one is checked against the documents when it is read."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.models import Audience, Status
from eval.errors import DataError
from vectorstore.models import Clause, Document

FOLDER = Path(__file__).parent / "golden"
SHIPPED = FOLDER / "plan_dev.jsonl"
"""The questions that the figures of the documentation on retrieval were measured on."""

Kind = Literal[
    "fact_number", "responsible_unit", "unit_list", "enterprise_support", "citizen_life", "vocabulary_gap",
    "definition", "multi_hop_compare", "contact_process", "partial_unspecified", "false_premise",
    "out_of_scope", "adversarial", "noisy_form", "multi_turn",
    "validity", "matching", "injection", "long_conversation", "privacy",
]  # fmt: skip
_SHOWN_FAULTS = 20


class GoldenEvidence(BaseModel):
    """A question and the verbatim strings that a complete answer rests on; what retrieval alone needs."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    type: str = Field(description="kind of question, e.g. vocabulary_gap")
    turns: tuple[str, ...] = Field(min_length=1, description="questions in order; the last is judged")
    evidence: tuple[str, ...] = Field(default=(), description="verbatim substrings of the document")


class GoldenRecord(BaseModel):
    """A golden question as its file holds it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    type: Kind
    audience: Audience
    turns: tuple[str, ...] = Field(min_length=1, description="questions in order; the last is judged")
    answerable: Literal["yes", "partial", "no"]
    expected_status: Status
    also_status: tuple[Status, ...] = Field(default=(), description="statuses that are right too")
    document_id: str = Field(description="the document that the evidence stands in")
    evidence: tuple[str, ...] = Field(default=(), description="a complete answer cites a clause with each")
    optional_evidence: tuple[str, ...] = Field(default=(), description="right to cite, not wrong to omit")
    must: tuple[tuple[str, ...], ...] = Field(default=(), description="of each group one occurs")
    must_not: tuple[str, ...] = Field(default=(), description="strings that prove a wrong answer")
    second_reading: str | None = Field(default=None, description="where a second reader judged otherwise")
    as_of: date | None = Field(default=None, description="the day the question is asked; None: any")
    profile: str | None = Field(default=None, description="who asks, in a sentence")
    note: str = ""


class Place(BaseModel):
    """Where an evidence string stands."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    start: int = Field(ge=0, description="offset in the document")
    end: int = Field(ge=0)
    clause_id: str = Field(description="<document_id>:<path> when it was read")
    digest: str = Field(description="SHA-256 of the clause's text when it was read")


class Golden(BaseModel):
    """A golden question whose evidence is found in its document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    record: GoldenRecord
    evidence: tuple[Place, ...] = ()
    optional: tuple[Place, ...] = ()


class Fault(BaseModel):
    """Why a record is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    line: int = Field(ge=1)
    id: str
    reason: str

    def __str__(self) -> str:
        """Return the fault as one line."""
        return f"{self.file} 第 {self.line} 行 {self.id}:{self.reason}"


def read_golden(path: Path) -> tuple[GoldenEvidence, ...]:
    """Return the questions that have evidence; the others cannot judge what retrieval finds.

    Raises:
        DataError: The file cannot be read, or no question in it has evidence.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
        questions = [GoldenEvidence.model_validate_json(line) for line in lines if line.strip()]
    except (OSError, ValidationError) as error:
        raise DataError(f"{path}: cannot be read as golden questions: {error}") from error
    found = tuple(question for question in questions if question.evidence)
    if not found:
        raise DataError(f"{path}: no question has evidence; recall would be undefined")
    return found


def load_golden(path: Path, documents: Sequence[Document]) -> tuple[Golden, ...]:
    """Return the golden questions of a file or of all files of a folder, in their order.

    Raises:
        DataError: A record is broken; the message names file, line, id and reason.
    """
    questions, faults = check_golden(path, documents)
    if faults:
        shown = "\n".join(str(fault) for fault in faults[:_SHOWN_FAULTS])
        raise DataError(f"{len(faults)} 条金标记录不能用,请改正:\n{shown}")
    return questions


def check_golden(path: Path, documents: Sequence[Document]) -> tuple[tuple[Golden, ...], tuple[Fault, ...]]:
    """Return the good questions of a file or folder, and the faults of the others.

    Raises:
        DataError: A file cannot be read, or there is no question in it.
    """
    by_id = {document.document_id: document for document in documents}
    questions: list[Golden] = []
    faults: list[Fault] = []
    ids: set[str] = set()
    asked: dict[str, str] = {}
    for file, number, line in _lines(path):
        record = _parsed(line)
        if isinstance(record, GoldenRecord):
            key = "\n".join(plain(turn) for turn in record.turns)
            reasons = list(_reasons(record, by_id, ids, asked.get(key)))
            ids.add(record.id)
            asked.setdefault(key, record.id)
            if not reasons:
                questions.append(resolve(record, by_id[record.document_id]))
            name = record.id
        else:
            name, reasons = record.id, [record.reason]
        faults.extend(Fault(file=file.name, line=number, id=name, reason=reason) for reason in reasons)
    if not questions and not faults:
        raise DataError(f"{path} 里没有金标问题。请检查路径。")
    return tuple(questions), tuple(faults)


def resolve(record: GoldenRecord, document: Document) -> Golden:
    """Return a record with its evidence found in the document; each must stand there once, in one clause."""
    return Golden(
        record=record,
        evidence=tuple(_place(text, document) for text in record.evidence),
        optional=tuple(_place(text, document) for text in record.optional_evidence),
    )


def golden_digest(questions: Sequence[Golden]) -> str:
    """Return the SHA-256 of all records but their notes, whatever the order of the files."""
    records = sorted((one.record for one in questions), key=lambda record: record.id)
    lines = [record.model_dump_json(exclude={"note", "second_reading"}) for record in records]
    return sha256("\n".join(lines).encode("utf-8")).hexdigest()


def plain(text: str) -> str:
    """Return a text for comparison: full-width as half-width, lower case, without spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


class _Unreadable(BaseModel):
    id: str
    reason: str


def _lines(path: Path) -> Iterator[tuple[Path, int, str]]:
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    for file in files:
        try:
            lines = file.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"读不到金标文件 {file}:{error}") from error
        yield from ((file, number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _parsed(line: str) -> GoldenRecord | _Unreadable:
    try:
        return GoldenRecord.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        return _Unreadable(id=_id_of(line), reason=f"{field or '整行'} 不对:{first['msg']}")


def _id_of(line: str) -> str:
    try:
        fields = json.loads(line)
    except ValueError:
        return "(无编号)"
    return str(fields.get("id", "(无编号)")) if isinstance(fields, dict) else "(无编号)"


def _reasons(
    record: GoldenRecord, documents: Mapping[str, Document], ids: set[str], twin: str | None
) -> Iterator[str]:
    if record.id in ids:
        yield "编号重复"
    if twin is not None:
        yield f"问题与 {twin} 重复"
    question = plain(record.turns[-1])
    for group in record.must:
        for words in group:
            if plain(words) in question:
                yield f"must 里的「{words}」问题自己就说了"
    if record.answerable == "yes" and not record.evidence:
        yield "answerable 为 yes,却没有 evidence"
    document = documents.get(record.document_id)
    if document is None:
        yield f"文档 {record.document_id} 不在收录的文件里"
        return
    for text in (*record.evidence, *record.optional_evidence):
        count = document.text.count(text) if text else 0
        if count != 1:
            yield f"证据「{text}」在 {record.document_id} 中出现 {count} 次,应恰好 1 次"
        elif _clause_of(document.text.index(text), text, document) is None:
            yield f"证据「{text}」跨了条款"


def _place(text: str, document: Document) -> Place:
    start = document.text.index(text)
    clause = _clause_of(start, text, document)
    if clause is None:
        raise DataError(f"{document.document_id}: evidence lies across clauses: {text}")
    return Place(
        text=text,
        start=start,
        end=start + len(text),
        clause_id=f"{document.document_id}:{clause.path}",
        digest=clause.digest,
    )


def _clause_of(start: int, text: str, document: Document) -> Clause | None:
    end = start + len(text)
    inside = (one for one in document.clauses if one.start <= start and end <= one.end)
    return next(inside, None)
