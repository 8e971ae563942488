"""Where a document comes from and whether it holds: status, issuer, number, level, region, dates, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from types import MappingProxyType

from ingest import messages
from ingest.dates import read_date
from ingest.number_lines import front_lines, number_lines, ordering_office
from ingest.numbers import looks_like_number, restore_number
from ingest.places import place_of
from ingest.promulgation import Promulgation, read_promulgation
from ingest.relations import read_relations
from ingest.signatures import read_signature, read_signers
from ingest.status import read_status
from ingest.term import KnownDays, Term, read_term
from ingest.widths import halve
from vectorstore.models import Clause, Fact, FactKind
from vectorstore.spans import last_day
from vectorstore.standing import INFERRED
from vectorstore.validity import DocumentDates, Relation, Standing, Validity

_TITLE_ISSUER = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{2,30}?(?:人民政府办公[厅室]|人民政府|委员会|局|厅|部|法院|检察院|国务院|办公[厅室]))关于"
)
_ISSUED_BY = re.compile(r"Issued by (?:the )?(?P<issuer>[A-Z][A-Za-z&', ]{2,80})$")
_PRINTED = re.compile(r"(?P<date>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)\s*印发")
_FILE_DATE = re.compile(r"[((](?P<date>(?:19|20)\d{2}-\d{2}-\d{2})[))]$")
_UNLISTED_DAYS = 60
"""A file's date so much later than the last step under the title is a change that the title does not list."""
_SAME_EXPIRY_DAYS = 2
_NO_METADATA: Mapping[str, str] = MappingProxyType({})


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
    validity: Validity
    flags: tuple[str, ...] = ()


def read_provenance(
    clauses: Sequence[Clause],
    facts: Sequence[Fact],
    title: str,
    metadata: Mapping[str, str] = _NO_METADATA,
    source_name: str = "",
) -> Provenance:
    """Return what page, parts around the body and body say about the document; unknown fields are None.

    Args:
        clauses: the clause tree.
        facts: what the notice states.
        title: the title of the document.
        metadata: values of the page by label, as `SourceText.metadata`.
        source_name: name of the file; laws carry the date of their wording in it.
    """
    history = read_promulgation(clauses, title)
    known = _known_days(clauses, facts, metadata, history, source_name)
    written = read_term(clauses, title, known)
    term = _with_metadata(written, metadata, history)
    status = read_status(clauses, title, metadata, term, _is_statute(clauses, history, known))
    number = _number(clauses, metadata, history)
    stated = metadata.get("发布机构") or _issuer(clauses, facts, title)
    issuer = stated or history.issuer or ordering_office(number.shown)
    place = place_of(title)
    if place.level is None and issuer:
        place = place_of(issuer)
    validity = _validity(known, term, history, read_relations(clauses, title))
    return Provenance(
        status=status.standing,
        status_basis=status.basis,
        issuer=issuer,
        number=number.shown,
        level=place.level,
        region=place.region,
        published=known.published,
        comment_deadline=_deadline(facts, metadata) if status.standing is Standing.DRAFT else None,
        validity=validity,
        flags=(*number.flags, *_date_flags(validity.dates, term), *_expiry_flags(written, term)),
    )


def _known_days(
    clauses: Sequence[Clause],
    facts: Sequence[Fact],
    metadata: Mapping[str, str],
    history: Promulgation,
    source_name: str,
) -> KnownDays:
    """Return the days that page, history, signature and file name tell."""
    stated = read_date(metadata.get("发布日期", ""))
    return KnownDays(
        published=stated or _fact(facts, FactKind.PUBLISHED) or history.published,
        printed=_printed(clauses) or read_date(metadata.get("发文日期", "")),
        signed=read_date(read_signature(clauses)),
        adopted=read_date(metadata.get("成文日期", "")) or history.adopted,
        approved=history.approved,
        enacted=history.published,
        filed=_filed(source_name),
        effective=read_date(metadata.get("施行日期", "")),
    )


def _is_statute(clauses: Sequence[Clause], history: Promulgation, known: KnownDays) -> bool:
    """Whether it is a law or rule: in articles, and adopted, published by an order, or filed by its date."""
    is_enacted = bool(history.adopted or history.number or known.filed)
    return is_enacted and any((clause.number or "").startswith("第") for clause in clauses)


def _validity(known: KnownDays, term: Term, history: Promulgation, relations: Sequence[Relation]) -> Validity:
    return Validity(
        dates=DocumentDates(
            adopted=known.adopted,
            signed=known.signed,
            published=known.published,
            printed=known.printed,
            effective=term.effective,
            expires=term.expires,
            version=_version(history, known.filed),
        ),
        relations=(*history.relations, *relations),
        effective_basis=term.effective_basis,
        expires_basis=term.expires_basis,
    )


