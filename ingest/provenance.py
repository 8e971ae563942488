"""Where a document comes from and whether it holds: status, issuer, number, level, region, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.widths import close_gaps, halve
from vectorstore.models import Clause, ClauseKind, Fact, FactKind

DRAFT = "征求意见稿"
UNMARKED = "未标注"
UNMARKED_BASIS = "文件没有写明是否有效"

_DRAFT = re.compile(r"征求意见稿|\(草案\)")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}\[(?:19|20)\d{2}\]\s*第?\d{1,4}号")
_NATIONAL = re.compile(
    r"中华人民共和国|国务院|全国|国家|最高人民|中共中央|中国人民|[\u4e00-\u9fff]{2,12}部(?:等|关于|办公厅)"
)
_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")
_PROVINCE = re.compile(r"[\u4e00-\u9fff]{2,3}?省|[\u4e00-\u9fff]{2,6}?自治区")
_CITY = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:市|自治州)")
_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,3}?(?:新区|区|县)(?=人民政府|[\u4e00-\u9fff])")
_NO_CITY = re.compile(r"(?:城|超|股|门|集|上|都|夜|菜)市$")
_NO_COUNTY = re.compile(
    r"(?:示范|实验|试验|城|小|园|校|社|地|街|景|库|灾|山|矿|林|牧|片|功能|开发|保护|行政|市|港)区$"
)
_TITLE_ISSUER = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{2,30}?(?:人民政府办公[厅室]|人民政府|委员会|局|厅|部|法院|检察院|国务院|办公[厅室]))关于"
)


@dataclass(frozen=True)
class Provenance:
    """What a document says about itself; fields as in `vectorstore.models.Document`."""

    status: str
    status_basis: str
    issuer: str | None
    number: str | None
    level: str | None
    region: str | None
    published: str | None
    comment_deadline: str | None


@dataclass(frozen=True)
class Place:
    """Level (国家, 省, 市, 区县) and region that a name starts with; None where it does not say."""

    level: str | None = None
    region: str | None = None


def read_provenance(clauses: Sequence[Clause], facts: Sequence[Fact], title: str) -> Provenance:
    """Return what the parts around the body say about the document; unknown fields are None."""
    status, basis = _status(clauses, title)
    issuer = _issuer(clauses, facts, title)
    place = place_of(title)
    if place.level is None and issuer:
        place = place_of(issuer)
    return Provenance(
        status=status,
        status_basis=basis,
        issuer=issuer,
        number=_number(clauses),
        level=place.level,
        region=place.region,
        published=_date(facts, FactKind.PUBLISHED),
        comment_deadline=_date(facts, FactKind.DEADLINE) if status == DRAFT else None,
    )


def place_of(name: str) -> Place:
    """Return level and region of an issuer's or a document's name."""
    rest = halve(name)
    if _NATIONAL.match(rest):
        return Place("国家", "全国")
    level, region = None, ""
    if found := _PROVINCE.match(rest):
        level, region, rest = "省", found.group(0), rest[found.end() :]
    city = _CITY.match(rest)
    if city and not _NO_CITY.search(city.group(0)):
        level = "省" if city.group(0) in _MUNICIPALITIES else "市"
        region, rest = region + city.group(0), rest[city.end() :]
    county = _COUNTY.match(rest)
    if county and not _NO_COUNTY.search(county.group(0)):
        level, region = "区县", region + county.group(0)
    return Place(level, region or None)


def _status(clauses: Sequence[Clause], title: str) -> tuple[str, str]:
    """Return status and basis; only title and notice say it, a body that mentions a draft does not."""
    for kind in (ClauseKind.TITLE, ClauseKind.NOTICE):
        for clause in clauses:
            found = _DRAFT.search(halve(clause.text)) if clause.kind is kind else None
            if found:
                return DRAFT, f"{clause.path}写明“{clause.text[found.start() : found.end()]}”"
    found = _DRAFT.search(halve(title))
    return (DRAFT, f"标题写明“{found.group(0)}”") if found else (UNMARKED, UNMARKED_BASIS)


def _issuer(clauses: Sequence[Clause], facts: Sequence[Fact], title: str) -> str | None:
    stated = next((fact.value for fact in facts if fact.kind is FactKind.ISSUER), None)
    if stated:
        return stated
    signature = next((clause.text for clause in clauses if clause.path == "落款"), "")
    signed = signature.strip().split("\n")[0].strip()
    if signed and not re.search(r"\d", signed):
        return close_gaps(signed)
    named = _TITLE_ISSUER.match(title)
    return named.group("issuer") if named else None


def _number(clauses: Sequence[Clause]) -> str | None:
    """Return the document's own number, which stands around the title or under it."""
    places = (ClauseKind.TITLE, ClauseKind.METADATA)
    for clause in clauses:
        if clause.kind in places:
            found = _NUMBER.search(halve(clause.text))
            if found:
                return clause.text[found.start() : found.end()]
    return None


def _date(facts: Sequence[Fact], kind: FactKind) -> str | None:
    return next((fact.date for fact in facts if fact.kind is kind and fact.date), None)
