"""Which level of government and which region a name speaks of: 湖州市吴兴区人民政府 is 区县, 湖州市吴兴区."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.widths import halve

_NATIONAL = re.compile(
    r"中华人民共和国|国务院|全国|国家|最高人民|中共中央|中国人民|[\u4e00-\u9fff]{2,12}部(?:等|关于|办公厅)"
)
_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")
_PROVINCE = re.compile(r"[\u4e00-\u9fff]{2,3}?省|[\u4e00-\u9fff]{2,6}?自治区")
_CITY = re.compile(r"[\u4e00-\u9fff]{2,4}?市(?!场|民|容|值|政(?!府|协))|[\u4e00-\u9fff]{2,10}?自治州")
"""The 市 of 市场, 市民, 市容, 市值 or 市政 (but not of 市政府) ends no name."""
_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,3}?(?:新区|区|县)(?![域块间级乡划])(?=[\u4e00-\u9fff]|$)")
_NO_CITY = re.compile(r"(?:城|超|股|门|集|上|都|夜|菜|全|各|本|我|的)市$")
_NO_COUNTY = re.compile(
    r"(?:示范|实验|试验|小|园|校|社|地|街|景|库|灾|矿|林|牧|片|功能|开发|保护|行政|市|港)区$"
    r"|(?:^|主|中心|老|旧|建成|规划)城区$|(?:^|革命|海岛|边远|偏远|贫困|高寒)山区$"
)
"""What is a kind of area; 婺城区 and 萧山区 are names, 主城区 and 边远山区 are none."""


@dataclass(frozen=True)
class Place:
    """Level (国家, 省, 市, 区县) and region that a name starts with; None where it does not say."""

    level: str | None = None
    region: str | None = None


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
    if county and county.group(0)[0] not in "区县各市" and not _NO_COUNTY.search(county.group(0)):
        level, region = "区县", region + county.group(0)
    return Place(level, region or None)
