"""Reads a question: wordings, route, asked detail, what it mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from assistant.conversation import context_of, subject_of, topic_of
from assistant.entities import UnitNames, find_elsewhere, find_quantities, names_home
from assistant.feedback.masking import Masker
from assistant.ledger import Ledger
from assistant.lexicon import Places
from assistant.matching import Matcher
from assistant.models import Question
from assistant.normalizing import han_share, spell_out
from assistant.phrases import (
    ATTRIBUTES,
    DOCUMENTS,
    is_name,
    looked_for,
    names_a_thing,
    side_by_side,
    tagged,
    things_of,
)
from assistant.rewriting import ModelRewriter
from assistant.routing.classifier import Router
from assistant.understanding import Detail, Route, Understanding
from assistant.wordings import Wordings
from vectorstore.models import QueryLeg

_MOSTLY_HAN = 0.3
_PAUSE = re.compile("[,。;、!?,;!?\\s]+")
_SENTENCE = re.compile("[^。;!?\n]+[。;!?]?")
_SHORTEST_SENTENCE = 5
_ASKS = re.compile("[??吗呢]|什么|哪|谁|几|多少|怎么|有没有|能不能|是不是|可不可以|啥|咋")
_LEANING_SHORT = 14
_LEANING_WEIGHT = 0.5
_BARE_SHARE = 0.75
_BARE_WEIGHT = 0.1
"""Of a follow-up that names no subject (谁管这个, 电话多少): what it asks counts in the route, next to
nothing in the search, which is about what the conversation is about."""
_SHORTEST_TERM = 2
_LONGEST_TERM = 14
_RARE_ENOUGH = 1.2
_OURS = frozenset({"湖州", "湖州市", "全市"})
_SUBJECT = 6.0
_DETAILS = {
    "电话": Detail.PHONE,
    "号码": Detail.PHONE,
    "联系方式": Detail.PHONE,
    "地址": Detail.PLACE,
    "联系人": Detail.PERSON,
    "文号": Detail.STATUS,
}
_DETAIL_NAMED = re.compile(
    f"(?P<name>{'|'.join(_DETAILS)})(?:号码)?(?:是|为|有没有|给|写)?(?:多少|几|啥|什么|哪|谁|吗|呢|$)"
)
_QUOTES = "“”\"'「」《》 "
_PART_WEIGHTS = {
    "question": 1.0,
    "previous": 0.5,
    "pinyin": 1.0,
    "english": 1.0,
    "corrected": 0.6,
    "synonym": 0.05,
    "rewritten": 1.0,
}


_Name = TypeVar("_Name", Route, Detail)


class QuestionReader:
    """Turns a conversation into an Understanding and the legs of its search."""

    def __init__(
        self,
        router: Router,
        wordings: Wordings,
        units: UnitNames,
        places: Places,
        ledger: Ledger,
        matcher: Matcher,
        rewriter: ModelRewriter | None = None,
        masker: Masker | None = None,
    ) -> None:
        self._router = router
        self._wordings = wordings
        self._units = units
        self._places = places
        self._texts = tuple(document_texts(ledger))
        self._matcher = matcher
        self._rewriter = rewriter
        self._masker = masker or Masker()

    def read(self, question: Question) -> Understanding:
        """Return the last turn understood, with the earlier turns that it leans on."""
        original = question.turns[-1]
        text, language = self._in_chinese(self._masker.without(spell_out(original)))
        context = context_of(question.turns, self._names_subject)
        topic = topic_of(text, context, self._is_told_of) if context else ""
        is_bare = bool(context) and not self._names_anything(subject_of(text))
        leaning = is_bare or (bool(context) and len(text) <= _LEANING_SHORT)
        standalone = f"{subject_of(text)} {topic}" if leaning else text
        routing = self._router.route(text)
        before = self._router.route(topic) if leaning else None
        ours = _BARE_SHARE if is_bare else _LEANING_WEIGHT
        routes = _mixed(routing.routes, before.routes if before else None, ours)
        details = _mixed(routing.details, before.details if before else None, ours)
        details.update(_named_detail(text))
        whole = " ".join([text, *context])
        rewritten = self._rewriter.rewrite(question.turns) if self._rewriter and context else None
        corrected = self._wordings.corrected(text)
        return Understanding(
            original=original,
            text=text,
            context=context,
            route=Route(max(routes, key=lambda name: routes[name])),
            detail=Detail(max(details, key=lambda name: details[name])),
            route_scores=routes,
            detail_scores=details,
            inside=(routing.inside + before.inside) / 2 if before else self._inside(text, routing.inside),
            units=next((found for turn in (text, *context) if (found := self._units.find(turn))), ()),
            quantities=find_quantities(text),
            topic=topic,
            is_bare=is_bare,
            terms=self._terms(topic if is_bare else corrected or text)
            or self._terms(standalone if context else whole),
            beside=self._beside(text),
            sought=looked_for(text),
            unwritten=self._unwritten(text),
            elsewhere=find_elsewhere(text, self._places),
            home=names_home(text, self._places),
            language=language,
            corrections=(corrected,) if corrected else (),
            official=self._wordings.official(text),
            rewritten=rewritten,
        )

    def _inside(self, text: str, whole: float) -> float:
        """Return how likely a question is inside: as a whole, or in the sentence of it that asks."""
        sentences = [one for one in _SENTENCE.findall(text) if len(one) >= _SHORTEST_SENTENCE]
        if len(sentences) < 2:
            return whole
        return max([whole, *(self._router.route(one).inside for one in sentences if _ASKS.search(one))])

    def _in_chinese(self, text: str) -> tuple[str, str]:
        if han_share(text) >= _MOSTLY_HAN or not any(character.isalpha() for character in text):
            return text, "zh"
        spoken = self._wordings.from_pinyin(text)
        if spoken:
            return spoken, "pinyin"
        english = self._wordings.from_english(text)
        return (f"{text} {english}", "en") if english else (text, "en")

    def legs(self, understanding: Understanding) -> tuple[QueryLeg, ...]:
        """Return the wordings to search for; the first is always the question itself."""
        text = understanding.text
        english = self._wordings.from_english(text) if understanding.language == "en" else None
        leaning = bool(understanding.context) and (understanding.is_bare or len(text) <= _LEANING_SHORT)
        weight = _BARE_WEIGHT if understanding.is_bare else _LEANING_WEIGHT if leaning else 1.0
        legs = [QueryLeg(text=english or text, weight=weight, name="question")]
        parts: list[tuple[str, str | None]] = [
            ("corrected", understanding.corrections[0] if understanding.corrections else None),
            ("synonym", understanding.official),
            ("rewritten", understanding.rewritten),
        ]
        if understanding.language == "zh":
            parts.append(("english", self._wordings.from_english(text)))
        if understanding.context:
            own = "" if understanding.is_bare else f"{subject_of(text)} "
            parts.append(("previous", f"{own}{understanding.topic}"))
        weights = {**_PART_WEIGHTS, "previous": 1.0 if leaning else _PART_WEIGHTS["previous"]}
        legs += [QueryLeg(text=part, weight=weights[name], name=name) for name, part in parts if part]
        return tuple(legs)

    def _terms(self, text: str) -> tuple[str, ...]:
        """Return the longest pieces of the question that stand in the documents, most telling first."""
        for mention in self._units.find(text):
            text = text.replace(mention.surface, ",")
        found = [name for name in side_by_side(text) if self._stands(name)]
        found += self._terms_in(text)
        ranked = sorted(dict.fromkeys(found), key=self._telling, reverse=True)
        return tuple(term for term in ranked if self._telling(term) >= _RARE_ENOUGH)

    def _terms_in(self, text: str) -> list[str]:
        return [term for part in _PAUSE.split(text) for term in self._terms_of(part)]

    def _terms_of(self, text: str) -> list[str]:
        words = tagged(text)
        found: list[str] = []
        start = 0
        while start < len(words):
            for end in range(len(words), start, -1):
                piece = "".join(word.text for word in words[start:end]).strip(_QUOTES)
                fits = _SHORTEST_TERM <= len(piece) <= _LONGEST_TERM and is_name(words[start:end])
                if fits and self._stands(piece):
                    found.append(piece)
                    start = end - 1
                    break
            start += 1
        return found

    def _names_subject(self, text: str) -> bool:
        """Whether a text names a unit, or a word that tells much of the documents and is no attribute."""
        return bool(self._units.find(text)) or any(
            term not in ATTRIBUTES and self._telling(term) >= _SUBJECT for term in self._terms(text)
        )

    def _is_told_of(self, text: str) -> bool:
        """Whether a text names a unit or any word of the documents that is no attribute of something."""
        return any(term not in ATTRIBUTES for term in self._terms(text)) or bool(self._units.find(text))

    def _names_anything(self, text: str) -> bool:
        """Whether a text names a unit or anything else that is no attribute of something."""
        return names_a_thing(text) or self._is_told_of(text)

    def _beside(self, text: str) -> tuple[str, ...]:
        """Return the things side by side where the question begins with them, else it is about others."""
        names = side_by_side(text)
        ahead = things_of(text[: text.find(names[0])]) if names else ()
        return () if any(thing not in DOCUMENTS and thing not in _OURS for thing in ahead) else names

    def _unwritten(self, text: str) -> tuple[str, ...]:
        """Return the places of the region that a question names and the documents do not."""
        named = [place for place in sorted(self._places.huzhou, key=len) if place in text]
        shortest = [one for one in named if not any(other != one and other in one for other in named)]
        return tuple(place for place in shortest if not self._stands(place))

    def _stands(self, piece: str) -> bool:
        return any(piece in text for text in self._texts)

    def _telling(self, term: str) -> float:
        return self._matcher.weight(term)


def _mixed(
    ours: Mapping[_Name, float], before: Mapping[_Name, float] | None, share: float
) -> dict[str, float]:
    """Return the probabilities of a turn, mixed with those of what it leans on."""
    if before is None:
        return {str(name): value for name, value in ours.items()}
    return {str(name): share * value + (1 - share) * before[name] for name, value in ours.items()}


def _named_detail(text: str) -> dict[str, float]:
    """Return the probabilities of details that a question asks for by name: 电话多少 asks for no sum."""
    match = _DETAIL_NAMED.search(text)
    return {_DETAILS[match["name"]].value: 1.0, Detail.MONEY.value: 0.0} if match else {}


def document_texts(ledger: Ledger) -> Iterable[str]:
    """Yield the texts of all citable clauses, of the explained documents alone where there are any.

    What is telling of those must not change with every law that is put beside them.
    """
    explained = ledger.explained
    return (
        place.clause.text
        for place in ledger.places
        if not explained or place.document.document_id in explained
    )


def matching_texts(texts: Sequence[str]) -> list[str]:
    """Return the lines of texts, for the rarity of words."""
    return [line for text in texts for line in re.split("[。;\n]", text) if line.strip()]
