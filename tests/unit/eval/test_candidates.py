"""A kept question becomes a candidate, and a candidate is no golden question."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.feedback.database import open_engine
from assistant.feedback.records import CitedClause, NewQuestion, NewVote, Reason, Verdict, Versions
from assistant.feedback.store import SqlFeedbackStore
from assistant.models import Audience, Status
from eval.__main__ import app
from eval.candidates import append, candidate_of, read, waiting
from eval.errors import DataError
from eval.golden import GoldenRecord

NOW = datetime(2025, 7, 15, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one question that was voted down and one without a vote."""
    monkeypatch.setenv("HUXZ_VECTORSTORE__DATA_DIR", str(tmp_path))
    store = SqlFeedbackStore(open_engine(f"sqlite:///{tmp_path / 'feedback' / 'feedback.sqlite'}"))
    cited = CitedClause(document_id="plan", path="三/(四)/12", digest="d" * 64)
    for receipt, turns in (("receipt-1", ("有什么券", "能领多少")), ("receipt-2", ("天气",))):
        store.keep(
            [
                NewQuestion(
                    receipt=receipt, asked_at=NOW, turns=turns, audience=Audience.ENTERPRISE,
                    status=Status.ANSWERED, elapsed_ms=1, citations=(cited,), answer_digest="a" * 64,
                    versions=Versions(app="1", corpus="c", embedding="e"),
                )
            ]
        )  # fmt: skip
    vote = NewVote(
        verdict=Verdict.DOWN, reason=Reason.MISSED, comment="没说多少", voted_at=NOW, text="发券[1]"
    )
    assert store.vote("receipt-1", "a" * 64, vote)
    store.close()
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["golden", *arguments])
    return done.exit_code, done.output + (str(done.exception) if done.exception else "")


def test_a_bad_answer_becomes_a_candidate_that_waits_for_evidence(data: Path) -> None:
    code, said = run("add", "--from-feedback", "1")
    assert code == 0 and "还不是金标" in said
    (candidate,) = read(data / "golden" / "candidates.jsonl")
    assert candidate.turns == ("有什么券", "能领多少")
    assert (candidate.actual_text, candidate.actual_clauses) == ("发券[1]", ("plan:三/(四)/12",))
    assert "没帮助(没答到):没说多少" in candidate.note
    assert (candidate.evidence, candidate.expected_status, candidate.document_id) == ((), None, "plan")


def test_a_candidate_has_the_fields_of_a_golden_record_and_is_none_yet(data: Path) -> None:
    run("add", "--from-feedback", "2")
    line = json.loads((data / "golden" / "candidates.jsonl").read_text("utf-8"))
    needed = {name for name, field in GoldenRecord.model_fields.items() if field.is_required()}
    assert needed <= set(line)
    with pytest.raises(ValueError, match="validation error"):
        GoldenRecord.model_validate(line)


def test_the_same_question_becomes_a_candidate_once(data: Path) -> None:
    assert run("add", "--from-feedback", "1")[0] == 0
    code, said = run("add", "--from-feedback", "1")
    assert code != 0 and "已经是候选" in said
    assert len(read(data / "golden" / "candidates.jsonl")) == 1


def test_an_unknown_number_is_told(data: Path) -> None:
    code, said = run("add", "--from-feedback", "99")
    assert code != 0 and "没有编号为 99 的问题" in said


def test_the_check_says_that_candidates_are_not_part_of_the_set(data: Path) -> None:
    before = run("check")[1]
    run("add", "--from-feedback", "1")
    _, said = run("check")
    assert "另有 1 个候选" in said and "不算在金标内" in said
    assert "候选" not in before
    assert said.splitlines()[0] == before.splitlines()[0], "the figures of the set stay the same"


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "candidates.jsonl"
    path.write_text("\n{}\n", encoding="utf-8")
    with pytest.raises(DataError, match="第 2 行"):
        read(path)
    assert read(tmp_path / "nothing.jsonl") == ()


def test_a_file_that_cannot_be_written_is_told(data: Path, tmp_path: Path) -> None:
    store = SqlFeedbackStore(open_engine(f"sqlite:///{data / 'feedback' / 'feedback.sqlite'}"))
    candidate = candidate_of(store.answer(1), NOW)
    store.close()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="写不进候选文件"):
        append(tmp_path / "file" / "candidates.jsonl", candidate)


def test_no_candidates_no_line(tmp_path: Path) -> None:
    from assistant.feedback.settings import FeedbackSettings

    assert waiting(FeedbackSettings(), tmp_path) == ""
