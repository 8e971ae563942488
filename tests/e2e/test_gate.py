"""The proof that the gate bites: assistants made worse in one way are caught, harmless changes are not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from assistant.factory import Assistant
from assistant.models import Answer, Question, Status
from eval.comparing import Comparison, Verdict, compare
from eval.generating import GOLDEN_DAY, describe
from eval.golden import FOLDER, Golden, load_golden
from eval.runs import Answered, Manifest, Run
from eval.score import Scores, measure_latency, score
from tests.e2e.conftest import RootSettings
from tests.fakes.evaluation import quiet

Mutate = Callable[[Answer, random.Random], Answer]
REFUSAL = "这个问题不在我能回答的范围内。"


@dataclass(frozen=True)
class Gate:
    """The whole golden set answered once, and what a change of the answers does to the verdict."""

    questions: Sequence[Golden]
    answers: Sequence[Answer]
    manifest: Manifest
    base: Scores

    def judge(self, mutate: Mutate) -> Comparison:
        dice = random.Random(20250715)
        return compare(self.base, self.scored([mutate(one, dice) for one in self.answers]))

    def scored(self, answers: Sequence[Answer]) -> Scores:
        return score(self.run(answers), quiet)

    def run(self, answers: Sequence[Answer]) -> Run:
        named = zip(self.questions, answers, strict=True)
        lines = tuple(Answered(id=one.record.id, answer=given) for one, given in named)
        return Run(manifest=self.manifest, questions=tuple(self.questions), answers=lines)


@pytest.fixture(scope="module")
def gate(assistant: Assistant) -> Gate:
    documents = assistant.ledger.documents
    questions = load_golden(FOLDER, documents)
    manifest = describe(questions, documents, RootSettings(), GOLDEN_DAY)
    answers = [
        assistant.pipeline.answer(Question(turns=one.record.turns, audience=one.record.audience))
        for one in questions
    ]
    whole = Gate(questions, answers, manifest, Scores.model_construct())
    return Gate(questions, answers, manifest, whole.scored(answers))


def drop_citations(answer: Answer, dice: random.Random) -> Answer:
    """Drop one citation in ten, from the list and from the text."""
    dropped = {one.marker for one in answer.citations if dice.random() < 0.1}
    text = re.sub(r"\[(\d+)\]", lambda mark: "" if int(mark[1]) in dropped else mark[0], answer.text)
    kept = tuple(one for one in answer.citations if one.marker not in dropped)
    return answer.model_copy(update={"text": text, "citations": kept})


def change_numbers(answer: Answer, dice: random.Random) -> Answer:
    """Change one number in twenty, wherever it stands in the text but not in the markers."""

    def other(match: re.Match[str]) -> str:
        return str(int(match[0]) + dice.randint(1, 9)) if dice.random() < 0.05 else match[0]

    return answer.model_copy(update={"text": re.sub(r"(?<![\[0-9])[0-9]+(?![0-9]|\])", other, answer.text)})


def refuse_more(answer: Answer, dice: random.Random) -> Answer:
    """Refuse one question in ten of those that were answered."""
    if answer.status is not Status.ANSWERED or dice.random() >= 0.1:
        return answer
    return answer.model_copy(update={"status": Status.OUT_OF_SCOPE, "text": REFUSAL, "citations": ()})


def slow_down(answer: Answer, dice: random.Random) -> Answer:
    """Take five times as long."""
    return answer.model_copy(update={"elapsed_ms": 5 * answer.elapsed_ms})


def reword(answer: Answer, dice: random.Random) -> Answer:
    """Say the same in other words: leads and gaps are reworded, and a greeting goes before."""
    words = {
        "文件在": "在这份文件里,", "中写到:": "有这些话:", "同列的责任单位依次还有": "其后依次列有",
        "按惯例列第一的一般是牵头单位": "一般说来,列在第一的是牵头单位", "的目标是": "要达到",
        "可咨询列第一的责任单位": "您可以问列在第一的", "以上是找到的原文;": "原文就是上面这些;",
    }  # fmt: skip
    text = answer.text
    for old, new in words.items():
        text = text.replace(old, new)
    return answer.model_copy(update={"text": f"您好,以下是查到的内容。\n\n{text}"})


@pytest.mark.parametrize(
    ("mutate", "metric"),
    [(drop_citations, "证据召回"), (change_numbers, "事实有据"), (refuse_more, "误拒率")],
    ids=["drops citations", "changes numbers", "refuses more"],
)
def test_a_worse_assistant_is_caught(gate: Gate, mutate: Mutate, metric: str) -> None:
    found = gate.judge(mutate)
    assert found.verdict is Verdict.WORSE
    assert any(reason.startswith(metric) for reason in found.reasons), found.reasons


@pytest.mark.parametrize("mutate", [slow_down, reword], ids=["slower", "reworded"])
def test_a_harmless_change_is_not_failed(gate: Gate, mutate: Mutate) -> None:
    found = gate.judge(mutate)
    assert (found.verdict, found.reasons) == (Verdict.NOT_WORSE, ())


def test_the_slower_assistant_is_seen_to_be_slower(gate: Gate) -> None:
    dice = random.Random(0)
    before = measure_latency(gate.run(gate.answers))
    after = measure_latency(gate.run([slow_down(one, dice) for one in gate.answers]))
    assert after.p50.mean == pytest.approx(5 * (before.p50.mean or 0))


def test_the_product_answers_most_of_the_golden_set(gate: Gate) -> None:
    figures = gate.base.overall.figures
    assert (figures["correct"].mean or 0) > 0.85
    assert figures["quotes_verbatim"].mean == 1.0
    assert figures["notices_present"].mean == 1.0
