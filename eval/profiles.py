"""Scores matching on golden profiles: precision and recall of the grades, traps, sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from assistant.support.desk import Desk
from assistant.support.matches import Grade, Match, Matching
from assistant.support.profile import Profile, read_profile
from eval.errors import DataError
from eval.golden import FOLDER
from eval.statistics import Interval, interval
from vectorstore.models import Record

PROFILES = FOLDER / "profiles.yaml"
DAY = date(2026, 11, 23)
PLAN = "huzhou-ai-plan-2025-draft"
_CHAPTERS = "一二三四五六七八九十"
_SOFT = 1.0


class ExpectedSum(Record):
    """What a figure must give under one measure."""

    id: str
    reached: bool = True
    low: float | None = Field(default=None, description="yuan")
    high: float | None = Field(default=None, description="yuan")


class GoldenProfile(Record):
    """A profile with the measures that fit it; see the head of the file."""

    id: str
    split: Literal["dev", "held"]
    as_of: date = DAY
    text: str = ""
    profile: dict[str, object] = Field(default_factory=dict)
    direct: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    not_: tuple[str, ...] = Field(default=(), alias="not")
    hidden: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    sum: ExpectedSum | None = None
    trap: str = ""
    note: str

    def read(self) -> Profile:
        """Return the profile to match."""
        return read_profile({**self.profile, "text": self.text} if self.text else self.profile, self.id)


class Outcome(Record):
    """What matching said of one profile, judged."""

    id: str
    faults: tuple[str, ...]
    found: dict[str, tuple[float, ...]] = Field(description="metric -> one 0 or 1 for each thing judged")
    trap: str = ""


class ProfileScores(Record):
    """The figures over all profiles of a split."""

    n: int
    figures: dict[str, Interval]
    traps: int = Field(description="profiles that hold a trap")
    traps_avoided: int
    outcomes: tuple[Outcome, ...]


def read_profiles(path: Path = PROFILES) -> tuple[GoldenProfile, ...]:
    """Return the golden profiles.

    Raises:
        DataError: the file is malformed; names the place.
    """
    try:
        return TypeAdapter(tuple[GoldenProfile, ...]).validate_python(
            yaml.safe_load(path.read_text(encoding="utf-8"))
        )
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DataError(f"{path.name}: {place}: {first['msg']}") from error
    except (OSError, yaml.YAMLError) as error:
        raise DataError(f"{path.name}: {error}") from error


def full_id(short: str) -> str:
    """Return the id of a match: an excerpt's measure, or a clause of the plan."""
    return f"{PLAN}:{short}" if short[0] in _CHAPTERS else f"excerpt-{short}"


def judge(golden: GoldenProfile, actual: Matching) -> Outcome:
    """Return what is right and wrong in a result."""
    grades = {match.match_id: match.grade for match in actual.matches}
    found: dict[str, list[float]] = {}
    faults: list[str] = []
    for grade, ids in ((Grade.DIRECT, golden.direct), (Grade.POSSIBLE, golden.possible)):
        expected = {full_id(one) for one in ids}
        given = {one for one, said in grades.items() if said is grade}
        found.setdefault(f"{grade.name.lower()}_recall", []).extend(float(one in given) for one in expected)
        found.setdefault(f"{grade.name.lower()}_precision", []).extend(
            float(one in expected) for one in given
        )
        faults += [f"{grade.value} 缺 {one}" for one in sorted(expected - given)]
        faults += [f"{grade.value} 多 {one}" for one in sorted(given - expected)]
    for grade, ids in ((Grade.DIRECTION, golden.direction), (Grade.NOT, golden.not_)):
        hits = [grades.get(full_id(one)) is grade for one in ids]
        found.setdefault(f"{grade.name.lower()}_recall", []).extend(map(float, hits))
        faults += [f"{grade.value} 缺 {one}" for one, hit in zip(ids, hits, strict=True) if not hit]
    shown = [one for one in grades for prefix in golden.hidden if one.startswith(f"excerpt-{prefix}")]
    faults += [f"不该出现 {one}" for one in shown]
    faults += _missing_rows(golden, actual)
    if golden.sum is not None:
        right = _sum_holds(golden.sum, actual.matches)
        found.setdefault("sum_right", []).append(float(right))
        faults += [] if right else [f"测算不对 {golden.sum.id}"]
    faults += [f"数字核对不过 {one}" for one in actual.dropped]
    judged = {name: tuple(values) for name, values in found.items() if values}
    return Outcome(id=golden.id, faults=tuple(faults), found=judged, trap=golden.trap)


def _missing_rows(golden: GoldenProfile, actual: Matching) -> list[str]:
    ids = {(row.clause_id or "").replace(":要点/", "/") for row in actual.rows}
    return [f"比较表缺 {one}" for one in golden.rows if f"excerpt-{one}" not in ids]


def _sum_holds(expected: ExpectedSum, matches: Sequence[Match]) -> bool:
    match = next((one for one in matches if one.match_id == full_id(expected.id)), None)
    if match is None or match.sum is None or match.sum.reached is not expected.reached:
        return False
    bounds = ((expected.low, match.sum.low), (expected.high, match.sum.high))
    return all(
        wanted is None or (given is not None and abs(wanted - given) < _SOFT) for wanted, given in bounds
    )


def score_profiles(profiles: Sequence[GoldenProfile], desk: Desk) -> ProfileScores:
    """Return the figures of matching over some profiles; each with its 95 % interval."""
    outcomes = [judge(golden, desk.match(golden.read(), golden.as_of)) for golden in profiles]
    names = sorted({name for outcome in outcomes for name in outcome.found})
    figures = {
        name: interval([value for outcome in outcomes for value in outcome.found.get(name, ())])
        for name in names
    }
    figures["profile_right"] = interval([float(not outcome.faults) for outcome in outcomes])
    traps = [outcome for outcome in outcomes if outcome.trap]
    return ProfileScores(
        n=len(profiles),
        figures=figures,
        traps=len(traps),
        traps_avoided=sum(not outcome.faults for outcome in traps),
        outcomes=tuple(outcomes),
    )
