"""The status that a document or its page says itself: draft, validity column, term, else an inference."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.term import Term
from ingest.widths import halve
from vectorstore.models import Clause, ClauseKind
from vectorstore.standing import INFERRED, METADATA_BASIS
from vectorstore.validity import Standing

VALIDITY_LABEL = "有效性"
UNMARKED_BASIS = "文件没有写明是否有效"

_FOR_COMMENTS = re.compile(r"征求意见稿|\(草案\)")
_DRAFT = re.compile(
    r"\([^()]{0,12}?(?:草案|草稿|初稿|意见稿|送审稿|报审稿|报批稿|审议稿|讨论稿|论证稿|修改稿|公示稿)[^()]{0,8}\)"
)
_SEEKS = re.compile(
    r"(?:征求|征集)[^。]*意见(?:和|、|与|及)?(?:建议)?(?:意见)?的?(?:公告|函|通知|启事|公示|通告)?$|"
    r"意见(?:建议)?(?:公开)?(?:征求|征集)(?:的?(?:公告|函|通知|启事|公示|通告))?$"
)
"""Titles of letters and notices that put a text up for comments; what reports on the comments is none."""
_REPORTS = re.compile(r"结果|反馈|采纳|情况|汇总|答复|(?:开展|做好|规范|加强)[^。]{0,12}工作")
_COLLECTING = ("征集部门", "征集时间", "征集状态")
"""Labels that only pages have on which comments are taken."""
_ENDED_TITLE = re.compile(r"\((?:已|全文)?(?P<how>废止|失效)\)$")
_COLUMN: tuple[tuple[Standing, re.Pattern[str]], ...] = (
    (Standing.REPEALED, re.compile(r"废止|已废|撤销")),
    (Standing.PENDING, re.compile(r"尚未|未生效|未施行")),
    (Standing.AMENDED, re.compile(r"修改|修正|修订|部分")),
    (Standing.LAPSED, re.compile(r"失效|无效|过期|^否$")),
    (Standing.IN_FORCE, re.compile(r"有效|生效|^是$")),
)
"""Values of the validity column, the first that fits; 无效 before 有效."""
_ONLY_EFFECTIVE = "{basis};没有写明期限,也没有“有效性”栏"
_STATUTE = INFERRED + "{basis},文中没有写明期限"


@dataclass(frozen=True)
class Status:
    """A status with what it was read from."""

    standing: Standing
    basis: str


def read_status(
    clauses: Sequence[Clause], title: str, metadata: Mapping[str, str], term: Term, is_statute: bool
) -> Status:
    """Return the status of a document without regard to any day; see `vectorstore.standing` for a day.

    A draft is a draft whatever its page says. Only a law (`is_statute`) is inferred to go on holding;
    of any other document that gives no term nothing is known.
    """
    return (
        _draft(clauses, title)
        or _collected(clauses, metadata)
        or _column(metadata.get(VALIDITY_LABEL, ""))
        or _ended(title)
        or _by_term(term, is_statute)
    )


def _draft(clauses: Sequence[Clause], title: str) -> Status | None:
    """Only title and notice say that it is a draft, a body that mentions one does not."""
    for kind in (ClauseKind.TITLE, ClauseKind.NOTICE):
        for clause in clauses:
            words = _drafted(clause.text) if clause.kind is kind else ""
            if words:
                return Status(Standing.DRAFT, f"{clause.path}写明“{words}”")
    words = _drafted(title)
    return Status(Standing.DRAFT, f"标题写明“{words}”") if words else None


def _drafted(text: str) -> str:
    """Return the words of a title or a letter that make it a draft, '' where none do.

    Further on a letter may name the draft that was talked over before the text was issued.
    """
    first = text.strip().partition("\n")[0]
    for pattern, within in ((_FOR_COMMENTS, text), (_DRAFT, first)):
        if found := pattern.search(halve(within)):
            return within[found.start() : found.end()]
    return _seeking(first)


def _seeking(title: str) -> str:
    """Return the words of a title that asks for comments, '' where it does not."""
    plain = title.strip().lstrip("#").strip()
    half = halve(plain)
    found = _SEEKS.search(half)
    return plain[found.start() :] if found and not _REPORTS.search(half) else ""


def _collected(clauses: Sequence[Clause], metadata: Mapping[str, str]) -> Status | None:
    """Return that the page, in a field or a line of its own, collects comments."""
    label = next((label for label in _COLLECTING if metadata.get(label)), None)
    for clause in clauses if label is None else ():
        if clause.kind is ClauseKind.METADATA:
            label = label or next((one for one in _COLLECTING if one in clause.text), None)
    return Status(Standing.DRAFT, f"页面有“{label}”栏,是征求意见的页面") if label else None


def _column(value: str) -> Status | None:
    plain = re.sub(r"\s", "", value)
    for standing, pattern in _COLUMN:
        if plain and pattern.search(plain):
            return Status(standing, f"{METADATA_BASIS}写明“{plain}”")
    return None


def _ended(title: str) -> Status | None:
    found = _ENDED_TITLE.search(halve(title))
    if found is None:
        return None
    standing = Standing.REPEALED if found.group("how") == "废止" else Standing.LAPSED
    return Status(standing, f"标题写明“{found.group(0)}”")


def _by_term(term: Term, is_statute: bool) -> Status:
    if term.expires:
        return Status(Standing.IN_FORCE, term.expires_basis)
    if not term.effective:
        return Status(Standing.UNMARKED, UNMARKED_BASIS)
    basis = term.effective_basis.removeprefix(INFERRED)
    if is_statute:
        return Status(Standing.IN_FORCE, _STATUTE.format(basis=basis))
    return Status(Standing.UNMARKED, _ONLY_EFFECTIVE.format(basis=basis))
