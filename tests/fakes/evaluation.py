"""A made-up policy, golden questions over it, and answers that are right."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from assistant.models import Answer, Citation, Status, Trace
from eval.golden import Golden, GoldenRecord, golden_digest, resolve
from eval.runs import DocumentInfo, Manifest
from vectorstore.models import Clause, ClauseKind, Document, text_digest

TEXTS = {
    "一/1": "1.目标。到2027年底,培育企业40家以上。\n",
    "一/2": "2.算力。发放算力券,支持企业使用本地智算。(责任单位:市经信局、市科技局)\n",
    "一/3": "3.人才。引进领军人才10名。(责任单位:市委人才办)\n",
}
UNITS = ("市经信局", "市科技局", "市委人才办")
GENERATED = "以上内容由系统根据公开文件自动生成。"
DRAFT = "《试行计划》目前是征求意见稿。"


def document() -> Document:
    clauses, start = [], 0
    for path, text in TEXTS.items():
        heading = text.split("。", maxsplit=1)[0]
        clauses.append(
            Clause(
                path=path, kind=ClauseKind.CLAUSE, number=path[-1], heading=heading,
                heading_path=f"一、措施 > {heading}", text=text, start=start, end=start + len(text),
                digest=text_digest(text),
            )
        )  # fmt: skip
        start += len(text)
    whole = "".join(TEXTS.values())
    return Document(
        document_id="plan", title="试行计划", status="征求意见稿", source_name="plan.txt",
        digest=text_digest(whole), clauses=tuple(clauses),
    )  # fmt: skip


def record(number: int = 1, **changes: object) -> GoldenRecord:
    fields: dict[str, object] = {
        "id": f"q{number:03d}", "type": "fact_number", "audience": "staff",
        "turns": [f"第{number}问:企业要几户"],
        "answerable": "yes", "expected_status": "answered", "document_id": "plan",
        "evidence": ["培育企业40家以上"], "must": [["40家"]], "must_not": ["50家"],
    }  # fmt: skip
    return GoldenRecord.model_validate_json(json.dumps({**fields, **changes}))


def golden(number: int = 1, **changes: object) -> Golden:
    return resolve(record(number, **changes), document())


def citation(path: str, marker: int = 1) -> Citation:
    (clause,) = [one for one in document().clauses if one.path == path]
    return Citation(
        marker=marker, document_id="plan", title="试行计划", path=path, heading_path=clause.heading_path,
        text=clause.text, quotes=(), digest=clause.digest,
    )  # fmt: skip


def answer(
    text: str = "到2027年底,企业的目标是40家以上。[1]\n\n> 「到2027年底,培育企业40家以上。」——一/1[1]",
    paths: Sequence[str] = ("一/1",),
    status: Status = Status.ANSWERED,
    retrieved: Sequence[str] = ("plan:一/1", "plan:一/2"),
    notices: Sequence[str] = (GENERATED, DRAFT),
) -> Answer:
    return Answer(
        status=status, text=text, notices=tuple(notices), elapsed_ms=12.5,
        citations=tuple(citation(path, marker) for marker, path in enumerate(paths, start=1)),
        trace=Trace(retrieved=tuple(retrieved), scores=tuple(1 / (n + 1) for n in range(len(retrieved)))),
    )  # fmt: skip


def manifest(questions: Sequence[Golden], **changes: object) -> Manifest:
    one = document()
    made = Manifest(
        golden_digest=golden_digest(questions), corpus_digest=text_digest(one.digest),
        n_questions=len(questions),
        day=date(2025, 7, 15), unit_names=UNITS, settings={"assistant.k": "10"}, versions={"python": "3"},
        documents=(DocumentInfo(document_id="plan", title=one.title, status=one.status, digest=one.digest),),
        prompts={"messages.yaml": "0" * 64}, model="", embedding="embedded", commit="abc", seed=1,
    )  # fmt: skip
    return made.model_copy(update=changes)


class Answers:
    """Answers all records with the same answer; breaks off after some, where it is told to."""

    def __init__(self, given: Answer | None = None, breaks_after: int | None = None) -> None:
        self.given = given or answer()
        self.breaks_after = breaks_after
        self.asked: list[str] = []

    def __call__(self, records: Sequence[GoldenRecord]) -> Iterator[Answer]:
        for one in records:
            if self.breaks_after is not None and len(self.asked) >= self.breaks_after:
                raise KeyboardInterrupt
            self.asked.append(one.id)
            yield self.given


def quiet(what: str, done: int, total: int) -> None:
    """Show nothing."""


def write_golden(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
