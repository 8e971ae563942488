"""Documents that a list repeals or prolongs: 下列文件宣布失效:1.… 2.…, the rows of a table, an annex."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.acts import prolonging, repeal_day, repeals
from ingest.listed_entries import Entry, entry_of, row_entry
from ingest.tables import is_row, is_table
from ingest.widths import halve
from vectorstore.models import Clause, ClauseKind
from vectorstore.validity import Extension, Relation, RelationKind

_SENTENCE = re.compile(r"[^。;;\n]+[。;;]?")
_FILES = r"(?:文件|规章|法规|规定|办法|政策|通知|制度|细则|意见|措施|目录|清单)"
_LIST = re.compile(rf"(?:下列|以下|所列|附件)[^《》。;]{{0,30}}?{_FILES}|{_FILES}[^《》。;]{{0,20}}附件")
_ANNEX = re.compile(r"附件\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})?")
_HEADING = re.compile(
    rf"(?:废止|失效|停止执行)(?!的?(?:程序|条件|情形|标准))[^《》。;,]{{0,16}}{_FILES}(?:目录|清单|一览表|名单|汇总表)?$"
)
"""The title of a list: 宣布失效的规范性文件目录."""
_OTHERWISE = re.compile(
    r"继续有效|继续执行|保留|修改|修订|修正|除外|拟|建议|是否|不予|征求|可以|应当及时|有下列情形"
)
"""Who reads of such things too cannot tell from the list alone what befalls an entry."""
_READ = frozenset({ClauseKind.CLAUSE, ClauseKind.PARAGRAPH, ClauseKind.HEADING, ClauseKind.NOTICE})


@dataclass(frozen=True)
class _Opening:
    """Words that say what befalls the documents of a list.

    Attributes:
        kind: REPEALS or PROLONGS.
        quote: the words, verbatim.
        since: ISO day from which the list counts, where they give it.
        until: ISO day up to which it prolongs.
        extension: by how long it prolongs, where it gives no day.
        annex: path of the annex that holds the list, or None.
    """

    kind: RelationKind
    quote: str
    since: str | None = None
    until: str | None = None
    extension: Extension | None = None
    annex: str | None = None


def read_listed(clauses: Sequence[Clause]) -> Iterator[Relation]:
    """Yield what lists do to the documents that they name, in order."""
    annexes = [clause.path for clause in clauses if "/" not in clause.path and clause.path.startswith("附件")]
    for place, clause in enumerate(clauses):
        if clause.kind not in _READ:
            continue
        for sentence in _SENTENCE.finditer(clause.text):
            opening = _opening(sentence.group(0), annexes)
            if opening is None and clause.kind is ClauseKind.HEADING:
                opening = _headed(sentence.group(0), clause.heading)
            if opening is not None:
                yield from _listed(clauses, place, sentence.end(), opening)


def _opening(sentence: str, annexes: Sequence[str]) -> _Opening | None:
    """Return what a sentence says of the documents in a list; None where it names them or leaves it open."""
    half = halve(sentence)
    if "《" in half or not _LIST.search(half):
        return None
    prolonged = prolonging(sentence)
    said = half if prolonged is not None else _repealing(half)
    if said is None:
        return None
    opening = _Opening(RelationKind.PROLONGS, sentence.strip())
    if prolonged is not None:
        opening = replace(opening, until=prolonged.until, extension=prolonged.extension)
    else:
        opening = replace(opening, kind=RelationKind.REPEALS, since=repeal_day(sentence, repeals(half)))
    named = _ANNEX.search(said)
    if named is None:
        return opening
    number = named.group("number")
    path = f"附件{number}" if number else (annexes[0] if len(annexes) == 1 else None)
    return replace(opening, annex=path) if path in annexes else None


def _repealing(half: str) -> str | None:
    """Return the part of a sentence that repeals what is in a list: all of it, or one of its clauses."""
    parts = [half] if not _OTHERWISE.search(half) else re.split("[,:、]", half)
    repealing = [part for part in parts if repeals(part) and _LIST.search(part)]
    return repealing[0] if len(repealing) == 1 and not _OTHERWISE.search(repealing[0]) else None


def _headed(sentence: str, heading: str) -> _Opening | None:
    half = halve(heading).rstrip(":")
    if not _HEADING.search(half) or _OTHERWISE.search(half) or "《" in half:
        return None
    return _Opening(RelationKind.REPEALS, sentence.strip())


def _listed(clauses: Sequence[Clause], place: int, behind: int, opening: _Opening) -> Iterator[Relation]:
    if opening.annex is not None:
        entries = _below(clauses, opening.annex)
    elif place + 1 < len(clauses) and clauses[place + 1].path.startswith(clauses[place].path + "/"):
        entries = _below(clauses, clauses[place].path)
    else:
        entries = _following(clauses[place].text[behind:], clauses[place + 1 :])
    for entry in entries:
        yield Relation(
            kind=opening.kind,
            title=entry.title,
            number=entry.number,
            since=opening.since,
            until=opening.until,
            extension=opening.extension,
            quote=opening.quote,
        )


def _below(clauses: Sequence[Clause], path: str) -> Iterator[Entry]:
    """Yield the entries under a heading; a heading below it that says otherwise ends its own."""
    otherwise: str | None = None
    for clause in clauses:
        if not clause.path.startswith(path + "/"):
            continue
        if otherwise is not None and clause.path.startswith(otherwise + "/"):
            continue
        otherwise = None
        if clause.kind is ClauseKind.HEADING and _OTHERWISE.search(halve(clause.heading)):
            otherwise = clause.path
            continue
        yield from _of_clause(clause)


def _of_clause(clause: Clause) -> Iterator[Entry]:
    for line in filter(None, map(str.strip, clause.text.splitlines())):
        entry = row_entry(line) if clause.kind is ClauseKind.ROW else entry_of(line)
        if entry is not None:
            yield entry


def _following(rest: str, clauses: Sequence[Clause]) -> Iterator[Entry]:
    """Yield the entries that directly follow, all marked alike; the first line that is none ends them."""
    lines = [(line, False) for line in rest.splitlines()]
    for clause in clauses:
        if is_table(clause.number) or clause.kind in (*_READ, ClauseKind.ROW):
            lines += [(line, is_table(clause.number)) for line in clause.text.splitlines()]
        else:
            break
    rank: int | None = None
    is_first = True
    for line, is_header in ((line.strip(), is_header) for line, is_header in lines):
        if not line or is_header:
            continue
        entry = row_entry(line) if is_row(line) else entry_of(line)
        if entry is None or (not is_first and entry.rank != rank):
            return
        rank, is_first = entry.rank, False
        yield entry
