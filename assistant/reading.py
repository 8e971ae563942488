"""Reads a question: wordings, route, asked detail, what it mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.conversation import (
    context_of,
    is_elliptic,
    points_back,
    subject_of,
    told_in,
    topic_of,
    topics_of,
)
from assistant.entities import UnitNames, find_elsewhere, find_quantities, names_home
from assistant.feedback.masking import Masker
from assistant.framing import subject_matter
from assistant.leaning import LEANING_WEIGHT, Leaning, routes_of
from assistant.ledger import Ledger
from assistant.lexicon import Places
from assistant.matching import Matcher
from assistant.matters import matters_in
from assistant.mentions import Mentions
from assistant.models import Question
from assistant.normalizing import han_share, spell_out
from assistant.phrases import ASKED_FOR, ATTRIBUTES, things_of
from assistant.rewriting import ModelRewriter
from assistant.routing.classifier import Router, Routing
from assistant.seeking import looked_for
from assistant.understanding import IN_SCOPE, Detail, Route, Understanding, UnitMention
from assistant.wordings import Wordings
from vectorstore.models import QueryLeg

_MOSTLY_HAN = 0.3
_COAXING = re.compile("[吧呗][。!!~]*$")
_SENTENCE = re.compile("[^。;!?\n]+[。;!?]?")
_SHORTEST_SENTENCE = 5
_ASKS = re.compile("[??吗呢]|什么|哪|谁|几|多少|怎么|有没有|能不能|是不是|可不可以|啥|咋")
_LEANING_SHORT = 14
_LONGEST_GREETING = 12
_META_AT = 0.35
_BARE_WEIGHT = 0.1
"""Of a follow-up that names no subject (谁管这个, 电话多少): what it asks counts in the route, next to
nothing in the search, which is about what the conversation is about."""
_GREETED = re.compile(
    r"^(?P<first>[^~~,,。!!;;\s]+)[~~,,。!!;;\s]+(?:对了|那个|话说|然后|还有)?[,,]?(?P<rest>.{4,})$",
    re.DOTALL,
)
_PLAINLY = 0.9
"""Probability of lying outside from which a turn is judged by itself, whatever was spoken of before."""
_HARDLY = 0.15
_AWAY = 0.75
"""And that suffices where a follow-up names only matters of one's own life."""
_PART_WEIGHTS = {
    "question": 1.0,
    "previous": 0.5,
    "pinyin": 1.0,
    "english": 1.0,
    "corrected": 0.6,
    "synonym": 0.05,
    "rewritten": 1.0,
}


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
        self._places = places
        self._mentions = Mentions(tuple(document_texts(ledger)), units, places, matcher)
        self._rewriter = rewriter
        self._masker = masker or Masker()

    def read(self, question: Question) -> Understanding:
        """Return the last turn understood, with the earlier turns that it leans on."""
        original = question.turns[-1]
        text, language = self._in_chinese(self._masker.without(spell_out(self._asking(original))))
        routing = self._router.route(text)
        back = self._leaning(question.turns, text, routing.inside)
        routes, details = routes_of(text, routing, back)
        whole = " ".join([text, *back.context])
        rewritten = self._rewriter.rewrite(question.turns) if self._rewriter and back.context else None
        corrected = self._wordings.corrected(text)
        return Understanding(
            original=original,
            text=text,
            context=back.context,
            route=Route(max(routes, key=lambda name: routes[name])),
            detail=Detail(max(details, key=lambda name: details[name])),
            route_scores=routes,
            detail_scores=details,
            inside=0.0 if self._is_empty(original, language) else self._inside(text, routing.inside, back),
            units=self._units_in((text, *back.context)),
            quantities=find_quantities(text),
            topic=back.topic,
            told=back.told,
            is_bare=back.is_bare,
            leans=back.leans,
            strays=back.strays,
            terms=self._mentions.terms(back.topic if back.is_bare else corrected or text)
            or self._mentions.terms(back.standalone if back.context else whole),
            beside=self._mentions.beside(text) or self._several(text, back.context),
            sought=looked_for(text),
            unwritten=self._mentions.unwritten(text),
            unknown=self._mentions.unknown(text, self._wordings.official),
            elsewhere=find_elsewhere(text, self._places),
            home=names_home(text if back.strays else whole, self._places),
            language=language,
            corrections=(corrected,) if corrected else (),
            official=self._wordings.official(text),
            rewritten=rewritten,
        )

    def _leaning(self, turns: Sequence[str], text: str, inside: float) -> Leaning:
        """Return what the last turn leans on."""
        context = context_of(self._turns(turns), self._mentions.names_subject)
        if not context:
            return Leaning(standalone=text)
        if not (is_elliptic(text) or points_back(text)):
            if self.is_outside(text):
                return Leaning(standalone=text)
            if _away(self._router.route(text)) >= _AWAY and self._mentions.turns_away(text):
                return Leaning(standalone=text, is_away=True)
        told = told_in(context)
        is_bare = not self._mentions.names_anything(subject_of(text)) or (
            bool(told) and self._mentions.names_documents_alone(text)
        )
        topic = topic_of(text, context, self._mentions.is_told_of)
        leans = is_bare or len(text) <= _LEANING_SHORT or not self._mentions.names_subject(text)
        return Leaning(
            context=context,
            told=told,
            topic=topic,
            is_bare=is_bare,
            leans=leans,
            strays=not is_bare and self._mentions.strays(text, inside),
            standalone=f"{subject_of(text)} {topic}" if leans else text,
            before=self._router.route(topic) if leans else None,
        )

    def _several(self, text: str, context: Sequence[str]) -> tuple[str, ...]:
        """Return the things of the two turns before that a follow-up asks about: 这两个分别哪个局带头."""
        topics = topics_of(text, context, self._mentions.is_told_of) if context else ()
        named = [
            max((term for term in self._mentions.terms(topic) if term not in ATTRIBUTES), key=len, default="")
            for topic in reversed(topics)
        ]
        return tuple(named) if len(set(named)) > 1 and all(named) else ()

    def _units_in(self, turns: Sequence[str]) -> tuple[UnitMention, ...]:
        """Return the units of the first of the turns that names any."""
        return next((found for turn in turns if (found := self._mentions.units_in(turn))), ())

    @property
    def units(self) -> UnitNames:
        """The units that the documents name."""
        return self._mentions.units

    def names_subject(self, text: str) -> bool:
        """Whether a text names something that the documents tell of."""
        return self._mentions.names_subject(text)

    def _is_empty(self, original: str, language: str) -> bool:
        """Whether an English question names nothing that the documents could tell of."""
        known = self._wordings.from_english(spell_out(original)) if language == "en" else None
        return language == "en" and not (known and (things_of(known) or self._mentions.is_told_of(known)))

    def is_outside(self, text: str) -> bool:
        """Whether a text by itself is plainly of something else than the documents: 今天下雨不."""
        plain = spell_out(text)
        if (
            self._mentions.is_told_of(plain)
            or any(word in plain for word in ATTRIBUTES | ASKED_FOR)
            or matters_in(plain)
        ):
            return False
        routing = self._router.route(plain)
        return _away(routing) >= _PLAINLY and routing.inside <= _HARDLY

    def _turns(self, turns: Sequence[str]) -> tuple[str, ...]:
        """Return the turns without greetings and thanks before the last: nothing leans on those."""
        *earlier, last = turns
        return (*(turn for turn in earlier if not self._is_small_talk(turn)), last)

    def _asking(self, turn: str) -> str:
        """Return a turn without the thanks or greeting that it begins with, where the rest is told of."""
        match = _GREETED.match(turn)
        if (
            match
            and self._is_small_talk(match["first"])
            and self._mentions.is_told_of(spell_out(match["rest"]))
        ):
            return match["rest"]
        return turn

    def _is_small_talk(self, turn: str) -> bool:
        text = spell_out(turn)
        if len(text) > _LONGEST_GREETING or self._mentions.is_told_of(text):
            return False
        return self._router.route(text).routes[Route.META] >= _META_AT

    def _inside(self, text: str, alone: float, back: Leaning) -> float:
        """Return how likely a question is inside: as a whole, or in the sentence of it that asks.

        With what was told before it, where that was told for it; as the mean with what it leans on, unless it
        turns to something else.
        """
        if back.is_away:
            return 0.0
        if back.told:
            alone = self._router.route(f"{back.told},{text}").inside
        elif back.before is not None and not back.strays:
            return (alone + back.before.inside) / 2
        plain = _COAXING.sub("", text)
        if plain and plain != text:
            alone = min(alone, self._router.route(plain).inside)
        sentences = [one for one in _SENTENCE.findall(text) if len(one) >= _SHORTEST_SENTENCE]
        if len(sentences) < 2:
            return alone
        return max([alone, *(self._router.route(one).inside for one in sentences if _ASKS.search(one))])

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
        leaning = bool(understanding.context) and understanding.leans
        weight = _BARE_WEIGHT if understanding.is_bare else LEANING_WEIGHT if leaning else 1.0
        asked = subject_matter(text, of_units=understanding.route is Route.UNIT)
        legs = [QueryLeg(text=english or asked, weight=weight, name="question")]
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


def _away(routing: Routing) -> float:
    """Return the probability that a text by itself asks nothing of the documents."""
    return sum(share for route, share in routing.routes.items() if route not in IN_SCOPE)


def matching_texts(texts: Sequence[str]) -> list[str]:
    """Return the lines of texts, for the rarity of words."""
    return [line for text in texts for line in re.split("[。;\n]", text) if line.strip()]