@dataclass(frozen=True)
class _Shown:
    shown: str | None
    flags: tuple[str, ...] = ()


def _with_metadata(term: Term, metadata: Mapping[str, str], history: Promulgation) -> Term:
    """Return the term with what page and title say, where the text itself does not."""
    effective, expires = (read_date(metadata.get(label, "")) for label in ("施行日期", "失效日期"))
    repealed = read_date(metadata.get("废止日期", ""))
    changes: dict[str, str] = {}
    is_sure = bool(term.effective) and not term.effective_basis.startswith(INFERRED)
    if not is_sure and (effective or (not term.effective and history.effective)):
        basis = messages.EFFECTIVE_METADATA if effective else messages.EFFECTIVE_TITLE
        changes["effective"] = effective or history.effective or ""
        changes["effective_basis"] = basis.format(day=changes["effective"])
    if expires:
        changes |= {"expires": expires, "expires_basis": messages.EXPIRES_METADATA.format(day=expires)}
    elif repealed:
        day = last_day(repealed, 0, "日")
        changes |= {"expires": day, "expires_basis": messages.REPEALED_METADATA.format(day=repealed)}
    return replace(term, **changes, unresolved="" if "expires" in changes else term.unresolved)


def _version(history: Promulgation, filed: str | None) -> str | None:
    """Return the day of this wording: the last step under the title, or the file's where that is later."""
    if not filed or not history.version:
        return filed or history.version
    late = date.fromisoformat(filed) - date.fromisoformat(history.version)
    return filed if late.days > _UNLISTED_DAYS else history.version


def _filed(source_name: str) -> str | None:
    named = _FILE_DATE.search(halve(PurePath(source_name).stem))
    return read_date(named.group("date")) if named else None


def _issuer(clauses: Sequence[Clause], facts: Sequence[Fact], title: str) -> str | None:
    stated = next((fact.value for fact in facts if fact.kind is FactKind.ISSUER), None)
    if stated:
        return stated
    signers = read_signers(read_signature(clauses))
    if signers:
        return signers
    named = _TITLE_ISSUER.match(title)
    if named:
        return named.group("issuer")
    english = next((found for line in front_lines(clauses) if (found := _ISSUED_BY.match(line))), None)
    return english.group("issuer") if english else None


def _number(clauses: Sequence[Clause], metadata: Mapping[str, str], history: Promulgation) -> _Shown:
    """Return the document's own number, from the page, its own line by the title, or its promulgation."""
    stated = metadata.get("文号", "")
    candidates = [stated, *number_lines(clauses)]
    for candidate in candidates:
        found = restore_number(candidate) if candidate else None
        if found is not None:
            flag = messages.NUMBER_RESTORED.format(written=candidate, number=found.text)
            return _Shown(found.text, (flag,) if found.is_restored else ())
    if stated and looks_like_number(stated):
        return _Shown(history.number, (messages.NUMBER_UNSURE.format(written=stated),))
    return _Shown(history.number)


def _printed(clauses: Sequence[Clause]) -> str | None:
    """Return the date of the line 某办公室 2025年6月16日印发, which stands at the end."""
    found = [m for clause in clauses[-3:] for m in _PRINTED.finditer(halve(clause.text))]
    return read_date(found[-1].group("date")) if found else None


def _fact(facts: Sequence[Fact], kind: FactKind) -> str | None:
    return next((fact.date for fact in facts if fact.kind is kind and fact.date), None)


def _deadline(facts: Sequence[Fact], metadata: Mapping[str, str]) -> str | None:
    return _fact(facts, FactKind.DEADLINE) or read_date(metadata.get("截止日期", ""))


def _expiry_flags(written: Term, term: Term) -> Iterator[str]:
    """Yield what to check where page and clause give other last days; a page is often a day late."""
    if not written.expires or not term.expires:
        return
    apart = date.fromisoformat(term.expires) - date.fromisoformat(written.expires)
    if abs(apart.days) > _SAME_EXPIRY_DAYS:
        yield messages.EXPIRY_DIFFERS.format(page=term.expires, written=written.expires)


def _date_flags(dates: DocumentDates, term: Term) -> Iterator[str]:
    if dates.adopted and dates.signed and dates.adopted != dates.signed:
        yield messages.DATES_DIFFER.format(adopted=dates.adopted, signed=dates.signed)
    if dates.effective and dates.expires and dates.expires < dates.effective:
        yield messages.TERM_REVERSED.format(effective=dates.effective, expires=dates.expires)
    if term.unresolved:
        yield messages.TERM_OPEN.format(words=term.unresolved)
