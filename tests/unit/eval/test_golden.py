from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.errors import DataError
from eval.golden import FOLDER, SHIPPED, check_golden, golden_digest, load_golden, read_golden
from ingest.document import read_document
from ingest.settings import IngestSettings
from ingest.taking import corpus_files
from tests.fakes.evaluation import document, record, write_golden

GOOD = record(1).model_dump(mode="json")


def line(**changes: object) -> str:
    return json.dumps({**GOOD, **changes}, ensure_ascii=False)


def test_every_shipped_question_holds_against_the_shipped_plan() -> None:
    documents = [read_document(path) for path in corpus_files(IngestSettings().corpus_dir)]
    questions, faults = check_golden(FOLDER, documents)
    assert faults == ()
    assert len(questions) == 429
    for one in questions:
        for place in (*one.evidence, *one.optional):
            (named,) = [each for each in documents if each.document_id == one.record.document_id]
            assert named.text[place.start : place.end] == place.text


def test_retrieval_reads_the_shipped_questions_too() -> None:
    assert len(read_golden(SHIPPED)) == 107


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"evidence": ["培育企业60家"]}, "出现 0 次"),
        ({"evidence": ["企业"]}, "出现 2 次"),
        ({"evidence": ["以上。\n2.算力"]}, "跨了条款"),
        ({"evidence": []}, "却没有 evidence"),
        ({"document_id": "other"}, "不在收录的文件里"),
        ({"turns": ["目标是 40家 吗"]}, "问题自己就说了"),
        ({"expected_status": "maybe"}, "expected_status 不对"),
        ({"type": "riddle"}, "type 不对"),
        ({"turns": []}, "turns 不对"),
        ({"extra": 1}, "extra 不对"),
    ],
)
def test_a_broken_record_is_refused_with_file_line_id_and_reason(
    tmp_path: Path, broken: dict[str, object], reason: str
) -> None:
    good = line(id="q000", turns=["企业有几户的目标"])
    path = write_golden(tmp_path / "some.jsonl", good, line(**broken))
    with pytest.raises(DataError, match=rf"(?s)some\.jsonl 第 2 行 q001:.*{reason}"):
        load_golden(path, [document()])


def test_a_line_that_is_no_json_is_refused(tmp_path: Path) -> None:
    _, (fault,) = check_golden(write_golden(tmp_path / "some.jsonl", "{"), [document()])
    assert (fault.line, fault.id) == (1, "(无编号)")


def test_an_id_and_a_question_occur_once_in_all_files(tmp_path: Path) -> None:
    write_golden(tmp_path / "a.jsonl", line())
    write_golden(tmp_path / "b.jsonl", line(turns=["另一个问法"]), line(id="q002"))
    _, faults = check_golden(tmp_path, [document()])
    assert [(one.file, one.id, one.reason) for one in faults] == [
        ("b.jsonl", "q001", "编号重复"),
        ("b.jsonl", "q002", "问题与 q001 重复"),
    ]


def test_full_width_and_spaces_do_not_hide_a_duplicate(tmp_path: Path) -> None:
    path = write_golden(tmp_path / "a.jsonl", line(turns=["企业(AI)?"]), line(id="q2", turns=["企业 (ai)?"]))
    _, faults = check_golden(path, [document()])
    assert [one.reason for one in faults] == ["问题与 q001 重复"]


def test_an_empty_folder_is_no_golden_set(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="没有金标问题"):
        load_golden(tmp_path, [document()])


def test_the_digest_tells_records_apart_and_neither_notes_nor_files(tmp_path: Path) -> None:
    one, two = line(), line(id="q002", turns=["另一个问法"])
    first = load_golden(write_golden(tmp_path / "a.jsonl", one, two), [document()])
    noted = line(id="q002", turns=["另一个问法"], note="看过")
    second = load_golden(write_golden(tmp_path / "b.jsonl", noted, one), [document()])
    other = load_golden(write_golden(tmp_path / "c.jsonl", line(must=[["四十"]]), two), [document()])
    assert golden_digest(first) == golden_digest(second) != golden_digest(other)
