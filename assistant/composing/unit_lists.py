"""Answers to questions for all clauses of a unit, complete by construction."""

from __future__ import annotations

import re

from assistant.composing.context import Context
from assistant.composing.evidence import body_text
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.unit_sets import conditions_in
from assistant.composing.units import say_unit_line, say_unlisted, title_of
from assistant.ledger import UnitEntry
from assistant.models import SentenceKind, Status
from assistant.understanding import Understanding, UnitMention

_DISTRICT = re.compile("(?:区|县)(?:政府|县)?$|管委会$")
_DEPARTMENTS = ("局", "委", "办", "办公室", "委员会")
_ASKS_TASKS = re.compile(
    "(?:负责|承担|管|干|做|参与)(?:些|了)?(?:什么|哪些|啥|哪块|哪几)|(?:哪些|什么|啥)(?:任务|活|事)"
    "|(?:任务|职责|分工)(?:上)?有?(?:什么|啥|哪些)(?:不同|不一样|区别|差别)?"
    "|还(?:管|负责|参与|承担|干|做)(?:着|了)?(?:别的|其他|其它|什么|啥|哪)"
)
_FRAME = re.compile(
    "责任单位|单位|部门|名单|任务|工作|职责|文件|计划|方案|政策|负责|承担|参与|牵头|列|管|干|做|什么|哪些|哪块|哪几"
    "|有没有|没有|是不是|是否|在不在|列没列|之列|之内|名单|算不算|包括|包含|出现|提到|请问|我想|知道|请|问|想|对吧|是吧|为|湖州市?|市里|全市|那么|这份|这个|该"
    "|[\\s,。!?、“”「」《》那呢吗吧啊呀呐嘛么的了过里中内面上在有没是不算也还都要会到出入进头名些几条项啥活事和与跟或及各被把给市]"
)
_FIRST_ALONE = re.compile(
    "(?:第一|头一个)的?(?:责任单位|单位)|第一位|首位|[排列]在?(?:第一|首位|头一)|牵头|挑头|打头|主责|领衔"
)
_NOT_FIRST = re.compile(
    "(?:不|没|不是|非)(?:是)?(?:牵头|第一|列第一|打头|主责)|(?:只|仅|光)(?:是)?参与|列名参与"
)
_NOT_LISTED = re.compile(
    "(?:没有?|未|不)(?:被)?(?:列入|列|包括|包含|参与|涉及|写|点名|参加)(?!了|到).{0,10}(?:任务|条款?|项|措施|哪)"
    "|(?:哪些|哪几)(?:任务|条款?|项|措施|个?应用场景|个?场景|个?领域).{0,8}(?:没有?|未|不)"
    "(?:列|包括|涉及|参与|写|用|归|管|沾|.{0,2}份|[^,。]{2,12}$)"
)
_ONLY_THAT = re.compile(
    "(?:只|仅|光|就)(?:是)?(?:管|负责|承担)|(?:只|就)(?:有|在).{0,6}[一这那][条项个]|是不是只"
)
"""Whether a unit has one task alone: all that it has are listed."""
_FEW_ENTRIES = 2
_SOME_ENTRIES = 4
_COMPARED = re.compile("一样|相同|不同|区别|差别|对比|比一比|哪个|哪家|谁")
_TWO = 2
_TOGETHER = re.compile("共同|都(?:参与|列|负责|有份|管)|一起|同时|两家都|都在")


def asks_tasks(text: str) -> bool:
    """Whether a text asks which tasks somebody has."""
    return bool(_ASKS_TASKS.search(text))


def asks_for_tasks(understanding: Understanding) -> bool:
    """Whether a question asks what a unit has to do or has no part in; of an unlisted one, anything alone."""
    text = understanding.text
    if any(mention.name for mention in understanding.units):
        return any(pattern.search(text) for pattern in (_ASKS_TASKS, _NOT_LISTED, _ONLY_THAT))
    named_here = any(mention.surface in text for mention in understanding.units)
    return named_here and (bool(_ASKS_TASKS.search(text)) or _about_units_alone(understanding))


