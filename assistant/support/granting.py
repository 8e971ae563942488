"""The sentences of official texts that give a sum, with what for and to whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from pydantic import Field

from assistant.normalizing import normalize
from assistant.phrases import ATTRIBUTES, DOCUMENTS, tagged
from assistant.support.profile import Profile
from assistant.support.rows import Role, TableRow
from assistant.support.vocabulary import Vocabulary
from vectorstore.models import Clause, ClauseKind, Record

STATES_SUM = re.compile(
    r"\d[\d.,]*\s?[十百千]?[万亿]?元|\d[\d.]*\s?%|百分之|[一二两三四五六七八九十百千]+万?元"
)
_GIVES = re.compile("给予|予以|补助|补贴|奖励|资助|返还|贴息|补偿|减免|减半|减按|扶持|兑现|以奖代补|券")
_NO_AID = re.compile("罚款|处以?\\d|没收|追回|退回|收回|退还|挪用|骗取|滞纳金|违约金|举报")
_BUDGET = re.compile(
    "(?:安排|设立|筹措|统筹|投入|下达|划拨)[^。;]{0,30}(?:资金|经费|基金)|资金规模|资金总额|累计|预算(?:安排|总额)"
)
"""Money that a treasury sets aside or has paid: nothing that an enterprise is given."""
_WHOM = re.compile(
    r"(?:^|[,。;:\s]|财政|政府|局)(?:对于?|给予)(?P<whom>[^。;\n]{2,80}?)(?=,?(?:按照?|给予|予以|发放|分别|一次性|每|补助|奖励|补贴|资助|最高|由|[市区县](?:本?级|财政|政府|里)|可|减))"
    r"|^(?P<doer>[^。;:\n]{2,60}?(?:的|企业|单位|公司|项目|主体|机构)),(?=[^。;]{0,40}(?:给予|予以|奖励|补助|补贴|资助|返还|享受))"
)
_NUMBER = re.compile(
    r"^\s*(?:第\s*\S{1,9}?条|[一二三四五六七八九十]{1,3}、|\(\S{1,3}\)|\d{1,2}[.、]|[①-⑳])\s*"
)
_BARE_NUMBER = re.compile(
    r"第?[\d一二三四五六七八九十百零()\s]{1,9}[条款项.、)]?(?:之[一二三四五六七八九十]+)?$"
)
_STOP = re.compile(
    "(?<=[。!?\n])|(?<=[;;])(?=\\s*(?:对|[((][一二三四五六七八九十\\d]{1,2}[))]|\\d{1,2}[.、]|[①-⑳]|\n))"
)
_LEAD = re.compile("(?:给予|奖励|补助|补贴|资助|标准|如下|下列|以下)[^。\n]*[::]\\s*$")
_TREASURIES = (
    "政府|财政|部门|区县|县区|各区|各县|各市|县\\(市、区\\)|区\\(县\\)|乡镇|镇街|街道|管委会|地方|村集体|村级"
)
_PEOPLE = (
    "个人|(?:高校|院校|大中专)?毕业生|人员|职工|员工|居民|村民|农户|农民|学生|学员|人才|博士|硕士|专家|创业者|劳动者|市民|家庭|教师|"
    "老年人|残疾人|对象|本人|消费者|购房者|获奖者|举报人|技师"
)
_FIRMS = (
    "企业|公司|单位|机构|主体|项目|平台|园区|基地|中心|工厂|门店|合作社|商户|个体工商户|法人|工程|产品|设备|车间|"
    "医院|高校|院所|实验室|船|装备|软件|养殖场|农场|协会|商会|组织"
)
_RECEIVER = re.compile(f"(?P<treasury>{_TREASURIES})|(?P<person>{_PEOPLE})|(?P<firm>{_FIRMS})")
_TO_TREASURY = re.compile(
    f"(?:补助|奖励|补贴|下达|划拨|拨付|安排|转移支付)(?:给|到|至)?(?:各|相关|有关)?(?:{_TREASURIES})"
)
_TO_PERSON = re.compile(f"给予(?:其|该)?(?:{_PEOPLE})")
_NOUNS = ("n", "j", "l", "vn", "eng")
_SHORTEST = 2
_COMMON = 0.1
_FEW = 3
_GENERIC = frozenset(
    word
    for line in (
        "企业 公司 单位 项目 设备 产品 资金 工作 情况 机构 主体 年度 实际 国家级 省级 市级 国家 全省 全市",
        "湖州 湖州市 浙江 浙江省 投资 投资额 金额 总额 标准 比例 补贴 补助 奖励 资助 支持 扶持 政策 行业",
        "产业 本市",
        "技术 服务 发展 市场 生产 经营 建设 费用 方面 以上 以下 万元 规模 重点 条件 申请 认定 人员 业务 客户",
    )
    for word in line.split()
)


class Receiver(StrEnum):
    """Whom a sentence gives its sum to."""

    FIRM = "企业"
    PERSON = "个人"
    TREASURY = "地方政府"
    OPEN = "未写明"


_RECEIVERS = {"treasury": Receiver.TREASURY, "person": Receiver.PERSON, "firm": Receiver.FIRM}


class Grant(Record):
    """A sentence of an official clause that gives a sum."""

    sentence: str = Field(description="verbatim")
    about: str = Field(description="its words that say what for and to whom, with the headings, normalised")
    receiver: Receiver
    words: tuple[str, ...] = Field(
        description="the things that it names, those that every text names left out"
    )


def grants_in(clause: Clause, row: TableRow | None = None) -> tuple[Grant, ...]:
    """Return the sentences of a clause that give a sum to somebody; a row is one, read by its columns."""
    if row is not None:
        return _of_row(clause, row)
    if clause.kind not in (ClauseKind.CLAUSE, ClauseKind.PARAGRAPH, ClauseKind.ROW):
        return ()
    if not (STATES_SUM.search(clause.text) and _GIVES.search(clause.text)):
        return ()
    headings = " ".join(
        part for part in clause.heading_path.split(" > ")[-2:] if not _BARE_NUMBER.match(part)
    )
    return tuple(
        Grant(sentence=sentence, about=about, receiver=receiver_of(sentence), words=_things(about))
        for sentence in _sentences(clause)
        if _is_grant(sentence)
        for about in (normalize(f"{headings} {_object(sentence)}"),)
    )


def _of_row(clause: Clause, row: TableRow) -> tuple[Grant, ...]:
    """Return the sum that a row gives, its header and caption telling that it gives."""
    text, said = clause.text.strip(), f"{clause.text} {row.sentence}"
    names = f"{row.columns} {clause.heading_path}"
    if not (STATES_SUM.search(said) and _GIVES.search(f"{said} {names}")) or _NO_AID.search(normalize(said)):
        return ()
    headings = " ".join(
        part for part in clause.heading_path.split(" > ")[-2:] if not _BARE_NUMBER.match(part)
    )
    whom = list(_RECEIVER.finditer(normalize(row.said(Role.OBJECT))))
    receiver = _RECEIVERS[whom[-1].lastgroup or "firm"] if whom else Receiver.OPEN
    about = normalize(f"{headings} {row.about}")
    return (Grant(sentence=text, about=about, receiver=receiver, words=_things(about)),)


def receiver_of(sentence: str) -> Receiver:
    """Return whom a sentence gives to: 企业 in 新引进博士的企业, the 博士 in 企业引进的博士."""
    plain = normalize(_NUMBER.sub("", sentence))
    if _TO_TREASURY.search(plain):
        return Receiver.TREASURY
    if _TO_PERSON.search(plain):
        return Receiver.PERSON
    whom = _whom(plain)
    found = list(_RECEIVER.finditer(whom or ""))
    if not found:
        return Receiver.OPEN
    told = found[0] if whom and whom.endswith("的") else found[-1]
    return _RECEIVERS[told.lastgroup or "firm"]


def needs_of(grant: Grant, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the ids of the needs whose words a grant names."""
    low = grant.about.lower()
    return tuple(need.id for need in vocabulary.needs if any(word.lower() in low for word in need.words))


