"""The sentences of a document that may speak of the document itself (本办法 …), and how surely they do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.widths import halve
from vectorstore.models import Clause, ClauseKind

_NOUNS = (
    "法|条例|规定|办法|细则|解释|决定|决议|通知|意见|方案|计划|措施|政策|规则|准则|标准|规范|公约|章程|目录|指南|"
    "批复|规划|公告|通告|制度|要求|文件|清单|纲要|预案|修正案|函|守则|安排|命令"
)
_DECISIONS = frozenset({"决定", "决议", "修正案"})
_SELF = re.compile(rf"本[\u4e00-\u9fff]{{0,6}}?(?P<noun>{_NOUNS})")
_ENDING = re.compile(
    rf"本[\u4e00-\u9fff]{{0,6}}?(?P<noun>{_NOUNS})(?:\([^()]{{2,40}}\))?[,:]?\s*(?:将|应当)?$"
)
_OPEN = re.compile(r"(?:^|[,、:。;])\s*(?:并|同时|现)?$")
_NAMED = re.compile(r"《(?P<title>[^《》]+)》[^,。;《》]{0,30}$")
_SENTENCE = re.compile(r"[^。;;\n]+[。;;]?")
_NUMBER = re.compile(
    r"^\s*#*\s*(?:第[一二三四五六七八九十百零〇\d]{1,9}条(?:之[一二三四五六七八九十]+)?|[一二三四五六七八九十]{1,4}、|"
    r"\([一二三四五六七八九十\d]{1,4}\)|\d{1,3}[、.]|附\s*则)\s*"
)
_READ = frozenset({ClauseKind.CLAUSE, ClauseKind.PARAGRAPH, ClauseKind.HEADING, ClauseKind.NOTICE})
_TITLE_TAIL = 14


@dataclass(frozen=True)
class Statement:
    """One sentence of a clause.

    Attributes:
        path: path of its clause.
        text: the sentence, verbatim.
        half: the sentence in half width, same offsets.
        title: title of the document.
        body: offset behind the clause's number.
    """

    path: str
    text: str
    half: str
    title: str
    body: int

    @property
    def self_rank(self) -> int:
        """How surely the sentence as a whole speaks of the document; 0 where it does not."""
        found = _SELF.search(self.half, self.body)
        return self._noun_rank(found.group("noun")) if found else 0

    @property
    def subject_end(self) -> int:
        """Offset behind the words that name the document; the body's start where none do."""
        found = _SELF.search(self.half, self.body)
        return found.end() if found else self.body

    def rank(self, position: int) -> int:
        """Return how surely what stands at an offset has the document as its subject.

        3: 本 and the noun of the title; 2: 本 and another noun, or its title in 《》; 1: none; 0: another.
        """
        before = self.half[self.body : position]
        if named := _ENDING.search(before):
            return self._noun_rank(named.group("noun"))
        if title := _NAMED.search(before):
            return 2 if halve(title.group("title")) in halve(self.title) else 0
        if not _OPEN.search(before):
            return 0
        return max(1, self.self_rank) if "《" not in before or self.self_rank else self._titled(before)

    def _titled(self, before: str) -> int:
        """Return the rank of a sentence that names a document in 《》 before a comma."""
        titles = re.findall("《([^《》]+)》", before)
        return 2 if any(halve(title) in halve(self.title) for title in titles) else 0

    def _noun_rank(self, noun: str) -> int:
        if noun in self.title[-_TITLE_TAIL:]:
            return 3
        return 0 if noun in _DECISIONS else 2


def read_statements(clauses: Sequence[Clause], title: str) -> Iterator[Statement]:
    """Yield the sentences of the body and of the notice, in order."""
    for clause in clauses:
        if clause.kind not in _READ:
            continue
        for found in _SENTENCE.finditer(clause.text):
            half = halve(found.group(0))
            number = _NUMBER.match(half)
            yield Statement(clause.path, found.group(0), half, title, number.end() if number else 0)
