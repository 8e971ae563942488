"""Corrects what a question wrongly takes for granted: a number, a unit in the lead, a document in force."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.consultation import say_status
from assistant.composing.context import Context
from assistant.composing.goals import value_of
from assistant.composing.numbers import named_target
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.subjects import is_of, names_something, thing_of, things_counted
from assistant.composing.units import say_units
from assistant.composing.years import correct_years
from assistant.dates import YEAR
from assistant.ledger import LedgerEntry, sentence_around
from assistant.models import SentenceKind
from assistant.phrases import ATTRIBUTES, first_thing, things_of
from assistant.scoping import wants_exactly
from assistant.understanding import Quantity, Route
from vectorstore.models import RetrievedClause

_LEADS = re.compile("牵头|第一|首位|主管|主责|头一个|挑头|打头|排头|领衔|一家发|一家管")
_ASKING = re.compile("谁|哪个|哪家|哪些|哪几|什么|多少|几条|吗.*还是")
_IN_FORCE = re.compile(
    "(?:已经|已|都|正式|早就).{0,14}(?:施行|实施|生效|执行|印发|出台|发布了|通过|下发|(?<!不)落地)|(?:施行|实施|生效|执行|印发|出台)了(?!没|吗|么|嘛|不|[??])"
)
_OPEN = re.compile(
    "(?:了|过)?(?:没有?|吗还是没有?|不)[??呀啊呢]*$|有没有|是否|是不是已|(?:了|过)没(?!错)|有无"
)
"""Whether it is in force is asked, and not taken for granted: 正式生效了没."""
_COUNTED_IN = frozenset({"家", "个", "亿元"})
"""规上企业300亿: a sum said of what is counted is as wrong as another count."""
_MONEY_UNITS = frozenset({"元", "万元", "亿元", "千元", "%"})
_UNITS = frozenset({"单位", "部门", "责任单位"})
_LOCAL_LEVELS = frozenset({"市", "区县"})
_ROUGHLY = re.compile("^(?:以上|以下|左右|多|来|余)?的?")
_OF_A_TOTAL = re.compile("加起来|合起来|合计|总共|一共|共计|加在一起")
"""A total of several goals is no goal of one."""
_MEANING = re.compile("(?:是指|指的是|是)(?:什么|啥)")
_CLAUSE_END = re.compile("[,。;!?]")
_GIVEN = re.compile("补|奖|给|发|领|拿|资助|扶持|支持|返|券|贴|免|拨|出|规定|写")
_GIVES = re.compile("补|奖|给|资助|贴|返")
_OWN_MONEY = re.compile(
    "手头|手里|兜里|投了?|投入|花了?|买|租|设备|贷款?|借|差|缺|注册资本|资产|营收|产值|年收|利润|成本|预算|欠|身家|融资|融了|研发费"
)


def correct_number(
    request: ComposeRequest, entries: tuple[LedgerEntry, ...], context: Context, builder: DraftBuilder
) -> bool:
    """Correct a number in the question that differs from the ledger's for the same thing; whether it did."""
    if _is_of_no_year(request) or _OF_A_TOTAL.search(request.understanding.text):
        return False
    if correct_years(request, context, builder) or _correct_things(request, context, builder):
        return True
    if _MEANING.search(request.understanding.text):
        return False
    things = things_counted(request.understanding)
    targets = [
        entry
        for entry in entries
        if entry.target and (not things or any(is_of(one, entry, context) for one in things))
    ]
    return _correct_loose(request, targets, context, builder) or _correct_year(
        request, targets, context, builder
    )


