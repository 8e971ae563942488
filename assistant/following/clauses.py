"""What is said of the clauses that the answer before cites: where they stand, in short, what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.composing.context import Context
from assistant.composing.evidence import body_text, sentences_of
from assistant.composing.goals import value_of
from assistant.composing.passages import sentences_with
from assistant.composing.request import DraftBuilder
from assistant.composing.units import say_unit_line, title_of
from assistant.following.acts import Act
from assistant.ledger import Ledger, Place
from assistant.models import SentenceKind
from assistant.telling import OF_NOTICE

_MOST_QUOTED = 4
_MOST_MENTIONS = 12


def say_source(
    act: Act, places: Sequence[Place], quoted: Mapping[str, str], context: Context, builder: DraftBuilder
) -> None:
    """Say in which clauses the answer before rests, and quote them whole.

    Of the notice only what was quoted before, by clause id: the rest of a letter is no source of it.
    """
    if act is Act.DOUBT:
        builder.note(context.messages("after.sure"))
    elif act is Act.PAGE:
        builder.note(context.messages("after.page"))
    for place in places:
        text = context.messages("after.source", heading=place.clause.heading_path or title_of(place.clause))
        builder.add(SentenceKind.LEAD, text, [place])
        whole = body_text(place.clause.text) or place.clause.text.strip()
        is_notice = place.clause.kind in OF_NOTICE
        builder.quote(place, quoted.get(place.clause_id, whole) if is_notice else whole)
        if act is Act.LONG:
            say_unit_line(place, context, builder)
    if act is Act.LONG:
        builder.note(context.messages("content.limit"))


def say_plainly(places: Sequence[Place], context: Context, builder: DraftBuilder) -> None:
    """Tell clauses in the plain words that were written for them; quote those that have none."""
    for place in places:
        if place.clause.gloss:
            text = context.messages("after.plain", heading=title_of(place.clause), gloss=place.clause.gloss)
            builder.add(SentenceKind.LEAD, text, [place])
    if not builder.sentences:
        builder.note(context.messages("after.no_plain"))
        for place in places:
            builder.quote(place, body_text(place.clause.text) or place.clause.text.strip())


def say_shortly(
    places: Sequence[Place], terms: Sequence[str], context: Context, builder: DraftBuilder
) -> None:
    """Quote of each clause the one sentence that holds most of what was asked."""
    for place in places:
        sentences = sentences_of(place.clause.text)
        if place.clause.numbered and len(sentences) > 1:
            sentences = sentences[1:]
        if sentences:
            best = max(sentences, key=lambda one: sum(len(term) for term in terms if term in one))
            text = context.messages("after.short", heading=title_of(place.clause))
            builder.add(SentenceKind.LEAD, text, [place])
            builder.quote(place, best)


def say_whether_held(
    name: str, places: Sequence[Place], ledger: Ledger, context: Context, builder: DraftBuilder
) -> None:
    """Say whether clauses hold a name: with the sentence that does, or that none does and which others do."""
    say = context.messages
    held = [(place, sentences_with(place, name)) for place in places]
    if any(sentences for _, sentences in held):
        for place, sentences in held:
            if sentences:
                text = say("content.lead_yes", heading=title_of(place.clause))
                builder.add(SentenceKind.LEAD, text, [place])
            for sentence in sentences:
                builder.quote(place, sentence)
        return
    for place in places:
        text = say("content.not_here", heading=title_of(place.clause), place=name)
        builder.add(SentenceKind.LEAD, text, [place])
    if _say_near(name, places, context, builder):
        return
    others = [place for place in ledger.mentioning(name) if place.clause.kind not in OF_NOTICE]
    if others:
        _say_mentions(name, others, context, builder)
    else:
        builder.note(say("content.absent", term=name))


def _say_near(name: str, places: Sequence[Place], context: Context, builder: DraftBuilder) -> bool:
    """Quote what clauses say in the words of the documents for a lay word (大学: 高校); whether they do."""
    words = (context.official(name) or "").split()
    found = [
        (place, sentence)
        for place in places
        for word in words
        for sentence in sentences_with(place, word)
        if len(sentence) > len(title_of(place.clause)) + 1
    ]
    if found:
        builder.note(context.messages("after.near"))
    for place, sentence in found:
        builder.quote(place, sentence)
    return bool(found)


def _say_mentions(name: str, places: Sequence[Place], context: Context, builder: DraftBuilder) -> None:
    """Say how many clauses hold a name, each with its sentence and its own units."""
    for place in _counted(name, places, context, builder):
        for sentence in sentences_with(place, name) if len(places) <= _MOST_QUOTED else ():
            builder.quote(place, sentence)


def _counted(name: str, places: Sequence[Place], context: Context, builder: DraftBuilder) -> Iterator[Place]:
    """Say how many clauses hold a name, and yield each behind its heading."""
    text = context.messages("after.mentions", term=name, count=len(places))
    builder.add(SentenceKind.LEAD, text, places, [], [len(places)])
    for place in places:
        heading = title_of(place.clause)
        builder.add(SentenceKind.ITEM, context.messages("compare.item", heading=heading), [place])
        yield place


def say_all_mentions(name: str, ledger: Ledger, context: Context, builder: DraftBuilder) -> bool:
    """Say in how many clauses a name stands, and that these are all; whether it stands in a few."""
    places = [place for place in ledger.mentioning(name) if place.clause.kind not in OF_NOTICE]
    if not 0 < len(places) <= _MOST_MENTIONS:
        return False
    for place in _counted(name, places, context, builder):
        is_about = place.clause.numbered and name in place.clause.heading
        for sentence in (body_text(place.clause.text),) if is_about else sentences_with(place, name):
            builder.quote(place, sentence)
        say_unit_line(place, context, builder)
    builder.note(context.messages("after.all_mentions"))
    return True


def say_all_units(place: Place, context: Context, builder: DraftBuilder) -> None:
    """Say how many units a clause lists, all of them, and that there are no more."""
    number = len(place.clause.units)
    text = context.messages("unit.count", heading=title_of(place.clause), number=number)
    builder.add(SentenceKind.LEAD, text, [place], [], [number])
    say_unit_line(place, context, builder)
    builder.add(SentenceKind.LEAD, context.messages("after.all_units"), [place])


def say_all_goals_of(
    places: Sequence[Place], ledger: Ledger, context: Context, builder: DraftBuilder
) -> None:
    """Say all goals that clauses write, of which the answer before told some."""
    ids = {place.clause_id for place in places}
    entries = [entry for entry in ledger.targets if entry.clause_id in ids]
    text = context.messages("after.goals", count=len(entries))
    builder.add(SentenceKind.LEAD, text, entries, [], [len(entries)])
    for entry in entries:
        key = "number.item_due" if entry.due else "number.item"
        said = context.messages(key, indicator=entry.indicator, value=value_of(entry), due=entry.due or "")
        builder.add(SentenceKind.ITEM, said, [entry])
