"""Answers about the document itself: deadline, address, contact, whether it is in force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.composing.context import Context
from assistant.composing.evidence import Choice, choose
from assistant.composing.facts import hold_facts
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.ledger import FactEntry, sentence_around
from assistant.models import SentenceKind, Status
from assistant.phrases import things_of
from assistant.telling import OF_NOTICE
from assistant.understanding import Detail, Route
from vectorstore.models import ClauseKind, Document, FactKind

_KINDS: dict[Detail, tuple[FactKind, ...]] = {
    Detail.DATE: (FactKind.DEADLINE, FactKind.PUBLISHED),
    Detail.STATUS: (FactKind.PUBLISHED, FactKind.DEADLINE),
    Detail.YESNO: (FactKind.DEADLINE, FactKind.RECIPIENT),
    Detail.PLACE: (FactKind.ADDRESS, FactKind.POSTCODE, FactKind.RECIPIENT),
    Detail.PHONE: (FactKind.PHONE, FactKind.CONTACT),
    Detail.PERSON: (FactKind.CONTACT, FactKind.PHONE),
    Detail.UNIT: (FactKind.RECIPIENT, FactKind.ISSUER),
    Detail.REASON: (FactKind.BASIS,),
    Detail.PROCEDURE: (
        FactKind.RECIPIENT,
        FactKind.ADDRESS,
        FactKind.POSTCODE,
        FactKind.PHONE,
        FactKind.DEADLINE,
    ),
}
_TOLD_WHOLE = frozenset({Detail.STATUS, Detail.DATE, Detail.YESNO})
_ANY = (FactKind.DEADLINE, FactKind.RECIPIENT, FactKind.ADDRESS, FactKind.CONTACT, FactKind.PHONE)
_HINTS: tuple[tuple[FactKind, tuple[str, ...]], ...] = (
    (FactKind.POSTCODE, ("邮编", "邮政编码")),
    (FactKind.PHONE, ("电话", "号码", "打给", "致电", "座机")),
    (FactKind.ADDRESS, ("地址", "寄", "哪条路", "门牌", "送到", "邮")),
    (FactKind.CONTACT, ("联系人", "找谁", "姓名", "哪位", "哪个人", "叫什么")),
    (FactKind.PUBLISHED, ("发布", "公布", "哪天挂", "几号出")),
    (
        FactKind.DEADLINE,
        ("截止", "到什么时候", "期限", "几号之前", "来得及", "还能提", "结束", "到哪天", "最晚", "过期"),
    ),
    (FactKind.RECIPIENT, ("收件", "反馈给", "交给", "哪个处", "提给", "哪个部门收", "发给")),
    (FactKind.BASIS, ("依据", "根据", "凭什么")),
    (
        FactKind.ISSUER,
        (
            "谁起草",
            "谁写",
            "征集部门",
            "哪个单位征",
            "哪家起草",
            "谁发",
            "谁出的",
            "谁制定",
            "谁印发",
            "谁定的",
        ),
    ),
)


_TELLING = 4.0
_MEASURE = Choice(clauses=1, sentences=1, first_sentences=2)
_OF_NOTICE = re.compile("意见|反馈|建议|征求|寄|提给|信")
_CHANGES = re.compile("改了|改动|修改了|变化|变了|不一样|区别|不同|调整了|增加了|删了")
_TO_APPLY = re.compile("申报|申领|申请|报名|领取|领")
_TO_HAVE = re.compile("(?:申请|申领|领|办|批|申报|要).{0,4}(?:补贴|补助|奖励|券|资金|政策)")
_WHY = re.compile("为什么|为啥|为何|凭什么|怎么又|咋又")
_WHICH_TIME = re.compile("第[一二几]次|头一[次回]|再次|又|几次|几轮|重新")
_DAY = re.compile(r"(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")
_PRIVATE = re.compile(
    "手机|私人|个人|家庭|住址|住哪|住在|家在|微信|QQ|身份证|生日|年龄|多大|几岁|工资|照片|婚|老公|老婆|男的|女的|简历|学历"
    "|职务|邮箱|私下|号码都|所有|全部|信息|资料|隐私"
)
"""Asked of a person: what no public notice gives."""
_NUMBER = "文号"
_OF_NUMBER = (FactKind.ISSUER, FactKind.PUBLISHED)
_NOT_HELD = (
    _NUMBER,
    "电子邮箱",
    "邮箱",
    "电子邮件",
    "邮件",
    "传真",
    "微信",
    "公众号",
    "网址",
    "手机号",
    "二维码",
    "QQ",
)


def compose_consultation(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Answer from the facts of the notice; False where the documents have none."""
    kinds = _of_contact(request, context, builder) or _asked(request)
    missing = next((what for what in _NOT_HELD if what.lower() in request.understanding.text.lower()), None)
    if missing and builder.status is Status.ANSWERED:
        builder.add(SentenceKind.GAP, context.messages("contact.gap", what=missing))
        builder.status = Status.UNSPECIFIED
        kinds = _OF_NUMBER if missing == _NUMBER else _ANY
    asked = _hinted(request.understanding.text)
    if FactKind.ADDRESS in asked and _is_elsewhere(request):
        return _say_no_place(request, context, builder)
    applies = bool(_TO_APPLY.search(request.understanding.text))
    if (applies or not asked) and _names_measure(request, context) and builder.status is Status.ANSWERED:
        return _say_not_yet(request, context, builder)
    entries = request.ledger.facts_of(*kinds)
    if not entries:
        return False
    is_of_topic = request.understanding.is_bare and _names_measure(request, context)
    if FactKind.PHONE in asked and is_of_topic:
        builder.add(SentenceKind.GAP, context.messages("gap.phone"))
        builder.status = Status.UNSPECIFIED
    _correct_deadline(request, entries, context, builder)
    hold_facts(request.understanding.original, entries, context, builder)
    _say_unwritten(request, context, builder)
    said: set[tuple[FactKind, str]] = set()
    for entry in entries:
        key = (entry.fact.kind, entry.fact.date or entry.fact.value)
        if key not in said:
            said.add(key)
            builder.add(SentenceKind.LEAD, _say(entry, context), [entry])
    if FactKind.ADDRESS in kinds and FactKind.DEADLINE not in kinds:
        _say_how_late(request, context, builder)
    is_told_whole = request.understanding.detail in _TOLD_WHOLE
    if not asked and (not is_told_whole or _WHICH_TIME.search(request.understanding.text)):
        _quote_headline(request, builder)
    for entry in entries:
        builder.quote(
            entry,
            sentence_around(entry.clause.text, entry.fact.value).replace("\n", " ").strip(),
        )
    return True


