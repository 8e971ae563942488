"""An optional chat model that judges answers, and how far people's labels agree with it.

It never decides the gate: its rulings stand in a file of their own, beside the scores that need no model.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.errors import ModelError
from assistant.llm import ChatModel
from eval.errors import DataError
from eval.metrics import REFUSALS
from eval.retrieval import Progress
from eval.runs import Run
from eval.score import Figure, figure_of
from prompts.loader import load_prompt

logger = logging.getLogger(__name__)

JUDGED = "judge.json"
LABELLED = Path(__file__).parent / "golden" / "judged.json"
"""Not *.jsonl: every file of that ending there holds golden questions."""


class Aspect(StrEnum):
    """What is judged; each has a prompt file `judge_<aspect>.md`."""

    FAITHFULNESS = "faithfulness"
    RELEVANCE = "relevance"
    TONE = "tone"


class Material(BaseModel):
    """An answer as a judge sees it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turns: tuple[str, ...] = Field(min_length=1, description="the conversation; the last is judged")
    answer: str
    sources: tuple[str, ...] = Field(default=(), description="the cited clauses, verbatim")


class Labelled(BaseModel):
    """An answer that was labelled by reading it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    material: Material
    labels: dict[Aspect, bool]


class Ruling(BaseModel):
    """What the model replies."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    ok: bool
    reason: str = ""


class Agreement(BaseModel):
    """How far a judge agrees with labels."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    n: int = Field(ge=0, description="labelled answers that it ruled on")
    share: float | None = Field(default=None, description="same ruling / n; None: n is 0")
    kappa: float | None = Field(default=None, description="Cohen's kappa; None: only one value occurs")


class AspectReport(BaseModel):
    """One aspect: the share of good answers, and how far to trust the judge."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    figure: Figure
    unjudged: int = Field(ge=0, description="answers on which the model gave no usable ruling")
    agreement: Agreement


class JudgeReport(BaseModel):
    """What a model judge says of a run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    prompts: dict[str, str] = Field(description="prompt -> SHA-256")
    aspects: dict[Aspect, AspectReport]


class ModelJudge:
    """Asks a chat model one question an aspect and answer."""

    def __init__(self, model: ChatModel) -> None:
        """Take the model."""
        self._model = model

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._model.name

    def rule(self, aspect: Aspect, material: Material) -> bool | None:
        """Return whether an answer is good in an aspect; None where the model gives no usable ruling."""
        user = load_prompt("judge_material").render(
            question="\n".join(material.turns),
            answer=material.answer,
            sources="\n\n".join(material.sources) or "(没有)",
        )
        try:
            return self._model.ask(load_prompt(f"judge_{aspect}").body, user, Ruling).ok
        except ModelError as error:
            logger.warning("no ruling on %s: %s", aspect, error)
            return None


def judge_run(run: Run, labelled: Sequence[Labelled], judge: ModelJudge, progress: Progress) -> JudgeReport:
    """Return what a judge says of the answers that did not refuse, and its agreement with the labels."""
    materials = [
        Material(
            turns=asked.record.turns,
            answer=line.answer.text,
            sources=tuple(one.text for one in line.answer.citations),
        )
        for asked, line in zip(run.questions, run.answers, strict=True)
        if line.answer.status not in REFUSALS
    ]
    total, aspects = len(Aspect) * (len(materials) + len(labelled)), {}
    done = 0

    def rule(aspect: Aspect, material: Material) -> bool | None:
        nonlocal done
        done += 1
        progress("模型评判", done, total)
        return judge.rule(aspect, material)

    for aspect in Aspect:
        rulings = [rule(aspect, one) for one in materials]
        aspects[aspect] = AspectReport(
            figure=figure_of([None if ruling is None else float(ruling) for ruling in rulings]),
            unjudged=rulings.count(None),
            agreement=agreement(
                [one.labels[aspect] for one in labelled], [rule(aspect, one.material) for one in labelled]
            ),
        )
    names = (*(f"judge_{aspect}" for aspect in Aspect), "judge_material")
    return JudgeReport(
        model=judge.name, prompts={name: load_prompt(name).digest for name in names}, aspects=aspects
    )


def agreement(labels: Sequence[bool], rulings: Sequence[bool | None]) -> Agreement:
    """Return how far rulings agree with labels; those that the judge did not give are left out."""
    pairs = [(label, ruling) for label, ruling in zip(labels, rulings, strict=True) if ruling is not None]
    if not pairs:
        return Agreement(n=0)
    share = sum(label == ruling for label, ruling in pairs) / len(pairs)
    if len({value for pair in pairs for value in pair}) == 1:
        return Agreement(n=len(pairs), share=share)
    from sklearn.metrics import cohen_kappa_score  # here: it takes 2 s, and no other command needs it

    kappa = cohen_kappa_score([label for label, _ in pairs], [ruling for _, ruling in pairs])
    return Agreement(n=len(pairs), share=share, kappa=round(float(kappa), 6))


def read_labelled(path: Path) -> tuple[Labelled, ...]:
    """Return the labelled answers.

    Raises:
        DataError: The file is missing or broken, or an answer lacks a label.
    """
    try:
        found = TypeAdapter(tuple[Labelled, ...]).validate_json(path.read_text("utf-8"))
    except (OSError, ValidationError) as error:
        raise DataError(f"读不了已标注的回答 {path}:{error}") from error
    lacking = [one.id for one in found if set(one.labels) != set(Aspect)]
    if lacking:
        raise DataError(f"{path} 里 {'、'.join(lacking)} 没有标全 {'、'.join(Aspect)}。")
    return found
