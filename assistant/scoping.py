"""Under which heading a question looks for clauses (九大场景里哪些…), and which set of units it wants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.ledger import Ledger, LedgerEntry
from assistant.sectioning import title_words

_NUMERAL = "[一二两三四五六七八九十\\d]{1,3}"
_OF_KIND = (
    "(?:哪些|哪几?[个条项类块]?|什么|啥|几[个条项]|多少[个条项]|这些|那些|全部|所有|各个?"
    f"|{_NUMERAL}[大个条项])的?"
)
_INSIDE = "(?:这?(?:一?块|部分|几[个条项]))?(?:之|当)?(?:里面|里头|里边|里|中间?|内)"
_LISTED = "(?:都|分别|一共|总共|具体)*(?:有|是|为)?(?:哪|几|多少|些?什么|些?啥|没有|吗|么)"
_BEFORE = "(?:^|(?<=[,。;!?:、在从到于的]))"
_KIND_STEP = 2
_SHORT = 4
_EXACTLY = re.compile(
    "(?:只|仅|光|单|恰好|刚好|正好|单单|仅仅|就)(?:是)?(?:有|由|归|写了?|列了?|点了?|为|含|是)(?:的是)?[^,。;]{0,4}?$"
)
_NO_MORE = re.compile("^[^,。;]{0,6}(?:[两三四五二\\d][家个]|一家)(?:单位|部门|局)?(?:负责|管|的|,|$)")
LEADS = re.compile("牵头|列第一|排第一|打头|挑头|带头|主责|领头|排头|首位")
"""Words for standing first in a list of units."""


def scope_of(text: str, ledger: Ledger) -> LedgerEntry | None:
    """Return the heading under whose clauses a question looks; None where it names none, or several fit.

    By the end of its title behind a word for several (哪些应用场景, 15条措施) or before 里 (措施里).
    """
    found: dict[str, LedgerEntry] = {}
    longest = 0
    for entry in ledger.counts:
        for name in _endings(title_words(entry.clause)):
            pattern = f"(?:{_OF_KIND}{name}|{_BEFORE}{name}(?:{_INSIDE}|{_LISTED}))"
            if len(name) >= longest and re.search(pattern, text):
                found = {} if len(name) > longest else found
                longest = len(name)
                found[entry.clause_id] = entry
                break
    return next(iter(found.values())) if len(found) == 1 else None


def _endings(title: str) -> Iterator[str]:
    """Yield what a heading may be called by: 重点应用场景, 应用场景, 重点场景, 场景."""
    for start in range(len(title) % _KIND_STEP, len(title), _KIND_STEP):
        yield re.escape(title[start:])
        if start == len(title) - _SHORT and start >= _KIND_STEP:
            yield re.escape(f"{title[:_KIND_STEP]}{title[start + _KIND_STEP :]}")


def wants_exactly(text: str, surfaces: Sequence[str]) -> bool:
    """Whether a question wants what lists these units and no others: 只有甲局和乙局的, 恰好是甲局.

    Args:
        text: the question.
        surfaces: the units as it writes them, in its order.
    """
    if not surfaces or LEADS.search(text):
        return False
    return any(_EXACTLY.search(text[: text.find(one)]) for one in surfaces) or (
        bool(re.search("只|仅|光", text[: text.find(surfaces[0])]))
        and bool(_NO_MORE.search(text[text.rfind(surfaces[-1]) + len(surfaces[-1]) :]))
    )
