"""The report of a run: one HTML file that needs no other host, and the same in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel, ConfigDict

from eval import plots
from eval.baseline import history
from eval.catalogue import BY_NAME, METRICS
from eval.comparing import Comparison, Flip
from eval.golden import Golden
from eval.runs import Answered, read_run
from eval.score import LATENCY, SCORES, Figure, Latency, QuestionScore, Scores, read_scores

HTML, MARKDOWN = "report.html", "report.md"
TYPES = {
    "fact_number": "数字事实", "responsible_unit": "责任单位", "unit_list": "单位清单",
    "enterprise_support": "企业扶持", "citizen_life": "市民生活", "vocabulary_gap": "口语说法",
    "definition": "词语解释", "multi_hop_compare": "多处比较", "contact_process": "联系与流程",
    "partial_unspecified": "文件未写明", "false_premise": "前提有误", "out_of_scope": "超出范围",
    "adversarial": "对抗", "noisy_form": "形式杂乱", "multi_turn": "多轮对话",
    "validity": "效力", "matching": "画像匹配", "injection": "文件内注入",
    "long_conversation": "长对话", "privacy": "隐私",
}  # fmt: skip
AUDIENCES = {"citizen": "市民", "enterprise": "企业", "staff": "工作人员"}
STATUSES = {
    "answered": "已回答", "unspecified": "文件未写明", "no_evidence": "没有依据", "out_of_scope": "超出范围",
    "blocked": "拒绝", "failed": "故障",
}  # fmt: skip
BY_GROUP = (
    "correct",
    "must",
    "evidence_recall",
    "citation_recall",
    "groundedness",
    "status_accuracy",
    "over_refusal",
)
OVER_TIME = ("correct", "evidence_recall", "citation_recall", "groundedness", "refusal_recall")
_WORST = 30
_FOLDER = Path(__file__).parent / "templates"


class Shown(BaseModel):
    """A question as the report shows it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    type: str
    turns: tuple[str, ...]
    expected: str
    actual: str
    missed: tuple[str, ...]
    evidence: tuple[str, ...]
    answer: str
    before: str | None = None
    changed: tuple[str, ...] = ()


def write_report(
    folder: Path, comparison: Comparison | None, base: Path | None, baseline: Path
) -> tuple[Path, Path]:
    """Write the report of a scored run into its folder, and return the HTML file and the Markdown one.

    Args:
        folder: the run.
        comparison: with what it is compared; None: with nothing.
        base: the run or baseline that it is compared with.
        baseline: the folder of accepted baselines, for the history.

    Raises:
        RunError: The run is broken off or was not scored.
    """
    run, scores = read_run(folder), read_scores(folder / SCORES)
    latency = Latency.model_validate_json((folder / LATENCY).read_text("utf-8"))
    by_id = {one.record.id: one for one in run.questions}
    answers = {one.id: one for one in run.answers}
    before = _answers_of(base)
    judged = {one.id: one for one in scores.questions}
    wrong = [one for one in scores.questions if one.values["correct"] == 0.0]
    worst = sorted(wrong, key=lambda one: (_rest(one), one.id))
    flips = comparison.flips if comparison else ()
    context = {
        "run": run.manifest,
        "scores": scores,
        "latency": latency,
        "comparison": comparison,
        "base": None if base is None else base.name,
        "metrics": METRICS,
        "by_name": BY_NAME,
        "by_group": [BY_NAME[name] for name in BY_GROUP],
        "types": TYPES,
        "audiences": AUDIENCES,
        "worst": [_shown(by_id[one.id], answers[one.id], one, before) for one in worst[:_WORST]],
        "rest": [one.id for one in worst[_WORST:]],
        "flips": [
            (flip, _shown(by_id[flip.id], answers[flip.id], judged[flip.id], before, flip)) for flip in flips
        ],
        "rejected": sum(len(one.answer.trace.rejected) for one in run.answers),
    }
    return _write(folder, context, dict(_plots(scores, latency, baseline)))


def _plots(scores: Scores, latency: Latency, baseline: Path) -> Iterator[tuple[str, str]]:
    yield "types", plots.bars_by_type(scores.by_type, TYPES, "correct")
    yield "reliability", plots.reliability(scores.questions)
    yield "latency", plots.latency(latency.all_ms)
    titles = {name: BY_NAME[name].title for name in OVER_TIME}
    yield "history", plots.history(history(baseline), scores, titles)


def _write(folder: Path, context: Mapping[str, object], drawn: dict[str, str]) -> tuple[Path, Path]:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=lambda name: bool(name and name.startswith(HTML)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["figure"] = shown_figure
    environment.filters["span"] = shown_span
    page, text = folder / HTML, folder / MARKDOWN
    page.write_text(environment.get_template(f"{HTML}.j2").render(**context, plots=drawn), encoding="utf-8")
    text.write_text(environment.get_template(f"{MARKDOWN}.j2").render(**context), encoding="utf-8")
    return page, text


def shown_figure(figure: Figure) -> str:
    """Return the mean of a figure as people read it."""
    return "未定义" if figure.mean is None else f"{figure.mean:.1%}"


def shown_span(figure: Figure) -> str:
    """Return the interval of a figure as people read it."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{figure.low:.1%}–{figure.high:.1%}"


def _shown(
    golden: Golden,
    answered: Answered,
    score: QuestionScore,
    before: dict[str, str],
    flip: Flip | None = None,
) -> Shown:
    record = golden.record
    missed = tuple(
        metric.title
        for metric in METRICS
        if metric.gated and _is_bad(score.values.get(metric.name), metric.lower_is_better)
    )
    expected = "或".join(STATUSES[one.value] for one in (record.expected_status, *record.also_status))
    return Shown(
        id=record.id,
        type=TYPES[record.type],
        turns=record.turns,
        expected=expected,
        actual=STATUSES[answered.answer.status.value],
        missed=missed,
        evidence=record.evidence,
        answer=answered.answer.text,
        before=before.get(record.id),
        changed=tuple(BY_NAME[name].title for name in flip.metrics) if flip else (),
    )


def _is_bad(value: float | None, lower_is_better: bool) -> bool:
    return value is not None and (value > 0 if lower_is_better else value < 1)


def _rest(score: QuestionScore) -> float:
    """Return the mean of the other metrics of a question, to put the worst first."""
    values: Sequence[float] = [
        1 - value if BY_NAME[name].lower_is_better else value
        for name, value in score.values.items()
        if value is not None and BY_NAME[name].gated
    ]
    return sum(values) / len(values)


def _answers_of(base: Path | None) -> dict[str, str]:
    if base is None or not (base / "answers.jsonl").is_file():
        return {}
    return {line.id: line.answer.text for line in read_run(base).answers}
