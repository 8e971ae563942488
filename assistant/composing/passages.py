"""Answers in the words of the documents: what is said, where a term stands, what a term means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.composing.context import Context
from assistant.composing.evidence import Choice, body_text, choose, led_by, sentences_of, units_tail
from assistant.composing.gaps import holds_definition
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.units import say_overlap, say_unit_line, say_units, show_clause, title_of, with_units
from assistant.ledger import Ledger, Place
from assistant.mentions import EVERYBODY
from assistant.models import SentenceKind, Status
from assistant.phrases import ASKED_FOR, ATTRIBUTES, DOCUMENTS, things_of
from assistant.telling import OF_NOTICE
from assistant.understanding import Route
from vectorstore.models import ClauseKind

_CONTENT = Choice(clauses=3, clause_ratio=0.12, sentences=2, sentence_ratio=0.72)
_TOPICS = Choice(clauses=4, clause_ratio=0.1, sentences=2, sentence_ratio=0.7)
_MOST_MENTIONS = 12
_FEW = 3
_TWO = 2
_NEAR_ENOUGH = 0.5
"""Similarity from which a clause is shown though the name asked for stands nowhere."""
_GAP_CHARACTERS = 4
_SHORTEST_TERM = 2
_LONGEST_SHORT = 4
_TELLING_SHARE = 0.6
_ABOUT_UNITS = re.compile("单位|部门|牵头|打头|排头|领头|谁负责|哪个局|哪些局")


def compose_content(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Quote what the documents say on the subject; False where nothing was found."""
    chosen = choose(request, _CONTENT)
    if not chosen:
        return False
    if len(chosen) == 1:
        heading = title_of(chosen[0].place.clause)
        builder.add(
            SentenceKind.LEAD, context.messages("content.lead", heading=heading), [chosen[0].place], [heading]
        )
    else:
        text = context.messages("content.lead_many", count=len(chosen))
        builder.add(SentenceKind.LEAD, text, [one.place for one in chosen], [], [len(chosen)])
    for one in chosen:
        for quote in one.quotes:
            builder.quote(one.place, quote)
    say_unit_line(chosen[0].place, context, builder)
    builder.note(context.messages("content.limit"))
    return True


