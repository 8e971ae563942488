"""What a sentence of an official text gives for a figure, where nothing else of the text may change it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from assistant.support.amounts import Calculator, Sum
from assistant.support.caps import read_cap
from assistant.support.granting import STATES_SUM, Receiver
from assistant.support.money import exact, say_money, say_rate
from assistant.support.offers import Offer
from assistant.support.profile import Profile
from assistant.support.rates import plain_of
from assistant.support.steps import Rates, Step, Unread
from assistant.support.sums import sum_of
from assistant.support.ticking import State, Tick
from prompts.loader import Messages
from vectorstore.measures import Tier
from vectorstore.models import Clause, ClauseKind

_SENTENCE = re.compile(r"[^。;\n]+")
_NUMBER = re.compile(
    r"^\s*(?:第\s*\S{1,9}?条|[一二三四五六七八九十]{1,3}、|\(\S{1,3}\)|\d{1,2}[.、](?!\d))\s*"
)
_CHANGES = re.compile(
    "[上下]浮|[上下]调|减半|加倍|翻倍|倍|提高|降低|核减|扣减|折算|再给|额外|另行|另给|标准的|为限|[一二三四五六七八九]折"
    "|(?:不超过|不高于|最高|上限|封顶|超过|限额)|比例(?:为|按|调)"
)
_OF_ALL = re.compile(
    r"(?:本(?:办法|政策|细则|意见|措施|通知|条)|上述|以上(?!的)|前述|前款|第[一二三四五六七八九十百\d]{1,4}条|各类|各项|所有|全部)[^。;]{0,24}"
    r"(?:补助|奖励|补贴|资助|标准|比例|金额|额度|资金|政策)"
)
_TOTAL = re.compile(
    "(?:同一|单个|每家|单家|每户|一个|每个)(?:企业|单位|主体|法人|项目)[^。;]*"
    r"(?:不超过|不高于|最高|上限|封顶)[^。;]*?(?P<cap>[\d.,]+[十百千]?[万亿]?元)"
)
_OF_TOTAL = re.compile("累计|合计|总额|各类|各项|所有|全部|本办法|本政策|年度|每年|当年")
_OPEN = (Unread.STEPS, Unread.WORDS)
"""Reasons not to compute that may also keep an enterprise from the sum."""
_CONTRACT = "合同额"
_TEXT = (ClauseKind.CLAUSE, ClauseKind.PARAGRAPH, ClauseKind.ROW, ClauseKind.HEADING)


class TextCalculator:
    """Computes sums of official sentences; what is not understood is said not to be computed, and why."""

    def __init__(self, calculator: Calculator, messages: Messages) -> None:
        self._calculator = calculator
        self._say = messages

    def compute(self, offer: Offer, profile: Profile, figures: Mapping[str, float]) -> Sum | None:
        """Return the sum, or why there is none; None where it is no share of a figure that is known."""
        rates = offer.rates
        to_firms = offer.receiver in (Receiver.FIRM, Receiver.OPEN)
        if rates is None or not to_firms or offer.document.is_draft:
            return None
        told = next((kind for kind in (rates.kind, *rates.near) if kind in figures), None)
        if told is None:
            return None
        figure = figures[told]
        if rates.unread:
            rates = rates.model_copy(update={"base": told})
            return self._unread(rates, figure, rates.unread or Unread.WORDS)
        if rates.kind == _CONTRACT and not set(profile.needs) <= set(offer.needs):
            return self._unread(rates, figure, Unread.WHOSE)
        caps, changes = _around(offer)
        if changes or (_has_parts(rates) and _is_item(offer)):
            return self._unread(rates, figure, Unread.RULES)
        found = (
            self._of_parts(rates, figure, caps) if _has_parts(rates) else self._of_step(rates, figure, caps)
        )
        totals = tuple(_totals(offer))
        if found.high is not None and any(found.high > total for total in totals):
            return self._unread(rates, figure, Unread.RULES)
        return found

    def ticks(self, offer: Offer, found: Sum | None, told: Sequence[Tick]) -> tuple[Tick, ...]:
        """Return what the steps of a sentence mean for its conditions: reached, not reached, or open."""
        rates, text = offer.rates, self._say("tick.step")
        if rates is None or offer.document.is_draft:
            return ()
        if found is not None and not found.reached:
            return (Tick(text=text, state=State.UNMET, why=found.text, by="figures"),)
        if rates.unread in _OPEN and found is not None:
            why = self._say(f"unread.{rates.unread.value}")
            return (Tick(text=text, state=State.CHECK, why=why, blocks=True),)
        bounded = rates.steps and all(step.bounds and step.bounds.low for step in rates.steps)
        if found is None and bounded and not any(tick.asks == "figures" for tick in told):
            why = self._say("tick.unknown")
            return (Tick(text=text, state=State.PAPERS, why=why, asks="figures", blocks=True),)
        return ()

    def _unread(self, rates: Rates, figure: float, why: Unread) -> Sum:
        text = self._say(
            "sum.unread",
            base=rates.base,
            figure=say_money(exact(figure)),
            why=self._say(f"unread.{why.value}"),
        )
        return Sum(base=rates.base, figure=figure, reached=True, unread=True, text=text)

    def _of_step(self, rates: Rates, figure: float, around: Sequence[float]) -> Sum:
        steps = [one for one in rates.steps if one.bounds is None or one.bounds.holds(figure)]
        if not steps:
            return self._missed(rates, figure)
        if len(steps) > 1:
            return self._unread(rates, figure, Unread.STEPS)
        (step,) = steps
        highest = figure * (step.upper or step.rate)
        caps = tuple(dict.fromkeys((*step.caps, *rates.caps, *around)))
        later = [cap for one in rates.steps[-1:] if one is not step and not step.caps for cap in one.caps]
        if any(highest > cap for cap in later) or (len(caps) > 1 and highest > min(caps)):
            return self._unread(rates, figure, Unread.CAPS)
        tier = Tier(
            base=rates.base,
            rate=None if step.at_most else step.rate,
            rate_max=(step.upper or step.rate) if step.at_most else step.upper,
            cap=min(caps, default=None),
        )
        return self._calculator.of_tier(tier, figure)

    def _missed(self, rates: Rates, figure: float) -> Sum:
        bounds = [one.bounds for one in rates.steps if one.bounds]
        least = min((one.low or 0.0 for one in bounds), default=0.0)
        most = max((one.high if one.high is not None else float("inf") for one in bounds), default=0.0)
        if least < figure < most:
            return self._unread(rates, figure, Unread.STEPS)
        key, bound = ("sum.below", least) if figure < least else ("sum.above", most)
        if figure == least:
            key, bound = "sum.not_above", least
        text = self._say(key, base=rates.base, figure=say_money(exact(figure)), bound=say_money(exact(bound)))
        return Sum(base=rates.base, figure=figure, reached=False, text=text)

    def _of_parts(self, rates: Rates, figure: float, around: Sequence[float]) -> Sum:
        parts = list(paid_parts(rates.steps, figure))
        if not parts:
            return self._missed(rates, figure)
        caps = tuple(dict.fromkeys((*rates.caps, *around)))
        own = [cap for step in rates.steps for cap in step.caps]
        total = sum(exact(part) * exact(step.rate) for step, part in parts)
        if (
            any(step.upper or step.at_most for step in rates.steps)
            or any(total > exact(cap) for cap in own)
            or (len(caps) > 1 and total > exact(min(caps)))
            or _overlap(rates.steps)
        ):
            return self._unread(rates, figure, Unread.STEPS)
        shown = "+".join(
            self._say(
                "sum.part",
                low=say_money(exact((step.bounds.low if step.bounds else None) or 0.0)),
                part=say_money(exact(part)),
                rate=say_rate(step.rate),
                product=say_money(exact(part) * exact(step.rate)),
            )
            for step, part in parts
        )
        text = self._say("sum.parts", base=rates.base, figure=say_money(exact(figure)), parts=shown)
        if len(parts) > 1:
            text += self._say("sum.total", total=say_money(exact(float(total))))
        paid = min(float(total), *caps, float(total))
        if caps:
            key = "sum.capped" if paid < float(total) else "sum.within"
            text += self._say(key, cap=say_money(exact(min(caps))), paid=say_money(exact(paid)))
        return Sum(
            base=rates.base, figure=figure, reached=True, low=paid, high=paid, capped=paid < float(total),
            text=text,
        )  # fmt: skip


def paid_parts(steps: Sequence[Step], figure: float) -> Iterator[tuple[Step, float]]:
    """Yield the steps that take a part of a figure, with that part."""
    for step in steps:
        part = step.bounds.part_of(figure) if step.bounds else 0.0
        if part > 0:
            yield step, part


def _has_parts(rates: Rates) -> bool:
    return any(step.is_part for step in rates.steps)


def _overlap(steps: Sequence[Step]) -> bool:
    ends = sorted((one.bounds.low or 0.0, one.bounds.high or float("inf")) for one in steps if one.bounds)
    return any(high > low for (_, high), (low, _) in pairwise(ends))


def _is_item(offer: Offer) -> bool:
    """Whether parts of a figure may go on in another sentence of the same article or list."""
    return _near_text(offer).count("部分") > offer.sentence.count("部分")


def _around(offer: Offer) -> tuple[tuple[float, ...], bool]:
    """Return the caps beside a sentence in its article, and whether something there may change its sum."""
    caps: list[float] = []
    for sentence in _SENTENCE.findall(_near_text(offer)):
        plain = _NUMBER.sub("", plain_of(sentence))
        found = [read_cap(piece) for piece in plain.split(",")]
        stated = [cap for cap in found if cap is not None]
        if stated and len(stated) == len(found):
            caps += stated
        elif _CHANGES.search(plain) and not _is_of_another(plain):
            return (), True
    return tuple(caps), any(_changes_all(clause) for clause in _others(offer))


def _is_of_another(plain: str) -> bool:
    """Whether a sentence gives something of its own, with its own object and its own sum."""
    return bool(re.match("对", plain) and STATES_SUM.search(plain)) and not re.search(
        "标准|比例|上述|前述|再给|额外|提高|[上下]浮|同一|单个|每家", plain
    )


def _changes_all(clause: Clause) -> bool:
    return any(
        _OF_ALL.search(sentence) and _CHANGES.search(sentence) and not _TOTAL.search(sentence)
        for sentence in _plain_sentences(clause)
    )


def _plain_sentences(clause: Clause) -> Iterator[str]:
    yield from (_NUMBER.sub("", plain_of(one)) for one in _SENTENCE.findall(clause.text))


def _totals(offer: Offer) -> Iterator[float]:
    """Yield the most that one enterprise gets by the other articles of the text."""
    for clause in _others(offer):
        for sentence in _plain_sentences(clause):
            found = _TOTAL.search(sentence)
            value = sum_of(found["cap"].removesuffix("元")) if found and _OF_TOTAL.search(sentence) else None
            if value is not None:
                yield value


def _near(offer: Offer) -> Iterator[Clause]:
    """Yield the clause of an offer, those above it and the unnumbered paragraphs beside it."""
    own = offer.clause.path
    parent = own.rpartition("/")[0]
    for clause in offer.document.clauses:
        is_above = own.startswith(f"{clause.path}/") and clause.kind in _TEXT
        is_beside = (
            clause.kind is ClauseKind.PARAGRAPH and bool(parent) and clause.path.startswith(f"{parent}/")
        )
        if clause.path == own or is_above or is_beside or clause.path.startswith(f"{own}/"):
            yield clause


def _near_text(offer: Offer) -> str:
    text = "\n".join(clause.text for clause in _near(offer)).replace(offer.sentence, "\n", 1)
    return "\n".join(line for line in text.splitlines() if not line.strip().startswith("|"))


def _others(offer: Offer) -> Iterator[Clause]:
    near = {clause.path for clause in _near(offer)}
    yield from (one for one in offer.document.clauses if one.kind in _TEXT and one.path not in near)
