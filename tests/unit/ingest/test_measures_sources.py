"""The shipped measures against the material that they were written from, where it is at hand."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from ingest.datafiles import SHIPPED
from ingest.facts import stated_numbers
from ingest.measures import read_measures
from tests.fakes.material import material
from vectorstore.measures import Measure

OTHER_IDS = {"suzhou-ai-2026": "sz-jiangsu-suzhou-ai-2026"}
FACTS = ("amount", "cap", "condition", "benefit", "summary")
POLICIES = yaml.safe_load((SHIPPED / "measures.yaml").read_text(encoding="utf-8"))["policies"]
MEASURES = {
    document.document_id: [clause.measure for clause in document.clauses if clause.measure]
    for document in read_measures(SHIPPED / "measures.yaml")
}


@pytest.fixture(scope="module")
def sources() -> dict[str, Any]:
    """Return the policies of the material by id."""
    path = material("policies") / "related_policies.yaml"
    return {one["id"]: one for one in yaml.safe_load(path.read_text(encoding="utf-8"))}


def source_of(policy: dict[str, Any], sources: dict[str, Any]) -> dict[str, Any]:
    short = policy["id"].removeprefix("excerpt-")
    found: dict[str, Any] = sources[OTHER_IDS.get(short, short)]
    return found


def numbers_of(measure: Measure) -> set[float]:
    found = {
        value
        for tier in measure.tiers
        for value in (tier.at_least, tier.at_most, tier.rate, tier.rate_max, tier.amount, tier.cap)
        if value is not None
    }
    return found | {one.at_least for one in measure.conditions if one.at_least is not None}


@pytest.mark.parametrize("policy", POLICIES, ids=lambda one: one["id"])
def test_only_facts_of_good_confidence_and_no_mirror_are_shipped(
    policy: dict[str, Any], sources: dict[str, Any]
) -> None:
    source = source_of(policy, sources)
    assert source["confidence"].startswith(policy["confidence"])
    assert "镜像" not in source["url_kind"] and "镜像域名" not in source["confidence"]
    assert policy["url"] == source["url"]
    assert policy.get("number") in (None, source["doc_number"])


@pytest.mark.parametrize("policy", POLICIES, ids=lambda one: one["id"])
def test_every_number_of_a_measure_stands_in_the_facts_of_its_policy(
    policy: dict[str, Any], sources: dict[str, Any]
) -> None:
    facts = " ".join(
        str(measure[name] or "") for measure in source_of(policy, sources)["measures"] for name in FACTS
    )
    stated = set(stated_numbers(facts))
    for measure in MEASURES[policy["id"]]:
        for number in numbers_of(measure):
            close = any(abs(number - one) <= 1e-9 * max(1.0, one) for one in stated)
            assert close, (measure.measure_id, number)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda one: one["id"])
def test_rates_caps_and_sums_are_those_of_one_measure_of_the_material(
    policy: dict[str, Any], sources: dict[str, Any]
) -> None:
    """Not merely somewhere in the policy: rate and cap of a tier stand together in one source measure."""
    rows = [
        set(stated_numbers(f"{one['amount'] or ''} {one['cap'] or ''} {one['benefit'] or ''}"))
        for one in source_of(policy, sources)["measures"]
    ]
    for measure in MEASURES[policy["id"]]:
        wanted = {
            value
            for tier in measure.tiers
            for value in (tier.rate, tier.rate_max, tier.amount, tier.cap)
            if value is not None
        }
        same_cap = "同上" in str(source_of(policy, sources)["measures"])
        allowed = rows + ([row | {8e6} for row in rows] if same_cap else [])
        assert any(wanted <= row for row in allowed), (measure.measure_id, wanted)