def _of_contact(request: ComposeRequest, context: Context, builder: DraftBuilder) -> tuple[FactKind, ...]:
    """Return what is told of the public contact that a question names, () where it names none.

    What is asked beyond that is said not to be given.
    """
    contacts = request.ledger.facts_of(FactKind.CONTACT)
    if not any(entry.fact.value in request.understanding.text for entry in contacts):
        return ()
    if _PRIVATE.search(request.understanding.text):
        builder.note(context.messages("contact.public_only"))
        builder.status = Status.UNSPECIFIED
    return (FactKind.CONTACT, FactKind.PHONE)


def _correct_deadline(
    request: ComposeRequest, entries: Sequence[FactEntry], context: Context, builder: DraftBuilder
) -> None:
    """Correct another day than the one on which the consultation ends."""
    days = [(int(match["month"]), int(match["day"])) for match in _DAY.finditer(request.understanding.text)]
    for entry in entries:
        if entry.fact.kind is FactKind.DEADLINE and entry.fact.date and days:
            ends = date.fromisoformat(entry.fact.date)
            if (ends.month, ends.day) not in days:
                text = context.messages("premise.deadline", date=entry.fact.date)
                builder.add(SentenceKind.LEAD, text, [entry])
            return


def _say_unwritten(request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Say what the notice does not tell: what has changed, why there is another draft, how to apply."""
    text = request.understanding.text
    if _CHANGES.search(text):
        builder.add(SentenceKind.GAP, context.messages("contact.changes"))
        builder.status = Status.UNSPECIFIED
    elif _TO_HAVE.search(text):
        builder.add(SentenceKind.GAP, context.messages("gap.procedure"))
        builder.status = Status.UNSPECIFIED
    elif _WHY.search(text) and _WHICH_TIME.search(text):
        builder.add(SentenceKind.GAP, context.messages("gap.reason"))
        builder.status = Status.UNSPECIFIED


def _is_elsewhere(request: ComposeRequest) -> bool:
    """Whether a question for an address names something else than the consultation: 园区地址在哪里."""
    notices = "".join(place.clause.text for place in request.ledger.places if place.clause.kind in OF_NOTICE)
    things = [thing for thing in things_of(request.understanding.text) if request.ledger.mentioning(thing)]
    return not _OF_NOTICE.search(request.understanding.text) and any(one not in notices for one in things)


def _say_no_place(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Quote the clause on what an address is asked of, and say that the text gives none."""
    _quote_measure(request, builder)
    builder.add(SentenceKind.GAP, context.messages("gap.place"))
    builder.status = Status.UNSPECIFIED
    return True


def _quote_measure(request: ComposeRequest, builder: DraftBuilder) -> bool:
    """Quote the best clause that is none of the notice; whether there is one."""
    meant = request.understanding.model_copy(update={"route": Route.CONTENT})
    chosen = choose(replace(request, understanding=meant), _MEASURE)
    for one in chosen:
        for quote in one.quotes:
            builder.quote(one.place, quote)
    return bool(chosen)


def _say_how_late(request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Say whether comments are still taken, and the telephone that stays."""
    for kind in (FactKind.DEADLINE, FactKind.PHONE):
        for entry in request.ledger.facts_of(kind)[:1]:
            builder.add(SentenceKind.LEAD, _say(entry, context), [entry])


def _quote_headline(request: ComposeRequest, builder: DraftBuilder) -> None:
    """Quote the first line of the notice: what is consulted on, and whether for the first time."""
    for place in request.ledger.places:
        if place.clause.kind is ClauseKind.NOTICE:
            builder.quote(place, place.clause.text.strip().splitlines()[0].strip())


def _say_not_yet(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Quote the measure that the question names, and say that the draft opens nothing for application."""
    quoted = _quote_measure(request, builder)
    say_status(request.ledger.documents[:1], request, context, builder)
    builder.note(context.messages("contact.not_yet"))
    builder.status = Status.UNSPECIFIED
    return quoted


def _names_measure(request: ComposeRequest, context: Context) -> bool:
    """Whether the question names something that a clause, and not the notice, tells of."""
    terms = [term for term in request.understanding.terms if context.matcher.weight(term) >= _TELLING]
    bodies = [
        place.clause.text for place in request.ledger.places if place.clause.units or place.clause.targets
    ]
    notices = [place.clause.text for place in request.ledger.places if place.clause.kind in OF_NOTICE]
    return any(
        any(term in body for body in bodies) and not any(term in notice for notice in notices)
        for term in terms
    )


def names_fact(text: str) -> bool:
    """Whether a question names the fact of the notice that it asks for."""
    return bool(_hinted(text))


def _hinted(text: str) -> tuple[FactKind, ...]:
    kinds = tuple(kind for kind, words in _HINTS if any(word in text for word in words))
    with_recipient = FactKind.ADDRESS in kinds and FactKind.RECIPIENT not in kinds
    return (*kinds, FactKind.RECIPIENT) if with_recipient else kinds


def _asked(request: ComposeRequest) -> tuple[FactKind, ...]:
    return _hinted(request.understanding.text) or _KINDS.get(request.understanding.detail, _ANY)


def _say(entry: FactEntry, context: Context) -> str:
    fact = entry.fact
    if fact.kind is FactKind.DEADLINE and fact.date:
        passed = date.fromisoformat(fact.date) < context.today()
        key = "contact.deadline_passed" if passed else "contact.deadline_open"
        return context.messages(key, date=fact.date, today=context.today().isoformat())
    if fact.kind in (FactKind.DEADLINE, FactKind.PUBLISHED):
        return context.messages(f"contact.{fact.kind.value}", date=fact.date or fact.value)
    return context.messages(f"contact.{fact.kind.value}", value=fact.value)


def say_status(
    documents: Sequence[Document], request: ComposeRequest, context: Context, builder: DraftBuilder
) -> None:
    """Say that a document is a draft, with its dates, citing the notice and the date line."""
    for document in documents:
        if not document.is_draft:
            continue
        entries = [
            entry
            for entry in request.ledger.facts_of(FactKind.DEADLINE, FactKind.PUBLISHED)
            if entry.document.document_id == document.document_id
        ]
        text = context.messages(
            "contact.status",
            title=document.title,
            published=document.published or "",
            deadline=document.comment_deadline or "",
        )
        builder.add(SentenceKind.LEAD, text, entries)
        for entry in entries:
            builder.quote(entry, sentence_around(entry.clause.text, entry.fact.value))
