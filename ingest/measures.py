"""measures.yaml -> excerpt documents: facts in our own words, checked before they go in."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from ingest import messages
from ingest.errors import SettingsError
from ingest.facts import unfounded
from vectorstore.measures import Condition, Measure, MeasureKind, Payee, Tier
from vectorstore.models import Clause, ClauseKind, Document, Record, text_digest
from vectorstore.validity import DocumentDates, Validity

FORMAT = "excerpt"
"""`Document.format` of what is in our own words."""
HEAD = "《{title}》要点摘录(非原文,以官方文件为准)\n"
_GOVERNMENT = ".gov.cn"


class MeasureEntry(Record):
    """A measure as the file writes it; see `vectorstore.measures.Measure`."""

    n: int = Field(ge=1)
    kind: MeasureKind = MeasureKind.SUPPORT
    topic: str = Field(min_length=1)
    offer: str = Field(min_length=1)
    target_group: str = ""
    conditions: tuple[Condition, ...] = ()
    amount_text: str = ""
    cap_text: str = ""
    tiers: tuple[Tier, ...] = ()
    needs: tuple[str, ...] = Field(min_length=1)
    industries: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    payee: Payee = Payee.ENTERPRISE
    agency: str = ""
    clause: str = ""
    note: str = ""


class PolicyEntry(Record):
    """A policy as the file writes it; dates are ISO dates."""

    id: str = Field(pattern=r"^excerpt-[\w.-]+$")
    title: str = Field(min_length=1)
    number: str | None = None
    issuer: str
    level: Literal["国家", "省", "市", "区县"]
    region: str
    status: str
    status_basis: str = Field(min_length=1)
    adopted: str | None = None
    published: str | None = None
    effective: str | None = None
    expires: str | None = None
    checked: str
    source: Literal["official", "reprint"]
    url: str
    confidence: Literal["高", "中高"]
    flags: tuple[str, ...] = ()
    measures: tuple[MeasureEntry, ...] = Field(min_length=1)


class MeasuresFile(Record):
    """The whole file."""

    publishers: dict[str, str] = Field(description="registered domain -> name of publishers that are linked")
    policies: tuple[PolicyEntry, ...]


def read_measures(path: Path) -> tuple[Document, ...]:
    """Return one excerpt document a policy; none where there is no such file.

    Raises:
        SettingsError: malformed, a doubtful address, or a number that no words of its measure bear out.
    """
    if not path.is_file():
        return ()
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        entries = TypeAdapter(MeasuresFile).validate_python(content)
    except ValidationError as error:
        first = error.errors()[0]
        reason = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        raise SettingsError(messages.BAD_DATA_FILE.format(name=path.name, reason=reason)) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise SettingsError(messages.BAD_DATA_FILE.format(name=path.name, reason=reason)) from error
    for policy in entries.policies:
        fault = _fault(policy)
        if fault:
            raise SettingsError(messages.BAD_DATA_FILE.format(name=path.name, reason=f"{policy.id}: {fault}"))
    return tuple(_document(policy, entries.publishers, path.name) for policy in entries.policies)


def _fault(policy: PolicyEntry) -> str | None:
    if policy.source == "official" and not is_government(policy.url):
        return messages.NOT_GOVERNMENT.format(url=policy.url)
    numbers = [measure.n for measure in policy.measures]
    if len(set(numbers)) != len(numbers):
        return messages.SAME_MEASURE
    for measure in policy.measures:
        number = unfounded(measure.tiers, measure.conditions, _words(measure))
        if number is not None:
            return messages.UNFOUNDED.format(n=measure.n, number=f"{number:g}")
    return None


def is_government(url: str) -> bool:
    """Whether an address is of a registered domain under gov.cn; a name that only contains it is none."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and (parts.hostname or "").endswith(_GOVERNMENT)


def _shown(policy: PolicyEntry, publishers: dict[str, str]) -> str | None:
    """Return the address that people are shown: a government's or a known publisher's, or None."""
    host = urlsplit(policy.url).hostname or ""
    known = any(host == domain or host.endswith(f".{domain}") for domain in publishers)
    return policy.url if is_government(policy.url) or known else None


def _document(policy: PolicyEntry, publishers: dict[str, str], source_name: str) -> Document:
    url = _shown(policy, publishers)
    flags = policy.flags if policy.source == "official" else (*policy.flags, messages.REPRINT)
    clauses = _clauses(policy)
    return Document(
        document_id=policy.id,
        title=policy.title,
        status=policy.status,
        status_basis=policy.status_basis,
        issuer=policy.issuer,
        number=policy.number,
        level=policy.level,
        region=policy.region,
        published=policy.published,
        url=url,
        validity=Validity(
            dates=DocumentDates(
                adopted=policy.adopted,
                published=policy.published,
                effective=policy.effective,
                expires=policy.expires,
            ),
            expires_basis=policy.status_basis if policy.expires else "",
            checked=policy.checked,
        ),
        flags=flags if url else (*flags, messages.NO_LINK),
        format=FORMAT,
        source_name=source_name,
        digest=text_digest("".join(clause.text for clause in clauses)),
        clauses=clauses,
    )


def _clauses(policy: PolicyEntry) -> tuple[Clause, ...]:
    head = HEAD.format(title=policy.title)
    clauses = [_clause("标题", ClauseKind.TITLE, policy.title, head, 0, None)]
    for entry in policy.measures:
        measure = Measure(
            measure_id=f"{policy.id}/{entry.n}", **{name: getattr(entry, name) for name in _SHARED}
        )
        start = clauses[-1].end
        text = measure_text(measure)
        clauses.append(
            _clause(
                f"要点/{entry.n}", ClauseKind.EXCERPT, f"{policy.title} > {entry.topic}", text, start, measure
            )
        )
    return tuple(clauses)


_SHARED = tuple(name for name in MeasureEntry.model_fields if name != "n")


def _clause(
    path: str, kind: ClauseKind, heading_path: str, text: str, start: int, measure: Measure | None
) -> Clause:
    return Clause(
        path=path,
        kind=kind,
        number=None,
        heading=measure.topic if measure else "",
        heading_path=heading_path,
        text=text,
        start=start,
        end=start + len(text),
        digest=text_digest(text),
        measure=measure,
    )


def measure_text(measure: Measure) -> str:
    """Return a measure as one self-contained line in our own words."""
    parts = [
        ("", measure.topic),
        ("支持", measure.offer),
        ("对象", measure.target_group),
        ("条件", ";".join(condition.text for condition in measure.conditions)),
        ("金额或比例", measure.amount_text),
        ("上限", measure.cap_text),
        ("不可叠加", ";".join(measure.excludes)),
        ("责任单位", measure.agency),
        ("出处", measure.clause),
        ("说明", measure.note),
    ]
    return "。".join(f"{name}:{words}" if name else words for name, words in parts if words) + "。\n"


def _words(measure: MeasureEntry) -> str:
    conditions = (condition.text for condition in measure.conditions)
    return " ".join((measure.offer, measure.amount_text, measure.cap_text, *conditions))
