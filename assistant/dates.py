"""Reads which day a question is about: 2024年的时候, 去年, 2023年6月那会儿, 现在还, 以前的规定.

A year in a title, of a version, of an event (2021年注册的企业) or of a goal (到2027年底) is no such day: what
stands around a date decides.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

import cn2an
from pydantic import Field

from assistant.verifying.dates import Date, find_dates
from vectorstore.models import Record

_QUOTED = re.compile("《[^》]*》|「[^」]*」|“[^”]*”")
_CLAUSE = re.compile("[,。;!?,;!?\n]")
_SENTENCE = re.compile("[。;!?;!?\n]")
_NOW = re.compile("现在|目前|如今|眼下|当前|现行|今天|今日|此刻|眼前")
_HISTORY = re.compile(
    "以前的|从前的|过去的|原来的|旧的|旧版|老版|[旧老][^,。]{0,12}(?:法|条例|办法|细则|规定)|旧规|原先的|早先的|当年的|历史版本|历次"
    "|(?:修订|修改|修正|废止|改)(?:之|以)?前|(?:以前|从前|过去|原来|原先)(?:是)?(?:怎么|多少|多久|几|规定|要求)"
)
_RELATIVE_YEARS = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "上年": -1,
    "今年": 0,
    "本年": 0,
    "明年": 1,
    "后年": 2,
}
_RELATIVE = re.compile("|".join(_RELATIVE_YEARS))
_AGO = re.compile(r"(?P<n>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})(?P<unit>年|个月)多?(?:以|之)?前")
_MONTH_BEFORE = re.compile("上个?月")
YEAR = re.compile(r"20\d\d")
"""A year of plans, as questions and goals write it."""
PERIOD = re.compile(r"20\d\d\s*[—–-]+\s*20\d\d年?")
_SHORT_YEAR = re.compile(
    r"(?<![0-9.])(?P<year>[0-2][0-9])年(?=(?:[0-9]{1,2}月)?(?:的时候|那时|那会|那阵|当时|的规定|的政策))"
)
_WHEN = re.compile("(?:的)?时候|的?那时|那会|那阵|那年|那个时候|当时|期间|时(?![间限段代效期])")
_RULES = re.compile("的?(?:规定|政策|标准|要求|做法|口径|时间点)")
_BEFORE_IT = re.compile("(?:截至|截止到?|在|按照?|依照?|照|回到|如果是|要是)$")
_TOWARDS = re.compile("(?:到|至|力争|争取|预计|截至到|—|–|-|~)$")
_RANGE = re.compile("\\s*(?:—|–|-|~|至|到)+\\s*(?:20)?[0-9]{2}")
_OF_VERSION = re.compile(
    "\\s*(?:版|年版|修订|修正|修改|发布|公布|颁布|印发|出台|通过|制定|施行|实施|生效|那个|那份|那部|的?"
    "(?:目标|任务|指标|计划|规划|行动|方案|意见|通知|公告|条例|办法|法|法律|产值|营收|收入|数据))"
)
_EVENT = re.compile(
    "注册|成立|买|(?<!采)购|搬|投产|投了|投资|申请|申报|够|获|评上|评为|认定|毕业|入职|签|开业|开始|建成|交的|缴|办的|发的|拿到|参加|上市|落户"
)
_SELF = re.compile("我|咱|本公司|本企业|自己|俺")
_ASKING = re.compile("多少|几|什么|吗|怎么|哪|谁|是否|能不能|可不可以|有没有|如何|何时|多久|多长|啥")
_OF_RULES = re.compile("规定|期限|时限|标准|条件|比例|上限|下限|处罚|罚款|责任|义务|要求|付款|适用|政策|依据")
_VALID = re.compile("有效|失效|到期|过期|适用|管用|能用|生效|废止|作数|算数|施行|作废")


class AskedDay(Record):
    """The day whose rules a question asks for."""

    day: date
    said: str | None = Field(default=None, description="the words that name it; None: nothing names a day")
    history: bool = Field(default=False, description="whether it asks for what held before, too")


def asked_day(text: str, today: date) -> AskedDay:
    """Return the day that a question is about; today where it names none.

    A year means its last day, or today while it lasts; a month likewise.
    """
    plain = _QUOTED.sub(lambda match: " " * len(match.group()), text)
    if _HISTORY.search(plain) and not find_dates(plain):
        return AskedDay(day=today, history=True)
    plain = _absolute(plain, today)
    for found in find_dates(plain):
        if not found.year:  # 7月11日 alone may be of any year, mostly that of the document asked about
            continue
        day = _day(found, found.year, plain, today)
        if day is not None and _is_meant(found, plain, day, today):
            if _NOW.search(plain):
                return AskedDay(day=today, said=found.said, history=True)
            return AskedDay(day=day, said=found.said)
    return AskedDay(day=today, history=bool(_HISTORY.search(plain)))


def _absolute(text: str, today: date) -> str:
    """Return the text with its relative days as dates, so that one reading serves them all."""
    text = _SHORT_YEAR.sub(lambda match: f"20{match['year']}年", text)
    text = _AGO.sub(lambda match: _ago(match, today), text)
    last = today.replace(day=1) - timedelta(days=1)
    text = _MONTH_BEFORE.sub(f"{last.year}年{last.month}月", text)
    return _RELATIVE.sub(lambda match: f"{today.year + _RELATIVE_YEARS[match.group()]}年", text)


def _ago(match: re.Match[str], today: date) -> str:
    said = match["n"].replace("两", "二")
    count = int(said) if said.isdecimal() else int(cn2an.cn2an(said, "smart"))
    months = today.year * 12 + today.month - 1 - count * (12 if match["unit"] == "年" else 1)
    year, month = divmod(months, 12)
    day = min(today.day, calendar.monthrange(year, month + 1)[1])
    return f"{year}年{month + 1}月{day}日"


def _day(found: Date, year: int, text: str, today: date) -> date | None:
    """Return the last day of the period that is said, today while it lasts, the day before 之前."""
    ends = {"初": (1, 31), "中": (6, 30), "上半年": (6, 30)}
    month, last = ends.get(found.part, (found.month or 12, None))
    try:
        start = date(year, found.month or 1, found.day or 1)
        end = start if found.day else date(year, month, last or calendar.monthrange(year, month)[1])
    except ValueError:
        return None
    behind = text[found.end :]
    if (found.part == "前" and not behind.startswith("后")) or re.match("(?:以|之)前", behind):
        return start - timedelta(days=1)
    return today if start <= today <= end else end


def _is_meant(found: Date, text: str, day: date, today: date) -> bool:
    """Whether a date tells the day asked about, by what stands around it."""
    before = _CLAUSE.split(text[: found.start])[-1].rstrip()
    after = _CLAUSE.split(text[found.end :])[0].removeprefix("之").removeprefix("以").removeprefix("前")
    clause = before + after
    if re.search("[0-9]$", before) or _RANGE.match(text[found.end :]):
        return False
    is_validity = bool(_VALID.search(clause))
    if day > today:
        return is_validity and not _OF_VERSION.match(after) and bool(_ASKING.search(clause))
    if _WHEN.match(after) or _RULES.match(after):
        return not _TOWARDS.search(before)
    if _TOWARDS.search(before) and not _BEFORE_IT.search(before):
        return is_validity
    if (
        _OF_VERSION.match(after)
        or after.startswith("的")
        or not found.said.endswith(tuple("年月日号前底初中"))
    ):
        return False
    if _BEFORE_IT.search(before) and not after.strip():
        return not _SELF.search(text) and bool(_ASKING.search(text))
    return _is_adverbial(before, after, clause, _SENTENCE.split(text[found.end :])[0])


def _is_adverbial(before: str, after: str, clause: str, rest: str) -> bool:
    """Whether a bare date begins a question on rules (2021年大企业几天内付款), and tells no event.

    Args:
        before: of its clause.
        after: of its clause.
        clause: without the date.
        rest: of its sentence, which may ask only behind a comma.
    """
    if _SELF.search(clause) or _EVENT.search(after) or not _ASKING.search(before + rest):
        return False
    if _BEFORE_IT.search(before):
        return True
    is_attribute = re.match("[^的]{1,8}的", after) is not None
    return not before and (not is_attribute or bool(_OF_RULES.search(clause)))
