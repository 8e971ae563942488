from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.models import Status
from eval.__main__ import app
from eval.baseline import accept, history, load_scores
from eval.comparing import compare
from eval.errors import RunError
from eval.generating import generate
from eval.golden import Golden
from eval.impact import find_impact, mark
from eval.reporting import write_report
from eval.runs import ANSWERS, PROBLEMS, TREC, read_run
from eval.score import LATENCY, SCORES, Scores, measure_latency, score
from tests.fakes.evaluation import Answers, answer, document, golden, manifest, quiet, write_golden
from vectorstore.models import text_digest

QUESTIONS = [golden(number) for number in range(1, 41)]
WHEN = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
runner = CliRunner()


def made(folder: Path, given: Answers | None = None, questions: list[Golden] = QUESTIONS) -> Path:
    generate(folder, questions, manifest(questions), given or Answers(), quiet)
    run = read_run(folder)
    (folder / SCORES).write_text(score(run, quiet).model_dump_json())
    (folder / LATENCY).write_text(measure_latency(run).model_dump_json())
    return folder


def half_wrong() -> Answers:
    class Half(Answers):
        def __call__(self, records):
            for number, one in enumerate(super().__call__(records)):
                yield one if number % 2 else answer("不知道。", (), Status.OUT_OF_SCOPE, ())

    return Half()


def test_an_interrupted_run_is_taken_up_where_it_stopped(tmp_path: Path) -> None:
    broken = Answers(breaks_after=7)
    with pytest.raises(KeyboardInterrupt):
        generate(tmp_path, QUESTIONS, manifest(QUESTIONS), broken, quiet)
    with pytest.raises(RunError, match="还缺 33 题"):
        read_run(tmp_path)
    with (tmp_path / ANSWERS).open("a") as file:
        file.write('{"id": "q008", "answ')  # the line that was being written
    rest = Answers()
    generate(tmp_path, QUESTIONS, manifest(QUESTIONS), rest, quiet)
    assert (len(broken.asked), rest.asked[0], len(rest.asked)) == (7, "q008", 33)
    assert [one.id for one in read_run(tmp_path).answers] == [one.record.id for one in QUESTIONS]


def test_a_folder_of_another_run_is_not_taken_up(tmp_path: Path) -> None:
    made(tmp_path)
    other = manifest(QUESTIONS, embedding="another")
    with pytest.raises(RunError, match="embedding 不同"):
        generate(tmp_path, QUESTIONS, other, Answers(), quiet)


def test_the_ranking_and_the_problems_are_written_beside(tmp_path: Path) -> None:
    made(tmp_path, Answers(answer(status=Status.FAILED)))
    assert (tmp_path / TREC).read_text().splitlines()[1] == "q001 Q0 plan:一/2 2 0.500000 huxz"
    assert (tmp_path / PROBLEMS).read_text().splitlines()[0] == "q001 failed: 作答出了故障"


def test_the_same_answers_give_the_same_scores_to_the_last_digit(tmp_path: Path) -> None:
    run = read_run(made(tmp_path, half_wrong()))
    slower = run.model_copy(
        update={
            "answers": tuple(
                one.model_copy(update={"answer": one.answer.model_copy(update={"elapsed_ms": 900.0})})
                for one in run.answers
            )
        }
    )
    assert score(run, quiet).model_dump_json() == score(slower, quiet).model_dump_json()


def test_figures_carry_n_and_interval_and_say_when_undefined(tmp_path: Path) -> None:
    found = score(read_run(made(tmp_path, half_wrong())), quiet)
    figure = found.overall.figures["correct"]
    assert (figure.n, figure.mean) == (40, 0.5)
    assert figure.low is not None and figure.high is not None and figure.low < 0.5 < figure.high
    undefined = found.by_type["fact_number"].figures["refusal_recall"]
    assert (undefined.n, undefined.mean, undefined.low) == (0, None, None)
    assert set(found.by_audience) == {"staff"}


def test_the_baseline_holds_scores_and_no_answers_and_who_when_why(tmp_path: Path) -> None:
    folder = made(tmp_path / "run")
    scores = load_scores(folder)
    base = tmp_path / "baseline"
    accept(base, scores, manifest(QUESTIONS), "张三", WHEN, "第一次")
    accept(base, scores, manifest(QUESTIONS), "李四", WHEN, "改了同义词")
    assert [(one.who, one.why) for one in history(base)] == [("张三", "第一次"), ("李四", "改了同义词")]
    assert "目标是40家" not in (base / "questions.jsonl").read_text("utf-8")
    assert load_scores(base).questions[0].values["correct"] == 1.0
    with pytest.raises(RunError, match="--why"):
        accept(base, scores, manifest(QUESTIONS), "张三", WHEN, " ")


