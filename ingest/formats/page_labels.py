"""Labels of the metadata of official pages: 索 引 号, 文号 = 文件编号 = 发文字号 ..., and their values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.numbers import restore_number
from ingest.widths import halve

_SYNONYMS: dict[str, str] = {
    "索引号": "索引号 信息索引号 信息索取号 索取号 公开索引号",
    "文号": "文号 文件编号 发文字号 文件字号 文件文号 发文文号 发文号 文件号 公文字号",
    "统一编号": "统一编号 规范性文件统一编号 文件登记号 规范性文件登记号 规范性文件编号 登记号",
    "发布机构": "发布机构 发布单位 发布机关 发布部门 发文机关 发文机构 发文单位 发文部门 公布机关 "
    "信息发布机构 制定机关 制发机关 印发机关 颁布机构 颁发机构",
    "联合发文单位": "联合发文单位 联合发文机关",
    "征集部门": "征集部门 征集单位 征集机构",
    "征集时间": "征集时间 征求时间 征集期限",
    "征集状态": "征集状态",
    "成文日期": "成文日期 成文时间 生成日期 信息生成日期",
    "发文日期": "发文日期 发文时间 印发日期 印发时间",
    "发布日期": "发布日期 发布时间 发表日期 发表时间 公开日期 公布日期 公布时间 "
    "上网日期 刊登日期 刊发日期 信息发布日期",
    "施行日期": "施行日期 施行时间 实施日期 实施时间 生效日期 生效时间 执行日期",
    "失效日期": "失效日期 失效时间 有效期至 有效期截止日期",
    "废止日期": "废止日期 废止时间",
    "截止日期": "截止日期 截止时间 征集截止日期 征集截止时间",
    "有效性": "有效性 信息有效性 文件有效性 文件状态 效力状态 时效性 是否有效",
    "主题分类": "主题分类 主题类别 信息分类 信息类别 分类",
    "体裁分类": "体裁分类 体裁 公文种类",
    "服务对象": "服务对象",
    "主题词": "主题词 关键词",
    "公开方式": "公开方式",
    "公开时限": "公开时限 公开时效",
    "来源": "来源 信息来源 文章来源 文件来源 稿件来源 稿源",
    "标题": "标题 名称 信息名称 文件名称",
}
_STOPS = (
    "浏览次数 浏览量 浏览 阅读次数 阅读量 阅读 点击数 点击率 点击量 点击 访问量 访问次数 字号 "
    "字体大小 字体 浏览字号 作者 责任编辑 编辑 审核 分享到 分享 打印 下载 背景色 保护视力色 视力保护色 收藏 "
    "单位地址 联系电话 文章状态 标签"
)
DATES = frozenset({"成文日期", "发文日期", "发布日期", "施行日期", "失效日期", "废止日期", "截止日期"})
_CANONICAL = {word: label for label, words in _SYNONYMS.items() for word in words.split()}
_WORDS = sorted((*_CANONICAL, *_STOPS.split()), key=len, reverse=True)
_ANY_LABEL = "|".join(r"\s*".join(word) for word in _WORDS)
_PAIR = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:\[\s*(?P<boxed>{_ANY_LABEL})\s*\]\s*:?|(?P<plain>{_ANY_LABEL})\s*:)"
)
_OTHER_LABEL = re.compile(r"\s[\u4e00-\u9fff]{2,8}\s*:")
_LEADING = re.compile(rf"\s*\[?\s*(?:{_ANY_LABEL})\s*\]?\s*(?=[\d:]|$)")
_NOTHING = re.compile(r"[-—_/\s.]*$|(?:无|暂无|空|null|undefined)$")
_HOLDS = re.compile(r"有效|失效|废止|修改|修订|修正|终止|生效|尚未|继续")
_DASHES = re.compile(r"-{3,}")
_EDGES = re.compile(r"[\s:\[\]]+")
_MAX_VALUE = 300

_DAY = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[\sT-]*\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?)?$"
)
_SOLID_DAY = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})$")
_PART_OF_DATE = re.compile(r"(?:19|20)\d{2}\s*年(?:\s*\d{1,2}\s*月)?$|长期(?:有效)?$")


@dataclass(frozen=True)
class Labelled:
    """A value under its normalised label; the label is empty for a control such as 浏览次数."""

    label: str
    value: str


def label_of(text: str) -> str | None:
    """Return the normalised label that a text is, e.g. 文号 for `发 文 字 号:`; None where it is none."""
    return _CANONICAL.get(_EDGES.sub("", halve(text)))


def labelled_values(line: str) -> Iterator[Labelled]:
    """Yield the values of a line such as `发布时间:2025-01-01 来源:市经信局 浏览次数:12`, in order."""
    half = halve(line)
    marks = list(_PAIR.finditer(half))
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(line)
        other = _OTHER_LABEL.search(half, mark.end(), end)
        value = line[mark.end() : other.start() if other else end]
        word = _EDGES.sub("", mark.group("boxed") or mark.group("plain"))
        yield Labelled(_CANONICAL.get(word, ""), value.strip())


def starts_labelled(value: str) -> bool:
    """Whether what stands beside a label is the next field (成文日期2025-07-11): the label has no value."""
    return _LEADING.match(halve(value)) is not None


def value_under(label: str, value: str) -> str | None:
    """Return a value as it is kept: whole dates as ISO, a whole 文号 in its form; None where it says nothing.

    A broken 文号 stays as written: who shows it puts the bracket back and says so.
    """
    text = " ".join(_DASHES.sub(" ", value).split())
    if _NOTHING.match(text) or len(text) > _MAX_VALUE:
        return None
    if label == "文号":
        number = restore_number(text)
        return number.text if number and not number.is_restored else text
    if label == "有效性":
        text = re.sub(r"\s", "", text)
        return text if _HOLDS.search(text) else None
    return date_of(text) if label in DATES else text


def date_of(value: str) -> str | None:
    """Return a whole date as YYYY-MM-DD, 2025年5月 and 长期 as they stand; None for anything else."""
    half = re.sub(r"\s*([-/.年月])\s*", r"\1", halve(value)).strip()
    found = _DAY.match(half) or _SOLID_DAY.match(half)
    if found is None:
        return half if _PART_OF_DATE.match(half) else None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
    except ValueError:
        return None