def _correct_loose(
    request: ComposeRequest, targets: list[LedgerEntry], context: Context, builder: DraftBuilder
) -> bool:
    """Correct the first number that is said of no thing by name and that no goal of its unit has."""
    quantities = request.understanding.quantities
    meant = named_target(request, context) if quantities and targets else None
    said = {one.number for one in quantities}
    for quantity in quantities:
        if names_something(thing_of(request.understanding.text, quantity.text)):
            continue
        if not _may_be_meant(quantity, request, targets):
            continue
        if meant is not None and _contradicts(quantity, meant, quantities):
            _say_target(meant, context, builder)
            return True
        if meant is None and request.understanding.route is not Route.NUMBER:
            continue
        same_unit = [entry for entry in targets if _alike(entry.unit, quantity.unit)]
        is_right = any(entry.number in said or _named_as_due(quantity, entry) for entry in same_unit)
        if same_unit and not is_right and not _is_of_other_years(same_unit, request):
            text = context.messages("premise.number", value=value_of(same_unit[0]))
            builder.add(SentenceKind.LEAD, text, [same_unit[0]])
            return True
    return False


def _say_target(meant: LedgerEntry, context: Context, builder: DraftBuilder) -> None:
    text = context.messages("premise.target", indicator=meant.indicator, value=value_of(meant))
    builder.add(SentenceKind.LEAD, text, [meant])


def _is_of_no_year(request: ComposeRequest) -> bool:
    """Whether a question speaks of years in which no goal is due: 15 of 2026 is no wrong 30 of 2027."""
    years = YEAR.findall(request.understanding.text)
    dues = "".join(entry.due or "" for entry in request.ledger.targets)
    return bool(years) and not any(year in dues for year in years)


def _is_of_other_years(goals: Sequence[LedgerEntry], request: ComposeRequest) -> bool:
    """Whether a question speaks of a year in which none of some goals is due."""
    years = YEAR.findall(request.understanding.text)
    return bool(years) and not any(year in (goal.due or "") for year in years for goal in goals)


