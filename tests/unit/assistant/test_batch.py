from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.batch import BatchLine, answer_json, read_batch, write_batch
from assistant.errors import BatchError
from assistant.models import Answer, Audience, Citation, Question, Status

TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=20)
LINES = st.lists(
    st.builds(
        BatchLine,
        id=TEXTS,
        turns=st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
        audience=st.sampled_from(Audience),
    ),
    max_size=5,
)
CITATION = Citation(
    marker=1,
    document_id="d",
    title="t",
    path="一/1",
    heading_path="一、甲",
    text="甲乙",
    quotes=("甲",),
    digest="0",
)


def echo(question: Question) -> Answer:
    status = Status.FAILED if "fault" in question.turns[-1] else Status.ANSWERED
    return Answer(
        status=status, text=question.turns[-1], citations=(CITATION,), notices=("n",), elapsed_ms=1.5
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, ascii_only=st.booleans())
def test_a_batch_written_by_a_program_is_read_back_whatever_it_says(
    tmp_path: Path, lines: list[BatchLine], ascii_only: bool
) -> None:
    file = tmp_path / "in.jsonl"
    rows = [{**line.model_dump(mode="json"), "gold": {"x": [1]}} for line in lines]
    text = "".join(json.dumps(row, ensure_ascii=ascii_only) + "\n" for row in rows)
    file.write_text(text, encoding="utf-8", newline="")
    assert read_batch(file) == lines


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_line_ends_at_a_line_feed_and_at_nothing_else(tmp_path: Path, separator: str) -> None:
    file = tmp_path / "in.jsonl"
    row = {"id": "a", "turns": [f"算力券{separator}多少钱"]}
    file.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    assert len(read_batch(file)) == 1


def test_answers_come_in_input_order_with_the_keys_of_the_contract(tmp_path: Path) -> None:
    lines = [BatchLine(id=name, turns=(name,)) for name in ("b", "a", "fault")]
    out = tmp_path / "out.jsonl"
    assert write_batch(lines, echo, out, iter) == 1
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["b", "a", "fault"]
    assert list(rows[0]) == ["id", "status", "text", "citations", "notices", "elapsed_ms"]
    assert list(rows[0]["citations"][0]) == [
        "document_id", "title", "path", "heading_path", "text", "quotes", "digest",
    ]  # fmt: skip


def test_a_run_that_dies_leaves_the_results_of_the_run_before(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before", encoding="utf-8")

    def die(question: Question) -> Answer:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_batch([BatchLine(id="a", turns=("x",))], die, out, iter)
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert out.read_text(encoding="utf-8") == "before"


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="none"):
        write_batch([], echo, tmp_path / "none" / "out.jsonl", iter)


def test_a_batch_beyond_all_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.batch.MAX_LINES", 2)
    (tmp_path / "in.jsonl").write_text("\n\n\n", encoding="utf-8")
    with pytest.raises(BatchError, match="2"):
        read_batch(tmp_path / "in.jsonl")


def test_an_answer_without_citations_is_json_too() -> None:
    plain = answer_json(Answer(status=Status.BLOCKED, text="x"))
    assert plain == {"status": "blocked", "text": "x", "citations": [], "notices": [], "elapsed_ms": 0.0}
