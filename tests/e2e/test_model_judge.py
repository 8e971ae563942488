"""The optional model judge against a real OpenAI-compatible server on loopback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.__main__ import app
from eval.generating import generate
from eval.judging import JUDGED, LABELLED, Agreement, Aspect, JudgeReport, agreement, read_labelled
from eval.score import SCORES
from tests.e2e.openai_server import openai_server
from tests.fakes.evaluation import Answers, golden, manifest, quiet

QUESTIONS = [golden(number) for number in range(1, 4)]
runner = CliRunner()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HUXZ_ASSISTANT__LLM", "openai:judge")
    folder = tmp_path / "run"
    generate(folder, QUESTIONS, manifest(QUESTIONS), Answers(), quiet)
    return folder


def judged(run: Path, reply: str, mode: str = "text") -> tuple[str, JudgeReport, list[dict[str, object]]]:
    with openai_server() as server:
        server.script.text = reply
        server.script.mode = mode  # type: ignore[assignment]
        environment = {"HUXZ_ASSISTANT__LLM_BASE_URL": server.url, "HUXZ_ASSISTANT__LLM_MAX_RETRIES": "0"}
        result = runner.invoke(app, ["score", str(run), "--judge"], env=environment)
        assert result.exit_code == 0, result.output
        requests = server.script.requests
    return result.output, JudgeReport.model_validate_json((run / JUDGED).read_text("utf-8")), requests


def test_a_judge_that_likes_everything_is_shown_to_agree_no_better_than_chance(run: Path) -> None:
    output, said, requests = judged(run, '{"ok": true, "reason": "好"}')
    labels = read_labelled(LABELLED)
    assert len(requests) == len(Aspect) * (len(QUESTIONS) + len(labels))
    for aspect in Aspect:
        good = sum(one.labels[aspect] for one in labels)
        assert said.aspects[aspect].figure.mean == 1.0
        assert said.aspects[aspect].agreement == Agreement(n=20, share=good / 20, kappa=0.0)
    assert "Cohen κ" in output and "不决定过不过" in output
    prompt = json.dumps(requests[0]["messages"], ensure_ascii=False)
    assert "只看给出的条款原文" in prompt and "第1问:企业要几户" in prompt and "培育企业40家以上" in prompt


def test_a_judge_without_usable_replies_leaves_its_figures_undefined(run: Path) -> None:
    _, said, _ = judged(run, "我觉得不错")
    for one in said.aspects.values():
        assert (one.figure.mean, one.unjudged) == (None, 3)
        assert one.agreement == Agreement(n=0)


def test_the_judge_changes_no_score_that_the_gate_reads(run: Path) -> None:
    assert runner.invoke(app, ["score", str(run)]).exit_code == 0
    before = (run / SCORES).read_bytes()
    assert not (run / JUDGED).exists()
    judged(run, '{"ok": false, "reason": "差"}')
    assert (run / SCORES).read_bytes() == before


def test_agreement_is_the_share_and_cohens_kappa_worked_by_hand() -> None:
    labels = [True] * 6 + [False] * 4
    rulings = [True] * 5 + [False] * 4 + [True]
    # observed 8/10, by chance 0.6 * 0.6 + 0.4 * 0.4 = 0.52: (0.8 - 0.52) / 0.48
    found = agreement(labels, rulings)
    assert (found.n, found.share, found.kappa) == (10, 0.8, 0.583333)
    assert agreement([True, True], [True, None]) == Agreement(n=1, share=1.0)


def test_every_aspect_of_the_labelled_answers_has_good_and_bad_ones() -> None:
    labels = read_labelled(LABELLED)
    assert len(labels) == 20
    for aspect in Aspect:
        assert {one.labels[aspect] for one in labels} == {True, False}
