"""The words of an official sentence that say to whom it gives, in pieces that are one condition each."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WHOM = re.compile(
    r"(?:^|[,。;:\s])对于?(?P<whom>[^。;\n]{2,120}?)(?=给予|予以|发放|(?<![以先])补助|奖励|补贴|资助|返还|贴息)"
    r"|(?:^|[,。;:\s])给予(?P<direct>[^。;,\n]{2,80}?)(?=,|补助|奖励|补贴|资助)"
)
_MEASURE = re.compile(r"(?:按照?|每|最高|分别|一次性|由|参照|根据|以)[^,]*(?<!的)$|[\d.]+[%\d万亿元]*$|可$")
"""A part of the words before a verb of giving that says how much, and not to whom."""
_LIMITS = re.compile(r"\d\s*[家个项名户]|不超过|限|择|排名|前|评|满|连续|达")
"""What limits to whom something is given, even where it says how much: 每年不超过5家."""
_HOW_MUCH = re.compile(
    r"(?:,|(?<=企业)|(?<=公司)|(?<=单位)|(?<=项目)|(?<=的))(?:按照?|每|最高)[^,]*?(?:%|元|标准|比例|额度?|额的?)(?:的)?$"
)
_PARTS = re.compile(r"的(?=.)|、(?=[^、,]{2,10}[\d.]+[万亿]元)|,|、且|且|并(?=[^购])|,并")
_LEADING_NOUN = re.compile(r"^(?:企业|单位|主体|公司|申请人)|的$")
_GENERAL = frozenset({"", "企业", "各类企业", "单位", "主体", "公司", "法人", "符合条件", "上述企业"})


def whom_of(sentence: str) -> str | None:
    """Return the words of a normalised sentence that say to whom it gives; None where it does not say."""
    found = _WHOM.search(sentence)
    return (found["whom"] or found["direct"]) if found else None


def without_amount(text: str) -> str:
    """Return the words that say to whom, without those that say how much: ,按合同额的20%."""
    parts = _HOW_MUCH.sub("", text).split(",")
    return ",".join(part for part in parts if _LIMITS.search(part) or not _MEASURE.match(part))


def pieces(text: str) -> Sequence[str]:
    """Return the conditions in the words that say to whom something is given."""
    return [
        piece for part in _PARTS.split(text) if (piece := _LEADING_NOUN.sub("", part.strip())) not in _GENERAL
    ]
