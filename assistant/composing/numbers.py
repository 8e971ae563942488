"""Answers to questions for numbers: from the ledger of targets and counts, never from prose alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.context import Context
from assistant.composing.counted import counts_what_is_asked
from assistant.composing.goals import say_all_goals, say_whole_city, value_of
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.sections import say_structure
from assistant.composing.subjects import is_of, things_counted
from assistant.conversation import is_elliptic, subject_of
from assistant.dates import PERIOD, YEAR
from assistant.ledger import LedgerEntry, sentence_around
from assistant.models import SentenceKind, Status
from assistant.understanding import Detail, Quantity
from vectorstore.models import ClauseKind

_ALL = re.compile(
    "20\\d\\d年?(?:底)?(?:之前)?(?:都)?有(?:什么|哪些|啥)(?:量化|具体|主要|总体)?的?(?:目标|指标)|(?:全部|所有|列一下|列出|清单|总的).{0,6}(?:指标|目标|任务数)"
    "|(?:指标|目标|任务数).{0,3}(?:有哪些|有啥|列一下|列出来|清单|全列|都有哪些|都是哪些)|(?:哪些|什么)(?:量化|具体|主要)?(?:指标|目标)"
    "|(?:量化|全部|所有|具体)的?(?:指标|目标|数字)|(?:指标|目标).{0,6}(?:一个不漏|一个不落|列给我|列全|全给我)"
)
_PERIOD_QUESTION = re.compile(
    "哪几年|哪年到哪年|几年到几年|起止|管几年|几年的?计划|从哪年|期限是|哪三年|多少年|[管到用]到(?:哪|什么|啥)(?:一?年|时候)|哪年为止"
    "|20\\d\\d年?\\s*[到至—–-]+\\s*20\\d\\d"
)
_DUE_QUESTION = re.compile("什么时候|啥时候|何时|哪年|哪一年|几时|截止|期限|验收|到期")
_HOW_MANY = re.compile("(?:多少|几)[家个座所台条项]")
_FLOOR = 0.2
_RATIO = 0.8
_SAME_UNIT = 0.08
_SAME_YEAR = 0.1
_SAME_NUMBER = 0.25
_MOST = 4
_TWO = 2
_NAMED = 0.3
_NAMED_CLEARLY = 0.6
_TELLING = 7.0
_SHARED = 2.0
_NOUN_SHARE = 0.5
_ACTUAL = re.compile(
    "实际|完成了?多少|完成到|完成情况|进度|基数|现状|增速|增长(?:了|率)"
    "|(?:已经|都|早就|目前|现在|去年|今年)(?:呢|$|[^,。]{0,14}(?:建好|建成|建完|完工|完成|突破|达到|做到|实现|有了))"
    "|(?:现在|目前|眼下|当前|如今|截至|已经|去年|今年)[^,。]{0,8}(?:多少|几|规模|有|完成|达到|做到|到哪|到)"
)
_COMPARES = re.compile("差|区别|不同|对比|哪个[多大高少]|谁[多大高少]|[多少]几|[多少]多少")
_STRUCTURE = re.compile("条|项|措施|行动|部分|章|任务|领域|场景|方面|内容")


def asks_all_targets(text: str) -> bool:
    """Whether a question asks for the whole list of targets."""
    return bool(_ALL.search(text))


def compares_years(text: str) -> bool:
    """Whether a question sets the goals of two years against each other."""
    return len(set(YEAR.findall(text))) == _TWO and bool(_COMPARES.search(text))


def find_entries(request: ComposeRequest, context: Context) -> tuple[LedgerEntry, ...]:
    """Return the ledger entries that the question asks for, best first; empty where none fits."""
    asked = request.understanding
    found = _entries_for(asked.counted, request, context)
    if found or asked.is_bare or not asked.context:
        return found
    how_many = _HOW_MANY.search(asked.topic)
    if how_many and is_elliptic(asked.text):  # 龙头呢 behind 规上企业要多少家: 龙头多少家
        found = _entries_for(f"{subject_of(asked.text)}{how_many.group()}", request, context)
    return found or _entries_for(f"{asked.topic} {asked.text}", request, context)


def _entries_for(text: str, request: ComposeRequest, context: Context) -> tuple[LedgerEntry, ...]:
    ledger = request.ledger
    entries = [*ledger.targets, *ledger.named_counts, *ledger.counts]
    things = things_counted(request.understanding)
    asked = f"{text} {request.understanding.official or ''}".strip()
    scores = [
        score + _bonus(entry, request.understanding.quantities, text) + _found(entry, request)
        for entry, score in zip(
            entries, context.matcher.similarity(asked, [entry.indicator for entry in entries]), strict=True
        )
    ]
    ranked = sorted(
        (
            (score, entry)
            for score, entry in zip(scores, entries, strict=True)
            if _fits(entry, text, things, request, context)
        ),
        key=lambda pair: -pair[0],
    )
    if not ranked or ranked[0][0] < _FLOOR:
        return ()
    floor = ranked[0][0] * _RATIO
    return tuple(entry for score, entry in ranked[:_MOST] if score >= floor)


def _beside(request: ComposeRequest, context: Context) -> tuple[LedgerEntry, ...]:
    """Return the target of each thing that a question names side by side; () where one has none."""
    targets = request.ledger.targets
    found = []
    for name in request.understanding.beside if targets else ():
        near = context.matcher.similarity(name, [entry.indicator for entry in targets])
        best = max(range(len(targets)), key=lambda at: near[at])
        if near[best] < _NAMED:
            return ()
        found.append(targets[best])
    return tuple({(entry.clause_id, entry.quote): entry for entry in found}.values())


def _of_two_years(request: ComposeRequest, context: Context) -> tuple[LedgerEntry, ...]:
    """Return the targets for two years that a question compares, of what has the same unit in both."""
    if not compares_years(request.understanding.text):
        return ()
    years = list(dict.fromkeys(YEAR.findall(request.understanding.text)))
    first, second = ([one for one in request.ledger.targets if year in (one.due or "")] for year in years)
    pairs = [(one, other) for one in first for other in second if one.unit == other.unit]
    near = context.matcher.similarity(request.understanding.text, [one.indicator for one, _ in pairs])
    return max(zip(near, pairs, strict=True), key=lambda pair: pair[0])[1] if pairs else ()


def named_target(request: ComposeRequest, context: Context) -> LedgerEntry | None:
    """Return the target that a question plainly names, its numbers left aside; None where it names none.

    A number that belongs to another target must not lead away from the one that the words name.
    """
    text = request.understanding.text
    for quantity in request.understanding.quantities:
        text = text.replace(quantity.text, " ")
    targets = request.ledger.targets
    near = context.matcher.similarity(text, [entry.indicator for entry in targets]) if targets else []
    ranked = sorted(zip(near, targets, strict=True), key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < _NAMED:
        return None
    rivals = [score for score, entry in ranked[1:] if entry.indicator != ranked[0][1].indicator]
    alone = sum(entry.indicator == ranked[0][1].indicator for _, entry in ranked) == 1
    return ranked[0][1] if alone and all(score < _NAMED_CLEARLY * ranked[0][0] for score in rivals) else None


def _fits(
    entry: LedgerEntry, text: str, things: Sequence[str], request: ComposeRequest, context: Context
) -> bool:
    """Whether an entry may answer: a sum for a question for money, and about what is named first."""
    understanding = request.understanding
    if entry.target is not None and not counts_what_is_asked(understanding.text, entry, context):
        return False
    if understanding.detail is Detail.MONEY and not (entry.target and entry.unit.endswith("元")):
        return False
    named = [name for name in request.ledger.instrument_names if name in understanding.text]
    if named and not any(name in entry.quote for name in named):
        return False
    if entry.members:
        return bool(_STRUCTURE.search(understanding.text))
    asked = f"{text} {understanding.official or ''}"
    shared = context.matcher.shared(asked, entry.indicator)
    if entry.target is None:
        return shared >= _NOUN_SHARE * context.matcher.weight(entry.indicator)
    if things and not any(is_of(thing, entry, context) for thing in things):
        return False
    if any(_alike(quantity, entry) for quantity in understanding.quantities):
        return True
    first = understanding.terms[0] if understanding.terms else ""
    stated = sentence_around(entry.clause.text, entry.quote)
    named = [first, *(understanding.official or "").split()]
    return shared >= _SHARED and (
        any(name in stated for name in named) or context.matcher.weight(first) < _TELLING
    )


def _alike(quantity: Quantity, entry: LedgerEntry) -> bool:
    """Whether a sum in the question is of the unit of a sum in the ledger, or any number the same."""
    sums = quantity.unit.endswith("元") and entry.unit == quantity.unit
    return sums or (quantity.number == entry.number and quantity.unit in (entry.unit, ""))


def _bonus(entry: LedgerEntry, quantities: Sequence[Quantity], text: str) -> float:
    bonus = 0.0
    if entry.target is not None and any(quantity.unit == entry.unit for quantity in quantities):
        bonus += _SAME_UNIT
    if any(quantity.number == entry.number and quantity.unit in (entry.unit, "") for quantity in quantities):
        bonus += _SAME_NUMBER
    years = set(YEAR.findall(text))
    if entry.due and years and any(year in entry.due for year in years):
        bonus += _SAME_YEAR
    return bonus


def _found(entry: LedgerEntry, request: ComposeRequest) -> float:
    """Return a share of the search's score for the sentence that states the entry."""
    for found in request.result.clauses:
        if found.clause_id == entry.clause_id:
            return 0.15 * found.score
    return 0.0