def _correct_things(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Correct each number that a question says of a thing by name and that the ledger has otherwise."""
    corrected = False
    spare = {
        one.number
        for one in request.understanding.quantities
        if not names_something(thing_of(request.understanding.text, one.text))
    }
    for quantity in request.understanding.quantities:
        thing = thing_of(request.understanding.text, quantity.text)
        if not names_something(thing):
            continue
        ledger = request.ledger
        own = [
            entry
            for entry in (*ledger.targets, *ledger.named_counts, *ledger.counts)
            if is_of(thing, entry, context)
        ]
        if any(entry.number in {quantity.number, *spare} for entry in own):
            continue
        goals = [entry for entry in own if entry.target and _alike(entry.unit, quantity.unit)]
        goals = goals or [entry for entry in own if entry.target and quantity.unit in _COUNTED_IN]
        if goals and not _is_of_other_years(goals, request):
            near = context.matcher.similarity(thing, [entry.indicator for entry in goals])
            _say_target(goals[max(range(len(goals)), key=lambda at: near[at])], context, builder)
            corrected = True
    return corrected


def _may_be_meant(quantity: Quantity, request: ComposeRequest, targets: Sequence[LedgerEntry]) -> bool:
    """Whether a number of the question is said of what a target counts: 三个以上单位 is said of none."""
    text = request.understanding.text
    behind = text[text.find(quantity.text) + len(quantity.text) :] if quantity.text in text else ""
    noun = first_thing(_ROUGHLY.sub("", behind))
    if noun in _UNITS:
        return False
    return not noun or noun in ATTRIBUTES or any(noun in sentence_of(entry) for entry in targets)


def sentence_of(entry: LedgerEntry) -> str:
    """Return the sentence that states a target."""
    return sentence_around(entry.clause.text, entry.quote)


def _contradicts(quantity: Quantity, meant: LedgerEntry, said: Sequence[Quantity]) -> bool:
    """Whether a question says another number of a target that it names, and its own nowhere."""
    if not _alike(meant.unit, quantity.unit):
        return False
    return quantity.unit != "" and not any(one.number == meant.number for one in said)


def _correct_year(
    request: ComposeRequest, targets: list[LedgerEntry], context: Context, builder: DraftBuilder
) -> bool:
    years = set(YEAR.findall(request.understanding.text))
    said = {quantity.number for quantity in request.understanding.quantities if quantity.unit != "年"}
    dues = [entry for entry in targets if entry.due]
    dues = [entry for entry in dues if entry.number in said] or dues
    if not years or not dues or any(year in (entry.due or "") for year in years for entry in dues):
        return False
    builder.add(
        SentenceKind.LEAD,
        context.messages(
            "premise.year", indicator=dues[0].indicator, value=value_of(dues[0]), due=dues[0].due or ""
        ),
        [dues[0]],
    )
    return True


def _alike(ours: str, theirs: str) -> bool:
    return ours == theirs or {ours, theirs} <= {"家", "个", "座", "所"} or theirs == ""


def _named_as_due(quantity: Quantity, entry: LedgerEntry) -> bool:
    return quantity.unit == "年" and str(int(quantity.number)) in (entry.due or "")


def correct_lead(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Correct a unit that the question takes for the lead of the best clause; whether it did."""
    text = request.understanding.text
    surfaces = [mention.surface for mention in request.understanding.units]
    if not _LEADS.search(text) or _ASKING.search(text) or wants_exactly(text, surfaces):
        return False
    clause = _clause_with_units(request)
    if clause is None:
        return False
    units = clause.clause.units
    lead = units[0]
    for mention in request.understanding.units:
        claimed = mention.name or mention.surface
        if claimed == lead.name:
            continue
        if lead.umbrella:
            say_units(request.place(clause), context, builder)
            return claimed not in [unit.name for unit in units]
        names = [unit.name for unit in units]
        place = request.place(clause)
        if claimed in names:
            rank = names.index(claimed) + 1
            said = context.messages("premise.lead", lead=lead.name, claimed=claimed, rank=rank)
            builder.add(SentenceKind.LEAD, said, [place], [], [rank])
        else:
            builder.add(
                SentenceKind.LEAD,
                context.messages("premise.lead_absent", lead=lead.name, claimed=claimed),
                [place],
            )
        return True
    return False


def _clause_with_units(request: ComposeRequest) -> RetrievedClause | None:
    return next((found for found in request.result.clauses[:3] if found.clause.units), None)


def takes_for_in_force(text: str) -> bool:
    """Whether the question takes the document for one in force."""
    return bool(_IN_FORCE.search(text)) and not _OPEN.search(text)


def correct_status(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Correct the belief that a draft is in force; whether it did."""
    drafts = [document for document in request.ledger.documents if document.is_draft]
    text = request.understanding.text
    if not drafts or not takes_for_in_force(text):
        return False
    builder.note(context.messages("premise.status"))
    say_status(drafts[:1], request, context, builder)
    return True


def invents_money(request: ComposeRequest) -> bool:
    """Whether the question takes for granted that a sum is given that no document holds.

    What askers say of their own money (手头50万, 设备花了800万) is no such sum.
    """
    texts = [place.clause.text for place in request.ledger.places] + _excerpts_on(request)
    asked = request.understanding.asked
    sums = [quantity for quantity in request.understanding.quantities if quantity.unit in _MONEY_UNITS]
    return any(
        _is_given(quantity, asked)
        and all(f"{quantity.number:g}{quantity.unit}" not in text for text in texts)
        for quantity in sums
    )


def _excerpts_on(request: ComposeRequest) -> list[str]:
    """Return the facts in our own words, of the nation, the province and here, on what is asked about."""
    regions = {document.region or "" for document in request.ledger.documents}
    things = things_of(request.understanding.text)
    return [
        clause.text
        for document in request.ledger.by_document.values()
        if document.is_excerpt and (document.level not in _LOCAL_LEVELS or document.region in regions)
        for clause in document.clauses
        if any(thing in clause.text for thing in things)
    ]


def _is_given(quantity: Quantity, text: str) -> bool:
    """Whether a sum is said to be given by somebody, rather than spent, earned or lacking."""
    before, _, behind = text.partition(quantity.text)
    ahead = _CLAUSE_END.split(before)[-1]
    is_own = _last(_OWN_MONEY, ahead) > _last(_GIVES, ahead)
    return bool(_GIVEN.search(f"{ahead}{quantity.text}{_CLAUSE_END.split(behind)[0]}")) and not is_own


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where a pattern stands last in a text, -1 where it does not."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)