def _about_units_alone(understanding: Understanding) -> bool:
    """Whether nothing is left of a question without its units and the words that frame it."""
    text = understanding.text
    for mention in understanding.units:
        text = text.replace(mention.surface, "")
    return not _FRAME.sub("", text)


def compose_unit_list(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """List every clause that names a unit, complete by construction; False where no unit is mentioned.

    Those where it stands first, or those that do not list it, where only these are asked for.
    """
    mentions = request.understanding.units
    unlisted = all(mention.name is None for mention in mentions)
    if not mentions or (unlisted and not request.ledger.units):
        return False
    if _say_common(request, context, builder):
        return True
    _set_against(request, context, builder)
    for mention in mentions:
        if mention.name is None:
            say_unlisted(mention.surface, request, context, builder)
            if unlisted:
                builder.status = Status.NO_EVIDENCE
        elif _NOT_LISTED.search(request.understanding.text) or _lacks_among(mention, request):
            _list_without(mention.name, request, context, builder)
        else:
            _list_unit(mention.name, request, context, builder)
    return True


def _say_common(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """List the clauses that list both of two units, where only these are asked for."""
    names = [mention.name for mention in request.understanding.units if mention.name]
    if len(names) != _TWO or not _TOGETHER.search(request.understanding.text):
        return False
    theirs = {entry.clause_id for entry in request.ledger.naming(names[1])}
    both = [entry for entry in request.ledger.naming(names[0]) if entry.clause_id in theirs]
    key = "listing.common" if both else "listing.common_none"
    text = context.messages(key, first=names[0], second=names[1], count=len(both))
    builder.add(SentenceKind.LEAD, text, both, [], [len(both)] if both else [])
    for entry in both:
        builder.add(SentenceKind.ITEM, entry.clause.heading_path, [entry], [title_of(entry.clause)])
        say_unit_line(entry, context, builder)
    return True


def _set_against(request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Say of two units how many clauses list each, or that the same ones list both."""
    names = [mention.name for mention in request.understanding.units if mention.name]
    if len(names) != _TWO or not _COMPARED.search(request.understanding.text):
        return
    ours, theirs = (request.ledger.naming(name) for name in names)
    cited = list({entry.clause_id: entry for entry in (*ours, *theirs)}.values())
    same = [entry.clause_id for entry in ours] == [entry.clause_id for entry in theirs]
    key = "listing.same" if same else "listing.counts"
    text = context.messages(key, first=names[0], second=names[1], ours=len(ours), theirs=len(theirs))
    builder.add(SentenceKind.LEAD, text, cited, [], [len(ours), len(theirs)])


def _list_without(name: str, request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """List the clauses with responsible units that do not list one, or those of the list before (其中)."""
    if request.understanding.among:
        _list_without_among(name, request, context, builder)
        return
    places = {entry.clause_id: entry for entry in request.ledger.units if entry.rank == 1}
    held = {entry.clause_id for entry in request.ledger.naming(name)}
    lacking = [place for clause_id, place in places.items() if clause_id not in held]
    text = context.messages("listing.lead_without", unit=name, count=len(lacking), all=len(places))
    builder.add(SentenceKind.LEAD, text, lacking, [], [len(lacking), len(places)])
    for place in lacking:
        builder.add(SentenceKind.ITEM, place.clause.heading, [place], [place.clause.heading])


def _lacks_among(mention: UnitMention, request: ComposeRequest) -> bool:
    """Whether it is asked which of the clauses listed before do not list a unit: 其中哪些没有市科技局."""
    asked = request.understanding
    said = conditions_in(asked.text, [(mention.surface, mention.name or "")]) if asked.among else ()
    return any(not one.holds for one in said)


def _list_without_among(name: str, request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    listed = [request.ledger.by_id[one] for one in request.understanding.among]
    lacking = [place for place in listed if name not in [unit.name for unit in place.clause.units]]
    key, cited = ("listing.among_without", lacking) if lacking else ("listing.among_all", listed)
    text = context.messages(key, unit=name, count=len(cited))
    builder.add(SentenceKind.LEAD, text, cited, [], [len(cited)])
    for place in cited:
        builder.add(SentenceKind.ITEM, place.clause.heading_path, [place], [title_of(place.clause)])
        say_unit_line(place, context, builder)


def _list_unit(name: str, request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    entries = request.ledger.naming(name) or request.ledger.including(name)
    among = tuple(entry for entry in entries if entry.clause_id in request.understanding.among)
    if among:
        text = context.messages("listing.among", unit=name, count=len(among))
        builder.add(SentenceKind.LEAD, text, among, [], [len(among)])
        for entry in among:
            builder.add(SentenceKind.ITEM, entry.clause.heading_path, [entry], [title_of(entry.clause)])
            say_unit_line(entry, context, builder)
        return
    if not entries:
        say_unlisted(name, request, context, builder)
        return
    umbrella = entries[0].unit.umbrella
    first = tuple(entry for entry in entries if entry.rank == 1)
    leading, taking = len(first), len(entries) - len(first)
    shown = entries
    if umbrella:
        lead = context.messages("listing.lead_umbrella", unit=name, count=len(entries))
        builder.add(SentenceKind.LEAD, lead, entries, [], [len(entries)])
    elif first and _NOT_FIRST.search(request.understanding.text):
        shown = tuple(entry for entry in entries if entry.rank != 1)
        lead = context.messages("listing.lead", unit=name, count=len(entries), leading=leading, taking=taking)
        builder.add(SentenceKind.LEAD, lead, entries, [], [len(entries), leading, taking])
    elif first and _FIRST_ALONE.search(request.understanding.text):
        shown = first
        lead = context.messages("listing.lead_first", unit=name, leading=leading, taking=taking)
        builder.add(SentenceKind.LEAD, lead, first, [], [leading, taking])
    else:
        lead = context.messages("listing.lead", unit=name, count=len(entries), leading=leading, taking=taking)
        builder.add(SentenceKind.LEAD, lead, entries, [], [len(entries), leading, taking])
    wants_contents = bool(_ASKS_TASKS.search(request.understanding.text))
    for entry in shown:
        list_entry(entry, context, builder)
        if len(shown) <= _FEW_ENTRIES or (len(shown) <= _SOME_ENTRIES and wants_contents):
            _tell_entry(entry, context, builder)
    if not umbrella:
        _also_umbrella(name, request, context, builder)
    source = next((entry for entry in entries if entry.unit.includes), None)
    if source is not None:
        text = context.messages("listing.includes", includes="含" + "、".join(source.unit.includes))
        builder.add(SentenceKind.UNITS, text, [source])


def _tell_entry(entry: UnitEntry, context: Context, builder: DraftBuilder) -> None:
    """Quote what a clause of a short list says, and name all its units: with whom, and what for."""
    builder.quote(entry, body_text(entry.clause.text))
    say_unit_line(entry, context, builder)


def list_entry(entry: UnitEntry, context: Context, builder: DraftBuilder) -> None:
    """List a clause of a unit with the place that it has there."""
    heading = entry.clause.heading_path
    quoted = [title_of(entry.clause)]
    if entry.unit.umbrella:
        text = context.messages("listing.item_umbrella", heading=heading)
        builder.add(SentenceKind.ITEM, text, [entry], quoted)
    elif entry.rank == 1:
        text = context.messages("listing.item_first", heading=heading)
        builder.add(SentenceKind.ITEM, text, [entry], quoted)
    else:
        text = context.messages("listing.item_named", heading=heading, rank=entry.rank)
        builder.add(SentenceKind.ITEM, text, [entry], quoted, [entry.rank])


def _also_umbrella(name: str, request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Tell umbrella clauses apart: a district under 各区县政府, a department under 市级相关部门."""
    district = bool(_DISTRICT.search(name.removesuffix("政府"))) or name.endswith(("县政府", "区政府"))
    counts: dict[str, int] = {}
    for entry in request.ledger.units:
        if entry.unit.umbrella and ("区县" in entry.unit.name) == district:
            counts[entry.unit.name] = counts.get(entry.unit.name, 0) + 1
    if not district and not name.endswith(_DEPARTMENTS):
        return
    for umbrella, count in counts.items():
        text = context.messages("listing.also_umbrella", count=count, umbrella=umbrella, unit=name)
        builder.add(SentenceKind.NOTE, text, [], [], [count])
