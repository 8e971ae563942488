"""A paragraph or item of an article that a question names: its words, and no others."""

from __future__ import annotations

from assistant.composing.context import Context
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.models import SentenceKind
from assistant.parts import article_asked, parts_asked
from vectorstore.parts import count_paragraphs, find_part


def compose_parts(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Quote the parts that a question names; of one that the article lacks say so, and quote the article."""
    asked = parts_asked(request.understanding.asked, request.ledger)
    if not asked:
        return _quote_article(request, context, builder)
    for one in asked:
        place, article = one.place, one.place.clause.number or one.place.clause.heading
        words = find_part(place.clause.text, one.part)
        if words is not None:
            text = context.messages("part.lead", article=article, part=str(one.part))
            builder.add(SentenceKind.LEAD, text, [place])
            builder.quote(place, words)
            continue
        count = count_paragraphs(place.clause.text)
        text = context.messages("part.absent", article=article, part=str(one.part), count=count)
        builder.add(SentenceKind.LEAD, text, [place], [], [count])
        builder.quote(place, place.clause.text.strip())
    return True


def _quote_article(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Quote the one article whose words are all that a question asks for: 第五条怎么规定的."""
    places = article_asked(request.understanding.asked, request.ledger)
    for place in places:
        text = context.messages("content.lead", heading=place.clause.heading)
        builder.add(SentenceKind.LEAD, text, [place])
        builder.quote(place, place.clause.text.strip())
    return bool(places)