def compose_number(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Write the answer from the ledger; False where the ledger holds no such number."""
    text = request.understanding.text
    entries = (
        ()
        if asks_all_targets(text)
        else (_of_two_years(request, context) or _beside(request, context) or find_entries(request, context))
    )
    if asks_all_targets(text) or (not entries and _DUE_QUESTION.search(text)):
        return say_all_goals(request, context, builder)
    if not entries:
        return say_period(request, context, builder)
    for entry in entries:
        state_entry(entry, context, builder)
    for entry in entries:
        if entry.quote:
            builder.quote(
                entry, sentence_around(entry.clause.text, entry.quote) if entry.target else entry.quote
            )
    say_whole_city(entries, request, context, builder)
    _difference(text, entries, context, builder)
    if _ACTUAL.search(text):
        builder.add(SentenceKind.GAP, context.messages("gap.actual"))
        builder.status = Status.UNSPECIFIED
    return True


def state_entry(entry: LedgerEntry, context: Context, builder: DraftBuilder) -> None:
    """Say one entry of the ledger in a line of its own."""
    say = context.messages
    builder.states_number = True
    if entry.target is not None:
        key = "number.lead_due" if entry.due else "number.lead"
        builder.add(
            SentenceKind.LEAD,
            say(key, indicator=entry.indicator, value=value_of(entry), due=entry.due or ""),
            [entry],
        )
    elif entry.members:
        say_structure(entry, context, builder)
    else:
        builder.add(SentenceKind.LEAD, say("number.named", phrase=entry.value), [entry], [entry.value])


def say_period(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say which years a document covers, where the question asks for years and its title names them.

    Other years that the question takes for granted are corrected.
    """
    text = request.understanding.text
    if not _PERIOD_QUESTION.search(text):
        return False
    for place in request.ledger.places:
        years = PERIOD.search(place.clause.text) if place.clause.kind is ClauseKind.TITLE else None
        if years:
            wrong = set(YEAR.findall(text)) - set(YEAR.findall(years.group()))
            key = "premise.period" if wrong else "number.period"
            builder.states_number = True
            said = context.messages(key, period=years.group())
            builder.add(SentenceKind.LEAD, said, [place], [years.group()])
            builder.quote(place, place.clause.text.strip().splitlines()[0])
            return True
    return False


def _difference(text: str, entries: Sequence[LedgerEntry], context: Context, builder: DraftBuilder) -> None:
    numbers = [entry for entry in entries if entry.target is not None]
    if not _COMPARES.search(text) or len(numbers) != 2 or numbers[0].unit != numbers[1].unit:
        return
    difference = abs(numbers[0].number - numbers[1].number)
    builder.add(
        SentenceKind.LEAD,
        context.messages("number.difference", difference=f"{difference:g}", unit=numbers[0].unit),
        numbers,
        [],
        [int(difference)],
    )
