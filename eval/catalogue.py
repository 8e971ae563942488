"""The list of metrics: names, titles for people, formulas, which way is better, and which decide the gate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from eval import metrics
from eval.metrics import Measure


@dataclass(frozen=True)
class Metric:
    """A metric of answers."""

    name: str
    title: str
    formula: str
    measure: Measure
    gated: bool = True
    lower_is_better: bool = False
    paired: bool = True
    """Whether the same questions define it for every assistant, so that two can be compared."""


METRICS: tuple[Metric, ...] = (
    Metric("correct", "答对率", "该答则答、该拒则拒,must 各组都说到,must_not 一个没有", metrics.correct),
    Metric("must", "要点覆盖", "说到的 must 组数 / must 组数", metrics.must),
    Metric("must_not", "无错误断言", "must_not 一个没有出现的题 / 有 must_not 的题", metrics.must_not),
    Metric("evidence_recall", "证据召回", "所引条款含有的证据 / 全部证据", metrics.evidence_recall),
    Metric(
        "evidence_precision",
        "引用切题",
        "含证据(含可选证据)的所引条款 / 全部所引条款",
        metrics.evidence_precision,
        gated=False,
    ),
    Metric(
        "citation_precision",
        "引用必要",
        "至少有一句话用到的所引条款 / 全部所引条款",
        metrics.citation_precision,
    ),
    Metric(
        "citation_recall",
        "引用支持",
        "引文逐字、数字日期单位都在所引条款里的句子 / 有引文或事实的句子",
        metrics.citation_recall,
    ),
    Metric("groundedness", "事实有据", "所引条款里有的数字、日期、单位 / 回答里全部", metrics.groundedness),
    Metric("quotes_verbatim", "引文逐字", "与所引条款逐字相同的引文 / 全部引文", metrics.quotes_verbatim),
    Metric("list_recall", "清单查全", "给出的清单项 / 应有的清单项", metrics.list_recall),
    Metric(
        "list_precision",
        "清单查准",
        "属于清单的所引条款 / 全部所引条款(仅单位清单题)",
        metrics.list_precision,
    ),
    Metric(
        "status_accuracy",
        "结局正确",
        "结局为 expected_status 或 also_status 的题 / 全部题",
        metrics.status_accuracy,
    ),
    Metric("refusal_recall", "应拒已拒", "拒答的题 / 应拒答的题", metrics.refusal_recall),
    Metric(
        "refusal_precision",
        "拒答得当",
        "应拒答的题 / 拒答的题",
        metrics.refusal_precision,
        gated=False,
        paired=False,
    ),
    Metric(
        "over_refusal", "误拒率", "拒答或故障的题 / 应作答的题", metrics.over_refusal, lower_is_better=True
    ),
    Metric("notices_present", "提示齐全", "给出的应有提示 / 应有提示", metrics.notices_present),
    Metric(
        "recall@5",
        "检索 recall@5",
        "前 5 条里有证据的条款 / 有证据的条款",
        partial(metrics.ranking_recall, k=5),
    ),
    Metric(
        "recall@10",
        "检索 recall@10",
        "前 10 条里有证据的条款 / 有证据的条款",
        partial(metrics.ranking_recall, k=10),
    ),
    Metric("ndcg@10", "检索 nDCG@10", "DCG / 最佳次序的 DCG,增益 0 或 1", metrics.ranking_ndcg, gated=False),
    Metric("mrr@10", "检索 MRR@10", "1 / 首个有证据条款的名次", metrics.ranking_mrr, gated=False),
)
BY_NAME = {metric.name: metric for metric in METRICS}
