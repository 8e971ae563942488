"""The desk over the shipped plan and measures, and a measure of one's own."""

from __future__ import annotations

from functools import cache

from assistant.ledger import Ledger
from assistant.support.desk import Desk
from assistant.support.factory import build_desk
from ingest.datafiles import SHIPPED
from ingest.document import parse_document, read_document
from ingest.measures import measure_text, read_measures
from vectorstore.embeddings import StaticEmbedder
from vectorstore.measures import Condition, ConditionField, Measure, Tier

PLAN = "huzhou-ai-plan-2025-draft"
RENEWAL = "excerpt-huzhou-mfg-2023-23/5"
BENCHMARK = "excerpt-huzhou-mfg-2023-23/6"
GIANT = "excerpt-cn-littlegiant-award/1"
TRY = "excerpt-try/1"
VOUCHERS = f"{PLAN}:三/(四)/12"


@cache
def shipped_ledger() -> Ledger:
    """Return the ledger over the shipped plan and the shipped measures."""
    plan = read_document(SHIPPED / f"{PLAN}.txt")
    return Ledger((plan, *read_measures(SHIPPED / "measures.yaml")))


@cache
def shipped_desk() -> Desk:
    """Return the desk over the shipped documents."""
    return build_desk(shipped_ledger(), StaticEmbedder())


def desk_over(one: Measure) -> Desk:
    """Return the desk over the plan of 2023 with one measure alone."""
    document = shipped_ledger().by_document[RENEWAL.rsplit("/", 1)[0]]
    clause = next(clause for clause in document.clauses if clause.measure is not None)
    own = clause.model_copy(update={"measure": one, "text": measure_text(one)})
    return build_desk(Ledger((document.model_copy(update={"clauses": (own,)}),)), StaticEmbedder())


def desk_over_text(text: str) -> Desk:
    """Return the desk over one official text of the city."""
    document = parse_document(text, "湖州市办法.txt").model_copy(update={"level": "市", "region": "湖州市"})
    return build_desk(Ledger((document,)), StaticEmbedder())


def measure(**changes: object) -> Measure:
    """Return the renewal measure of 2023, changed."""
    known: dict[str, object] = {
        "measure_id": "excerpt-try/1",
        "topic": "技术改造",
        "offer": "按设备投资额奖励",
        "conditions": (
            Condition(text="设备投资500万元(含)以上", field=ConditionField.INVESTMENT, at_least=5_000_000),
        ),
        "amount_text": "8%",
        "cap_text": "1000万元",
        "tiers": (Tier(base="设备投资额", at_least=5_000_000, rate=0.08, cap=10_000_000),),
        "needs": ("equipment",),
    }
    return Measure.model_validate({**known, **changes})
