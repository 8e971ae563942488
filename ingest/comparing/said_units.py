"""Units that a clause names as responsible in prose: 责任单位为市数据局, 由市数据局会同市财政局负责."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.widths import halve

_ENDS = (
    "局|委|办|厅|部|院|中心|政府|委员会|管委会|部门|单位|处|科|集团|公司|办公室|组|银行|协会|机构|"
    "大队|支队|机关"
)
_NAME = rf"(?:[\u4e00-\u9fff]{{1,20}}?(?:{_ENDS}))"
_JOIN = r"(?:、|,|和|与|及|以及|会同|联合|商|牵头,?|\s)+"
_NAMES = rf"(?P<names>{_NAME}(?:{_JOIN}{_NAME})*)"
_DOES = (
    r"(?:分别|共同|具体|统一|统筹|按(?:照)?(?:各自)?职责(?:分工)?|组织)*"
    r"(?:负责|牵头|承担|组织|受理|审核|审批|核发|制定|解释|实施|落实|执行|管理|监督|拨付|兑付|认定)"
)
_SAID = (
    re.compile(
        rf"(?:责任|牵头|主管|实施|配合|受理|承办|主办|协办|执行)(?:单位|部门|机关)(?:为|是|由|系)\s*{_NAMES}"
    ),
    re.compile(rf"由\s*{_NAMES}(?=(?:等(?:单位|部门)?)?{_DOES})"),
)
_PARTS = re.compile(_JOIN)


def said_units(text: str) -> Sequence[str]:
    """Return the names of the units that a text makes responsible in its sentences, each once, in order."""
    half = halve(text)
    found = sorted(
        (match.start("names"), match.group("names")) for form in _SAID for match in form.finditer(half)
    )
    return tuple(dict.fromkeys(name for _, names in found for name in _PARTS.split(names) if name))