class Fitting:
    """Tells whether what a sentence gives concerns an enterprise: by its need, trade, title or own words."""

    def __init__(self, vocabulary: Vocabulary, grants: Iterable[Grant]) -> None:
        self._vocabulary = vocabulary
        every = list(grants)
        count = Counter(word for grant in every for word in set(grant.words))
        self._common = frozenset(word for word, n in count.items() if n > max(_FEW, _COMMON * len(every)))

    def is_named(self, grant: Grant, profile: Profile) -> bool:
        """Whether the words of a profile name a thing that a grant is for."""
        own = normalize(" ".join((profile.text, *profile.industry)))
        return any(word in own for word in grant.words if word not in self._common)

    def is_for_trade(self, grant: Grant, profile: Profile) -> bool:
        """Whether a grant names the trade of an enterprise."""
        named = self._vocabulary.narrowest(self._vocabulary.industries_of((grant.about,)))
        return bool(named & self._vocabulary.industries_of(profile.industry))

    def is_for_others(self, grant: Grant, profile: Profile) -> bool:
        """Whether a grant names trades and none of them is that of an enterprise, nor a wider one."""
        named = self._vocabulary.industries_of((grant.about,))
        ours = self._vocabulary.industries_of(profile.industry)
        return bool(profile.industry and named and not named & ours)

    def is_for_title(self, grant: Grant, profile: Profile) -> bool:
        """Whether a grant names a title that an enterprise holds."""
        held = profile.certifications or ()
        entries = self._vocabulary.enterprises.certifications
        return any(word in grant.about for one in entries if one.name in held for word in one.every)


def _sentences(clause: Clause) -> Iterator[str]:
    """Yield the sentences of a clause; items behind 按以下标准给予奖励: stay with it."""
    if clause.kind is ClauseKind.ROW or _LEAD.search(clause.text.strip().split("\n", 1)[0]):
        yield clause.text.strip()
        return
    yield from (part.strip() for part in _STOP.split(clause.text) if part.strip())


def _is_grant(sentence: str) -> bool:
    plain = normalize(sentence)
    if not (STATES_SUM.search(plain) and _GIVES.search(plain)) or _NO_AID.search(plain):
        return False
    return _whom(_NUMBER.sub("", plain)) is not None or not _BUDGET.search(plain)


def _whom(plain: str) -> str | None:
    found = _WHOM.search(plain)
    return (found["whom"] or found["doer"]).strip() if found else None


def _object(sentence: str) -> str:
    """Return the words before the sum: what is given for, and to whom."""
    plain = _NUMBER.sub("", normalize(sentence))
    found = _WHOM.search(plain)
    if found is not None:
        return found["whom"] or found["doer"]
    first = STATES_SUM.search(plain)
    return plain[: first.start()] if first else plain


def _things(text: str) -> tuple[str, ...]:
    left = _GENERIC | ATTRIBUTES | DOCUMENTS
    words: Sequence[str] = [
        word.text
        for word in tagged(text)
        if len(word.text) >= _SHORTEST and word.tag.startswith(_NOUNS) and word.text not in left
    ]
    return tuple(dict.fromkeys(words))
