"""Tells what is known of a measure that a question plainly means, where no enterprise describes itself.

Only of the nation, the province and here, and only where the question says so itself: by the name of a
document, by a sum that its facts state, by the level that issued it, by the county that runs a service, or by
the kind of project it is for. Anything else is answered from the official texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.asking import names_unheld
from assistant.entities import find_quantities
from assistant.ledger import Ledger
from assistant.models import Answer, Status
from assistant.normalizing import normalize
from assistant.phrases import ASKED_FOR, DOCUMENTS, things_of
from assistant.support.describing import ProfileReader
from assistant.support.grading import Grader
from assistant.support.matches import Source
from assistant.support.offers import Offer
from assistant.support.sources import cited, source_of
from assistant.support.tables import escaped
from prompts.loader import Messages
from vectorstore.measures import ConditionField, MeasureKind, Payee
from vectorstore.models import Document

_MOST = 4
_SEVERAL = 2
_LONG = 3
_PARTS = re.compile("[、,和。]")
_BRACKETS = re.compile("[()]")
_MONEY = frozenset({"元", "万元", "亿元", "%"})
_LEVELS = {
    "省": re.compile("省里|省级|全省|我省|浙江省|浙江的|浙政"),
    "国家": re.compile("国家(?!级)|全国|中央|部委|工信部|财政部|国务院"),
}
_OF_DOCUMENTS = re.compile(
    "文件|政策|规定|办法|意见|方案|措施|出台|发过|印发|支持|扶持|补贴|优惠|奖励|怎么说|保障|补偿|说法"
    "|强制|要求|鼓励|必须|硬性"
)
_ASKS_DOCUMENTS = re.compile("文件|出台|文号|印发|哪些政策|什么政策")
_PROJECTS = re.compile("技改|技术改造|新建")
_CONTACT = re.compile("电话|热线|专窗|窗口|诉求|反映|找谁|打给|服务中心")
_TERMS = re.compile("补|奖|比例|门槛|条件|多少|申报|申请|上限|最高|几成|百分之")
_GENERIC = frozenset(
    word
    for line in (
        "企业 公司 项目 设备 资金 工作 单位 情况 省里 投产 完工 建成 AI 人工智能",
        "中心 支持 补偿 浙江省 浙江 国家 全国 全省 各市 湖州 湖州市",
    )
    for word in line.split()
)


class Recounter:
    """Finds the measures that a question means, and tells the facts of them."""

    def __init__(self, ledger: Ledger, offers: Sequence[Offer], reader: ProfileReader, grader: Grader,
                 messages: Messages) -> None:  # fmt: skip
        self._ledger = ledger
        self._reader = reader
        self._say = messages
        self._offers = tuple(
            offer
            for offer in offers
            if offer.measure is not None and offer.document.is_excerpt and not grader.is_elsewhere(offer)
        )

    def recount(self, text: str, day: date) -> Answer | None:
        """Return what is known of the measures that a question means; None where it plainly means none."""
        plain = normalize(text)
        if names_unheld(plain, self._ledger):
            return None
        meant = (
            self._by_sum(plain)
            or self._of_county(plain)
            or self._by_document(plain)
            or self._of_level(plain)
            or self._of_project(plain)
        )
        return self._answer(meant[:_MOST], day, "told.lead") if meant else None

    def names_document(self, text: str) -> bool:
        """Whether a question names a document by its title or number."""
        return bool(self._ledger.titles.find(normalize(text)).ids)

    def beside(self, text: str, day: date) -> Answer | None:
        """Return what is known of a matter that the official texts hold half of; None where nothing is."""
        plain = normalize(text)
        meant = [] if names_unheld(plain, self._ledger) else self._of_matter(plain, day)
        return self._answer(meant[:_MOST], day, "told.beside") if meant else None

    def _by_sum(self, text: str) -> list[Offer]:
        """Return the measures that state a sum of the question, and something else that it names.

        None where the official texts state the sum, or the asker speaks of own money.
        """
        sums = [
            f"{one.number:g}{'万元' if one.unit == '万' else one.unit}"
            for one in find_quantities(text)
            if one.unit in _MONEY
        ]
        if any(name in text for name in self._ledger.instrument_names):
            return []
        stating = [offer for offer in self._offers if any(_states(offer.clause.text, one) for one in sums)]
        if not stating or any(one in place.clause.text for place in self._ledger.places for one in sums):
            return []
        own = self._reader.read(text)
        if own.figures or own.unclear or own.revenue:
            return []
        project, named = own.project, _things(text)
        meant = [one for one in stating if _named(named, one) or (project and _is_for(one, project))]
        about = {one.clause_id: len(_in_topic(text, named, one)) for one in self._offers}
        most = max(about.values(), default=0)
        stated = max((about[one.clause_id] for one in meant), default=_SEVERAL - 1)
        if most > stated:  # the thing decides, not a wrong sum
            return [one for one in self._offers if about[one.clause_id] == most]
        return meant

    def _of_county(self, text: str) -> list[Offer]:
        """Return the services of a county that a question names, where it asks whom to turn to."""
        if not _CONTACT.search(text):
            return []
        return [
            offer
            for offer in self._offers
            if offer.document.level == "区县"
            and offer.measure is not None
            and offer.measure.kind is MeasureKind.SERVICE
            and _county(offer.document) in text
        ]

    def _by_document(self, text: str) -> list[Offer]:
        """Return the measures of a document that a question names, by title or number."""
        titles = self._ledger.titles
        named = titles.find(text).ids or tuple(one.document_id for one in titles.shortened(text))
        of_text = [one for one in named if not self._ledger.by_document[one].is_excerpt]
        return [] if of_text else [offer for offer in self._offers if offer.document.document_id in named]

    def _of_level(self, text: str) -> list[Offer]:
        """Return the measures of a level of government that a question names, on things that it names."""
        levels = [level for level, pattern in _LEVELS.items() if pattern.search(text)]
        if not levels or not _OF_DOCUMENTS.search(text):
            return []
        things = _things(text)
        found = [offer for offer in self._offers if offer.document.level in levels]
        most = max((_named(things, offer) for offer in found), default=0)
        found = [offer for offer in found if _named(things, offer) == most]
        if things and not most:
            return []
        if things and not _ASKS_DOCUMENTS.search(text):
            return found
        firsts: dict[str, Offer] = {}
        for offer in found:
            firsts.setdefault(offer.document.document_id, offer)
        return list(firsts.values())

    def _of_project(self, text: str) -> list[Offer]:
        """Return the measures for a kind of project that a question names, where it asks for their terms."""
        if not _TERMS.search(text) or not _PROJECTS.search(text):
            return []
        told = self._reader.read(text)
        if told.project is None:
            return []
        found = [offer for offer in self._offers if _is_for(offer, told.project)]
        own = [one for one in found if one.measure and any(name in text for name in one.measure.industries)]
        return own or [one for one in found if one.measure and not one.measure.industries[1:]]

    def _of_matter(self, text: str, day: date) -> list[Offer]:
        """Return the measures in force on two things that a question names, one of them strange to the texts.

        用电 of 算力中心: the plan tells of 算力中心, and of electricity the province alone.
        """
        if not _OF_DOCUMENTS.search(text):
            return []
        things = _things(text)
        found = {offer.clause_id: _in_topic(text, things, offer) for offer in self._offers}
        most = max(map(len, found.values()), default=0)
        if most < _SEVERAL:
            return []
        strange = {one for one in things if not self._ledger.mentioning(one)}
        ended = self._ledger.standing.without_force(day)
        return [
            offer
            for offer in self._offers
            if len(found[offer.clause_id]) == most
            and strange & found[offer.clause_id]
            and offer.document.document_id not in ended
        ]

    def _answer(self, meant: Sequence[Offer], day: date, lead: str) -> Answer:
        sources: dict[str, Source] = {offer.clause_id: source_of(offer) for offer in meant}
        markers = {clause_id: marker for marker, clause_id in enumerate(sources, start=1)}
        parts = [self._say(lead)]
        for document in {offer.document.document_id: offer.document for offer in meant}.values():
            own = [offer for offer in meant if offer.document.document_id == document.document_id]
            parts.append(self._of_document(document, day))
            parts.append("\n".join(self._line(offer, markers[offer.clause_id]) for offer in own))
        return Answer(
            status=Status.ANSWERED,
            text="\n\n".join(parts),
            citations=tuple(cited(markers[key], source) for key, source in sources.items()),
            notices=(self._say("chat.excerpts"), self._say("closing")),
        )

    def _of_document(self, document: Document, day: date) -> str:
        standing = self._ledger.standing.on(document.document_id, day)
        number = f"({document.number})" if document.number else ""
        text = self._say(
            "told.document",
            title=document.title,
            number=number,
            standing=standing.standing.value,
            basis=standing.basis or document.status_basis,
        )
        if not document.flags:
            return f"**{escaped(text)}**"
        flags = self._say("told.flags", flags=";".join(document.flags))
        return f"**{escaped(text)}**\n\n{escaped(flags)}"

    def _line(self, offer: Offer, marker: int) -> str:
        measure = offer.measure
        if measure is None:
            return ""
        facts = [
            self._say("told.amount", amount=measure.amount_text) if measure.amount_text else "",
            self._say("told.cap", cap=measure.cap_text) if measure.cap_text else "",
            self._say("told.conditions", conditions="、".join(one.text for one in measure.conditions))
            if measure.conditions
            else "",
            self._say("why.government") if measure.payee is Payee.GOVERNMENT else "",
            self._say("told.agency", agency=measure.agency) if measure.agency else "",
            measure.note or "",
        ]
        said = ";".join(fact for fact in facts if fact)
        text = self._say("told.measure", topic=measure.topic, offer=measure.offer)
        return f"- {escaped(text + (f'。{said}' if said else ''))}。[{marker}]"


def _things(text: str) -> list[str]:
    """Return the things that a question names, words for documents and for everything left aside."""
    return [thing for thing in things_of(text) if thing not in DOCUMENTS | ASKED_FOR | _GENERIC]


def _named(things: Sequence[str], offer: Offer) -> int:
    """Return how many of the things stand in a measure or in the title of its document."""
    known = f"{offer.clause.text}{offer.document.title}"
    return sum(thing in known for thing in things)


def _in_topic(text: str, things: Sequence[str], offer: Offer) -> frozenset[str]:
    """Return the things of a question that a measure is about, and those of its industries that it names."""
    if offer.measure is None:
        return frozenset()
    topic = _BRACKETS.sub("", f"{offer.measure.topic}{offer.measure.offer}")
    own = {name for name in offer.measure.industries if name in text}
    own |= {part for part in _PARTS.split(topic) if len(part) >= _LONG and part in text}
    about = {thing for thing in things if thing in topic and not any(thing in name for name in own)}
    return frozenset(about | own)


def _is_for(offer: Offer, project: str) -> bool:
    """Whether a measure is for a kind of project: 技改."""
    conditions = offer.measure.conditions if offer.measure else ()
    return any(one.field is ConditionField.PROJECT and project in one.any_of for one in conditions)


def _states(text: str, amount: str) -> bool:
    return bool(re.search(rf"(?<![\d.]){re.escape(amount)}", text))


def _county(document: Document) -> str:
    return (document.region or "").removeprefix("湖州市").rstrip("区县")
