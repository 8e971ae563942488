"""Answers about a document as a whole: what it is for, what it is about, which years it covers."""

from __future__ import annotations

import re

from assistant.composing.consultation import compose_consultation, names_fact
from assistant.composing.context import Context
from assistant.composing.evidence import sentences_of
from assistant.composing.numbers import say_period
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.ledger import Place
from assistant.models import SentenceKind
from assistant.phrases import ATTRIBUTES, DOCUMENTS, names_a_thing, things_of
from assistant.understanding import Understanding
from vectorstore.models import ClauseKind

_ITSELF = DOCUMENTS | {
    "三年行动计划",
    "征求意见",
    "征求",
    "湖州",
    "湖州市",
    "人工智能",
    "AI",
    "智能",
    "作用",
    "目的",
}
_PURPOSE = re.compile(
    "目的|为了?(?:什么|啥)(?:呀|啊|呢|$)|为(?:什么|啥|何).{0,4}要?(?:搞|出|制定|弄|定|推出|发布|写|发展)|图(?:什么|啥)|干[点些]?(?:什么|啥|嘛)(?:的|用|呀|啊|呢|$)|(?:要|主要|是)干[点些]?(?:什么|啥|嘛)"
    "|主要(?:是?)?(?:讲|说|写|内容)|(?:讲|说|写)(?:了|的是|的)?(?:些)?(?:什么|啥)|大概(?:内容|意思)|一句话"
)
_RELATION = re.compile("跟.{1,8}有(?:什么|啥)关系")
_POINTS = re.compile(
    "文件|计划|方案|政策|规划|稿|通知|意见|这个|这份|这次|它|该|本(?:文件|计划|方案|行动|政策|次|市)|湖州|市里|你们|此"
)
_OF_OTHERS = re.compile("第|条|章|部分|责任|单位|谁")
_IN_PARTS = re.compile("(?:分|共|有)(?:为|成|了)?(?:几|多少|哪几|哪些)个?(?:大)?(?:部分|章|板块|块)")
_SENTENCES = 2


def is_about_itself(understanding: Understanding) -> bool:
    """Whether a question names nothing but the document."""
    if names_a_thing(understanding.told) or not _POINTS.search(understanding.text):
        return False
    named = [term for term in understanding.terms if term not in ATTRIBUTES and term not in _ITSELF]
    return not (named or understanding.units or understanding.beside or understanding.sought)


def compose_itself(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say which years the document covers, a fact of its notice, or what it is for; whether it did."""
    text = request.understanding.text
    if not is_about_itself(request.understanding):
        return False
    if say_period(request, context, builder):
        return True
    names_another = any(thing not in _ITSELF for thing in things_of(text))
    if not names_another and names_fact(text) and compose_consultation(request, context, builder):
        return True
    if _IN_PARTS.search(text):
        return _say_parts(request, context, builder)
    if (
        request.understanding.quantities
        or not _is_of_purpose(request.understanding)
        or _OF_OTHERS.search(text)
    ):
        return False
    return _say_purpose(request, builder)


def _say_purpose(request: ComposeRequest, builder: DraftBuilder) -> bool:
    opening = _opening(request)
    for place in opening:
        for sentence in sentences_of(place.clause.text)[:_SENTENCES]:
            builder.quote(place, sentence)
    for place in _chapters(request, opening):
        builder.add(SentenceKind.ITEM, place.clause.heading, [place], [place.clause.heading])
    return bool(opening)


def _is_of_purpose(understanding: Understanding) -> bool:
    """Whether a question asks what the document is for, or what it means for people of no trade."""
    relates = _RELATION.search(understanding.text) and not understanding.official
    return bool(_PURPOSE.search(understanding.text) or relates)


def _say_parts(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    chapters = _chapters(request, _opening(request))
    if chapters:
        text = context.messages("number.parts", count=len(chapters))
        builder.add(SentenceKind.LEAD, text, chapters, [], [len(chapters)])
    for place in chapters:
        builder.add(SentenceKind.ITEM, place.clause.heading, [place], [place.clause.heading])
    return bool(chapters)


def _opening(request: ComposeRequest) -> list[Place]:
    """Return the paragraph before the first heading that says why, and the first paragraph behind it."""
    found: list[Place] = []
    for place in request.ledger.places:
        is_first = place.document.document_id == request.ledger.documents[0].document_id
        if is_first and place.clause.kind is ClauseKind.PARAGRAPH and len(found) < _SENTENCES:
            found.append(place)
    return found


def _chapters(request: ComposeRequest, opening: list[Place]) -> list[Place]:
    """Return the top headings of the document that the opening is of."""
    ids = {place.document.document_id for place in opening}
    return [
        Place(document=document, clause=clause)
        for document in request.ledger.documents
        if document.document_id in ids
        for clause in document.clauses
        if clause.kind is ClauseKind.HEADING and "/" not in clause.path
    ]
