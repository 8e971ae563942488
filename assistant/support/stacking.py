"""Whether aid had already excludes a measure: by the words of its text, and never more than they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pydantic import Field

from assistant.matching import pairs
from assistant.normalizing import normalize
from assistant.support.ticking import State, Tick
from prompts.loader import Messages
from vectorstore.measures import Measure
from vectorstore.models import Clause, Document, Record

_SENTENCE = re.compile("[^。;!?\n]+[。;!?]?")
_EXCLUDES = re.compile(
    "不(?:得|再|予|能|可以?|应|可)?(?:重复|叠加|兼得|同时)(?:享受|享有|申报|申请|申领|领取|补助|补贴|奖励|支持|资助|获得|兑现|安排)"
    "|不(?:得|予|能|可以?|可)?(?:重复|叠加|兼得)(?=[,。;))]|$)|不可(?:叠加|兼得)"
    "|就高不(?:就低|重复)|[从择取]高(?:不重复|享受|执行|补助|奖励|兑现)|择[一优](?:享受|申报|申请|执行|补助|奖励|不重复|兑现)"
    "|(?:只能|仅可|限)(?:享受|申报|申领)(?:一次|一项|其中)|已[^。;]{0,40}不再(?:享受|给予|补助|补贴|奖励|资助|支持)"
)
_OF_AID = re.compile("补|奖|资助|扶持|享受|政策|资金|券|贴息")
_HAD = re.compile(
    "(?:已经?|曾经?)(?:享受|享有|获得|获|取得|领取|得到|申领)(?:过|了)?(?P<aid>[^,。;!?]{2,40}?)(?:的|且|,|,|。|;|$)"
)
_PARTLY = re.compile("差额|补足|就高|从高|择|取高|除外|另行|部分")
_OPEN = re.compile("同类|其他|其它|相关|类似|同等|以上|及|或|等")
_LEVELS = {"国家": "国家|中央|部委", "省": "省", "市": "市", "区县": "区|县"}
_FILLING = re.compile(
    "国家级?|中央|部委|全?省级?|全?市级?|区级|县级|区县|[区县]里|里|内|的|财政|政府|级|\\d[\\d.,]*[万亿]?元?|一笔|资金|款"
)
_SAME_AID = 0.6


class Rule(Record):
    """A sentence that excludes aid had elsewhere."""

    text: str = Field(description="verbatim, of an official text; the facts in our own words, of an excerpt")
    place: str = Field(default="", description="heading path of the clause, '' in an excerpt")
    path: str = Field(default="", description="path of the clause in its document, '' in an excerpt")


def rules_of(measure: Measure) -> tuple[Rule, ...]:
    """Return what a measure cannot be combined with, as its facts say."""
    return tuple(Rule(text=text) for text in measure.excludes)


def rules_in(document: Document) -> tuple[Rule, ...]:
    """Return the sentences of an official text that exclude aid had elsewhere."""
    return tuple(rule for clause in document.clauses if clause.numbered for rule in _rules_of_clause(clause))


def _rules_of_clause(clause: Clause) -> tuple[Rule, ...]:
    return tuple(
        Rule(text=sentence, place=clause.heading_path, path=clause.path)
        for sentence in (match.group().strip() for match in _SENTENCE.finditer(clause.text))
        if _EXCLUDES.search(normalize(sentence)) and _OF_AID.search(sentence)
    )


def is_same_aid(rule: str, aid: str) -> bool:
    """Whether a rule plainly excludes this aid: it names aid had, of the same level, for the same thing.

    A rule for the same project, for aid of any kind, or one that leaves a difference to be had is for the
    authority to apply.
    """
    plain, had = normalize(rule), normalize(aid)
    named = _HAD.search(plain)
    if named is None or _PARTLY.search(plain) or _OPEN.search(named["aid"]):
        return False
    levels = _levels(named["aid"])
    if levels and levels != _levels(had):
        return False
    wanted, told = pairs(_FILLING.sub("", named["aid"])), pairs(_FILLING.sub("", had))
    most = max(sum(wanted.values()), sum(told.values()))
    return bool(most) and sum((wanted & told).values()) / most >= _SAME_AID


def _levels(text: str) -> frozenset[str]:
    return frozenset(level for level, words in _LEVELS.items() if re.search(words, text))


class Stacking:
    """Ticks the rules on other aid against what a profile says was had."""

    def __init__(self, needs_in: Callable[[str], Sequence[str]], messages: Messages) -> None:
        """Take what finds the needs that a text names, and the sentences."""
        self._needs_in = needs_in
        self._say = messages

    def ticks(
        self, rules: Sequence[Rule], needs: Sequence[str], received: Sequence[str] | None, *, is_excerpt: bool
    ) -> tuple[Tick, ...]:
        """Return a condition a rule; where the text holds none, that it leaves the aid had open."""
        if not rules:
            return self._silent(needs, received or (), is_excerpt)
        return tuple(self._tick(rule, received) for rule in rules)

    def _tick(self, rule: Rule, received: Sequence[str] | None) -> Tick:
        place = "" if rule.place in rule.text else rule.place
        quoted = self._say("tick.stack_quoted", place=place, text=rule.text)
        text = quoted if rule.path else self._say("tick.stack", text=rule.text)
        if received == ():
            return Tick(text=text, state=State.MET, why=self._say("tick.stack_none"), by="received")
        if not received:
            return Tick(text=text, state=State.CHECK, why=self._say("tick.stack_untold"), asks="received")
        same = [aid for aid in received if is_same_aid(rule.text, aid)]
        if same:
            why = self._say("tick.stack_had", aid="、".join(same))
            return Tick(text=text, state=State.UNMET, why=why, by="received")
        why = self._say("tick.stack_check", aid="、".join(received))
        return Tick(text=text, state=State.CHECK, why=why, by="received", blocks=True)

    def _silent(self, needs: Sequence[str], received: Sequence[str], is_excerpt: bool) -> tuple[Tick, ...]:
        near = [aid for aid in received if not (of := self._needs_in(aid)) or set(of) & set(needs)]
        if not near:
            return ()
        text = self._say("tick.stack_open", aid="、".join(near))
        why = self._say("tick.stack_silent_excerpt" if is_excerpt else "tick.stack_silent")
        return (Tick(text=text, state=State.CHECK, why=why, by="received", blocks=True),)