def say_absent(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say which of the names that a question looks for stand nowhere; whether nothing else is left to say."""
    sought = request.understanding.sought
    absent = [missing for name in sought for missing in _missing_of(name, request.ledger)]
    places = () if request.understanding.route is Route.SUPPORT else request.understanding.unwritten
    for name in dict.fromkeys([*absent, *places]):
        builder.note(context.messages("content.absent", term=name))
    best = max((found.dense for found in request.result.clauses[:1]), default=0.0)
    names_others = any(
        term not in ATTRIBUTES | DOCUMENTS and not any(term in name for name in sought)
        for term in request.understanding.terms
        if term in request.understanding.text
    )
    held = [name for name in sought if not set(_parts_of(name)) <= set(absent)]
    if not absent or held or request.understanding.context or best >= _NEAR_ENOUGH or names_others:
        return False
    builder.status = Status.NO_EVIDENCE
    return True


def _missing_of(name: str, ledger: Ledger) -> tuple[str, ...]:
    """Return what of a name stands nowhere: nouns of a longer one (养老院 of 机器人来养老院), or itself."""
    if name in EVERYBODY or ledger.mentioning(name) or stands_for(name, ledger):
        return ()
    return tuple(
        part for part in _parts_of(name) if not (ledger.mentioning(part) or stands_for(part, ledger))
    )


def _parts_of(name: str) -> tuple[str, ...]:
    """Return the nouns of a name that is made of several, or else the name."""
    parts = tuple(thing for thing in things_of(name) if thing not in DOCUMENTS | ASKED_FOR | EVERYBODY)
    return parts if len(parts) > 1 else (name,)


def stands_for(name: str, ledger: Ledger) -> bool:
    """Whether a name may be short for words of the text: 非遗 for 非物质文化遗产."""
    if not _SHORTEST_TERM <= len(name) <= _LONGEST_SHORT:
        return False
    pattern = re.compile(f"[\u4e00-\u9fff]{{0,{_GAP_CHARACTERS}}}".join(map(re.escape, name)))
    return any(pattern.search(place.clause.text) for place in ledger.places)


def compose_definition(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Show every place where the asked terms stand, and say whether they are defined."""
    if led_by(request):
        return compose_comparison(request, context, builder)
    beside = request.understanding.beside
    terms = beside[:_FEW] or request.understanding.terms[:_FEW]
    shown = False
    for term in terms:
        if not beside and context.matcher.weight(term) < _TELLING_SHARE * context.matcher.weight(terms[0]):
            break
        places = [place for place in request.ledger.mentioning(term) if place.clause.kind not in OF_NOTICE]
        places = [one for one in places if _heads(one, term) or sentences_with(one, term)]
        if not places or len(places) > _FEW:
            continue
        shown = True
        _show_term(term, places, context, builder)
    return shown or compose_content(request, context, builder)


def _show_term(term: str, places: Sequence[Place], context: Context, builder: DraftBuilder) -> None:
    key = "definition.lead" if len(places) == 1 else "definition.lead_many"
    text = context.messages(key, term=term, count=len(places))
    builder.add(SentenceKind.LEAD, text, places, [term], [len(places)])
    defined = False
    for place in places:
        heads = _heads(place, term)
        for sentence in (body_text(place.clause.text),) if heads else sentences_with(place, term):
            builder.quote(place, sentence)
            defined = defined or heads or holds_definition(sentence, term)
    if not defined:
        builder.note(context.messages("definition.not_defined", term=term))


def _heads(place: Place, term: str) -> bool:
    """Whether a clause is headed by a term."""
    return place.clause.numbered and term in place.clause.heading


def sentences_with(place: Place, term: str) -> tuple[str, ...]:
    """Return the verbatim sentences of a clause that hold a term; its units where only they do."""
    held = tuple(sentence for sentence in sentences_of(place.clause.text) if term in sentence)
    if held:
        return held
    tail = units_tail(place.clause.text)
    return (tail,) if tail and term in tail else ()


def compose_comparison(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Put together the clauses that a question spans: all mentions of a term, or the topics compared."""
    about_units = bool(_ABOUT_UNITS.search(request.understanding.text))
    named = led_by(request)
    if not named and not about_units and _compare_mentions(request, context, builder):
        return True
    chosen = named or choose(request, _TOPICS)
    if not chosen:
        return False
    if about_units and len(with_units(named)) > 1:
        say_overlap([one.place for one in with_units(named)], context, builder)
    else:
        builder.add(SentenceKind.LEAD, context.messages("compare.lead_topics"), [one.place for one in chosen])
    for one in chosen:
        show_clause(one, "compare.item", context, builder)
        if one.place.clause.units:
            say_units(one.place, context, builder)
    return True


def show_mentions(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Show every clause that holds what a question looks for (哪些地方写到机器人); whether there is any."""
    said = False
    for term in request.understanding.sought[:_FEW]:
        mentions = mentions_of(term, request)
        if mentions:
            said = True
            say_mentions(term, mentions, context, builder)
    return said


def say_mentions(term: str, mentions: Sequence[Place], context: Context, builder: DraftBuilder) -> None:
    """Say how many clauses hold a term, and quote its sentences."""
    text = context.messages("compare.lead", term=term, count=len(mentions))
    builder.add(SentenceKind.LEAD, text, mentions, [], [len(mentions)])
    for place in mentions:
        for sentence in _loosely_with(place, term):
            builder.quote(place, sentence)


def _compare_mentions(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Show where the named things stand: those side by side, or the most telling term and others like it."""
    beside = request.understanding.beside
    if _say_together(request, context, builder):
        return True
    terms = beside or request.understanding.terms
    said = False
    for term in terms[:_FEW]:
        if not beside and context.matcher.weight(term) < _TELLING_SHARE * context.matcher.weight(terms[0]):
            break
        mentions = mentions_of(term, request)
        if not mentions or len(mentions) > _MOST_MENTIONS or (said and len(mentions) > 2 * _FEW):
            continue
        said = True
        say_mentions(term, mentions, context, builder)
    return said


def _say_together(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say that the text names two things in the same sentences alone; whether it does."""
    names = request.understanding.beside
    if len(names) != _TWO:
        return False
    ours, theirs = ([*_all_with(name, request)] for name in names)
    if not ours or ours != theirs:
        return False
    cited = [place for place, _ in ours]
    text = context.messages("compare.together", first=names[0], second=names[1])
    builder.add(SentenceKind.LEAD, text, cited)
    for place, sentence in ours:
        builder.quote(place, sentence)
    return True


def _all_with(name: str, request: ComposeRequest) -> Iterator[tuple[Place, str]]:
    for place in mentions_of(name, request):
        for sentence in sentences_with(place, name):
            yield place, sentence


def mentions_of(term: str, request: ComposeRequest) -> tuple[Place, ...]:
    """Return the clauses that hold a term, also with a few characters between its halves (垂直大模型)."""
    return tuple(
        place
        for place in request.ledger.places
        if place.clause.kind not in (ClauseKind.TITLE, ClauseKind.NOTICE) and _loosely_with(place, term)
    )


def _loosely_with(place: Place, term: str) -> tuple[str, ...]:
    if place.clause.numbered and term in place.clause.heading:
        return (body_text(place.clause.text),)
    exact = sentences_with(place, term)
    if exact or len(term) < 2 * _SHORTEST_TERM:
        return exact
    middle = len(term) // 2
    pattern = re.compile(f"{re.escape(term[:middle])}.{{0,{_GAP_CHARACTERS}}}{re.escape(term[middle:])}")
    return tuple(sentence for sentence in sentences_of(place.clause.text) if pattern.search(sentence))
