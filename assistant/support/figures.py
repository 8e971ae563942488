"""Which figure of an enterprise each sum in its description is; what is not certain is told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pydantic import Field

from assistant.support.sums import SaidSum, find_sums
from assistant.support.vocabulary import Named
from vectorstore.models import Record

_PAUSE = "[,。;!?]"
_BESIDE = 12
_OTHER = "other"
_NOT_SPENT = re.compile(
    "补助|补贴|奖|资助|扶持|补了|返还|拿过|拿到|领过|领了|已领|享受|到账|批了|贷|借|融资|募资|注册资|实缴|罚|估值|利润|亏|还差|缺|赔|欠"
)
_PART = re.compile("其中|含|包括")
_IS_AID = re.compile("元?的?(?:财政|政府|专项)?(?:补助|补贴|奖|资助|扶持|贷款|罚款|专项资金)")


class Figures(Record):
    """The figures of a description by their kind."""

    sure: Mapping[str, float] = Field(description="yuan; one certain value for the kind")
    unclear: Mapping[str, str] = Field(description="what was said, where it is no certain single value")


def read_figures(text: str, kinds: Sequence[Named], items: Sequence[str]) -> Figures:
    """Return the figures of a normalised text.

    The last kind is the general one; `items` are things that money is spent on and that are no kind.
    """
    said: dict[str, list[SaidSum]] = {}
    mixed: set[str] = set()
    last = ""
    sums, taken = tuple(find_sums(text)), 0
    for place, one in enumerate(sums):
        before = re.split(_PAUSE, text[max(taken, one.start - _BESIDE) : one.start])[-1]
        limit = sums[place + 1].start if place + 1 < len(sums) else len(text)
        after = re.split(_PAUSE, text[one.end : min(limit, one.end + _BESIDE)])[0]
        taken = one.end
        if _NOT_SPENT.search(before) or _IS_AID.match(after):
            continue
        named = _named(before, kinds[:-1], items)
        if not named:
            named = _named(after, kinds[:-1], items, nearest_first=True)
            taken += len(after) if named else 0
        named = named or _named(before, kinds[-1:], ()) or _named(after, kinds[-1:], ())
        if named == [_OTHER] and last and _PART.search(before):
            mixed.add(last)
        if not named or named == [_OTHER]:
            continue
        kind = next(name for name in named if name != _OTHER)
        last = kind
        said.setdefault(kind, []).append(one)
        if _OTHER in named:
            mixed.add(kind)
    return _told(said, mixed)


def _told(said: Mapping[str, Sequence[SaidSum]], mixed: set[str]) -> Figures:
    sure, unclear = {}, {}
    for kind, sums in said.items():
        values = {one.value for one in sums}
        value = sums[0].value
        if len(values) == 1 and value is not None and kind not in mixed:
            sure[kind] = value
        else:
            unclear[kind] = "、".join(dict.fromkeys(one.said for one in sums))
    return Figures(sure=sure, unclear=unclear)


def _named(
    text: str, kinds: Sequence[Named], items: Sequence[str], *, nearest_first: bool = False
) -> list[str]:
    """Return the kind whose word stands nearest to the figure, and whether another item stands beside it."""
    best: tuple[int, str] | None = None
    left = text
    for kind in kinds:
        for word in kind.words:
            found = text.find(word) if nearest_first else text.rfind(word)
            if found < 0:
                continue
            distance = found if nearest_first else len(text) - found - len(word)
            if best is None or distance < best[0]:
                best = (distance, kind.name)
            left = left.replace(word, " ")
    names = [best[1]] if best else []
    return [*names, _OTHER] if any(item in left for item in items) else names