def test_a_report_is_one_file_that_needs_no_other_host(tmp_path: Path) -> None:
    base, new = made(tmp_path / "base"), made(tmp_path / "new", half_wrong())
    found = compare(load_scores(base), load_scores(new))
    page, text = write_report(new, found, base, tmp_path / "baseline")
    html = page.read_text("utf-8")
    for part in ("变差", "按题型", "有变化的题(20)", "旧回答", "签字", "<svg", "数字事实"):
        assert part in html
    for outside in ("src=", "<link", "@import", "url(http", "<script"):
        assert outside not in html
    assert "# 湖小政 回答质量评测" in text.read_text("utf-8")
    write_report(new, found, base, tmp_path / "baseline")
    assert page.read_text("utf-8") == html


def test_a_report_escapes_what_people_wrote(tmp_path: Path) -> None:
    asked = [golden(number, turns=[f"<script>alert({number})</script>"]) for number in range(1, 41)]
    folder = made(tmp_path, half_wrong(), asked)
    page, _ = write_report(folder, None, None, tmp_path / "baseline")
    assert "<script" not in page.read_text("utf-8")


@pytest.mark.parametrize(("new", "code", "verdict"), [(Answers, 0, "未变差"), (half_wrong, 1, "变差")])
def test_compare_exits_as_its_verdict_says(tmp_path: Path, new, code: int, verdict: str) -> None:
    base = made(tmp_path / "base")
    made(tmp_path / "new", new())
    result = runner.invoke(app, ["compare", str(base), str(tmp_path / "new")])
    assert (result.exit_code, f"结论:{verdict}" in result.output) == (code, True)
    assert ("旧:到2027年底" in result.output and "新:不知道" in result.output) is bool(code)


def test_compare_exits_with_two_where_nothing_can_be_said(tmp_path: Path) -> None:
    base, new = made(tmp_path / "base"), made(tmp_path / "new", questions=QUESTIONS[1:])
    assert runner.invoke(app, ["compare", str(base), str(new)]).exit_code == 2


def test_accept_records_who_accepted(tmp_path: Path) -> None:
    folder, base = made(tmp_path / "run"), tmp_path / "baseline"
    arguments = ["accept", str(folder), "--why", "更好了", "--baseline", str(base)]
    assert runner.invoke(app, [*arguments, "--who", "王五"]).exit_code == 0
    assert runner.invoke(app, arguments).exit_code == 0
    first, second = history(base)
    assert (first.who, first.why, bool(second.who)) == ("王五", "更好了", True)


def test_check_exits_with_one_where_a_record_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUXZ_VECTORSTORE__DATA_DIR", str(tmp_path / "data"))
    good = runner.invoke(app, ["golden", "check"])
    assert (good.exit_code, good.output) == (0, "429 题可用,0 处不能用\n")
    bad = write_golden(tmp_path / "bad.jsonl", '{"id": "x1"}')
    result = runner.invoke(app, ["golden", "check", "--golden", str(bad)])
    assert result.exit_code == 1
    assert "bad.jsonl 第 1 行 x1" in result.output
    assert runner.invoke(app, ["golden", "stats"]).exit_code == 0


def test_a_changed_clause_marks_the_gold_that_rests_on_it(tmp_path: Path) -> None:
    asked = [*QUESTIONS[:30], *(golden(n, evidence=["10名"], must=[["10名"]]) for n in range(50, 55))]
    base: Scores = load_scores(made(tmp_path / "run", questions=asked))
    before = document()
    changed = before.clauses[2].model_copy(update={"digest": text_digest("changed")})
    after = before.model_copy(update={"clauses": (*before.clauses[:2], changed)})
    same = {one.id: one.answer_digest for one in base.questions}
    found = find_impact(base.questions, [after], {**same, "q050": "other", "q001": "other"})
    assert [one.id for one in found.to_review] == [f"q0{number}" for number in range(50, 55)]
    assert [one.answer_changed for one in found.to_review] == [True, False, False, False, False]
    assert found.to_review[0].changed == ("plan:一/3",)
    assert found.answers_changed == ("q001", "q050")
    gone = find_impact(base.questions, [before.model_copy(update={"clauses": before.clauses[:2]})], {})
    assert (gone.to_review[0].gone, gone.to_review[0].answer_changed) == (("plan:一/3",), None)
    assert mark(tmp_path, found).read_text().count("\n") == 5
