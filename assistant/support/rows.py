"""A row of a table of an official text under its header: what, to whom, how much, at most, by whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from pydantic import Field

from assistant.normalizing import normalize
from vectorstore.models import Clause, ClauseKind, Document, Record

_BAR = re.compile(r"(?<!\\)\|")
_UNIT = re.compile(r"[(\[](?:单位:)?(?P<unit>亿元|万元|元|%)[)\]]")
_BARE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_EMPTY = re.compile(r"[-—–/\s无]*")
_SHARE = re.compile(r"(?:最高|不超过)?\d+(?:\.\d+)?%")
_MONEY = re.compile(r"\d[\d,.]*[十百千]?[万亿]?元")
_GIVES = re.compile("补助|奖励|补贴|资助|奖补|支持|扶持")


class Role(StrEnum):
    """What a column holds."""

    NUMBER = "序号"
    UNIT = "责任单位"
    CAP = "上限"
    BASE = "基数"
    CONDITIONS = "条件"
    AMOUNT = "标准"
    OBJECT = "对象"
    TOPIC = "事项"
    BASIS = "依据"
    OTHER = "其他"


_ROLES = (
    (Role.NUMBER, re.compile("^(?:序号|编号|no\\.?|#)$", re.IGNORECASE)),
    (Role.UNIT, re.compile("责任|牵头|主管|负责|实施(?:单位|部门)|部门|受理")),
    (Role.CAP, re.compile("上限|最高|限额|封顶")),
    (Role.BASE, re.compile("基数|计算依据|计补")),
    (Role.CONDITIONS, re.compile("条件|要求|门槛")),
    (Role.AMOUNT, re.compile("标准|比例|金额|额度|力度")),
    (Role.OBJECT, re.compile("对象|主体|范围|适用")),
    (Role.TOPIC, re.compile("事项|内容|项目|名称|类别|方向|措施|领域|政策$")),
    (Role.AMOUNT, re.compile("奖补|补助|奖励|补贴|资助")),
    (Role.BASIS, re.compile("依据|文号|出处")),
)


class Cell(Record):
    """A cell with the name of its column."""

    column: str
    text: str = Field(description="verbatim")
    unit: str = Field(default="", description="unit of money or % that the column's name states")

    @property
    def said(self) -> str:
        """Return the cell as it may be shown: a bare number with the name of its column."""
        return f"{self.column}:{self.text}" if self.unit and _BARE.fullmatch(self.text) else self.text

    @property
    def read(self) -> str:
        """Return the cell with the unit of its column, normalised, for reading."""
        plain = normalize(self.text)
        return f"{plain}{self.unit}" if self.unit and _BARE.fullmatch(plain) else plain


class TableRow(Record):
    """A row of a table by what its columns hold."""

    cells: Mapping[Role, tuple[Cell, ...]]
    columns: str = Field(description="the names of all columns")

    def only(self, role: Role) -> Cell | None:
        """Return the one cell of a role; None where there is none or more than one."""
        found = self.cells.get(role, ())
        return found[0] if len(found) == 1 else None

    def said(self, role: Role) -> str:
        """Return the cells of a role as they may be shown."""
        return ";".join(cell.said for cell in self.cells.get(role, ()))

    @property
    def about(self) -> str:
        """Return what is given for, and to whom."""
        return " ".join(filter(None, (self.said(Role.TOPIC), self.said(Role.OBJECT))))

    @property
    def sentence(self) -> str:
        """Return the row as the sentence that it stands for; '' where its columns do not make one."""
        amount, whom = self.only(Role.AMOUNT), self.only(Role.OBJECT)
        if amount is None or len(self.cells.get(Role.CAP, ())) > 1 or len(self.cells.get(Role.BASE, ())) > 1:
            return ""
        base, cap = self.only(Role.BASE), self.only(Role.CAP)
        rate = amount.read.strip(" ;。,")
        if base is not None and _SHARE.fullmatch(rate):
            rate = f"{base.read}的{rate}"
        if not _GIVES.search(rate):
            rate = f"按{rate.removeprefix('按照').removeprefix('按')}给予补助"
        most = cap.read.strip(" ;。,") if cap else ""
        if most and _MONEY.fullmatch(most):
            most = f"最高{most}"
        return (
            ",".join(part for part in (f"对{normalize(whom.text)}" if whom else "", rate, most) if part)
            + "。"
        )

    @property
    def conditions(self) -> tuple[str, ...]:
        """Return what the row asks for, and what a column holds whose meaning is not known."""
        asked = [cell.text for cell in self.cells.get(Role.CONDITIONS, ())]
        other = [f"{cell.column}:{cell.text}" for cell in self.cells.get(Role.OTHER, ())]
        pieces = (piece.strip() for text in asked for piece in re.split(r"[;。\n;]|<br>", normalize(text)))
        return tuple(piece for piece in (*pieces, *other) if piece)


def row_of(document: Document, clause: Clause) -> TableRow | None:
    """Return the row of a clause by its header; None where it is none or no column tells how much."""
    if clause.kind is not ClauseKind.ROW:
        return None
    head = document.clause(clause.path.rpartition("/")[0])
    names = _cells(next((one for one in (head.text if head else "").splitlines() if "|" in one), ""))
    values = _cells(clause.text.strip())
    if not names or len(names) != len(values):
        return None
    found: dict[Role, list[Cell]] = {}
    for name, value in zip(names, values, strict=True):
        if not _EMPTY.fullmatch(value):
            unit = _UNIT.search(normalize(name))
            found.setdefault(_role(name), []).append(
                Cell(column=name, text=value, unit=unit["unit"] if unit else "")
            )
    if not found.keys() & {Role.AMOUNT, Role.CAP}:
        return None
    return TableRow(cells={role: tuple(cells) for role, cells in found.items()}, columns=" ".join(names))


def _role(name: str) -> Role:
    plain = normalize(name).replace(" ", "")
    return next((role for role, words in _ROLES if words.search(plain)), Role.OTHER)


def _cells(line: str) -> Sequence[str]:
    bars = [found.start() for found in _BAR.finditer(line)]
    return [line[left + 1 : right].strip() for left, right in pairwise(bars)]
