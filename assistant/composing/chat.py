"""The chat composer: a model words the answer from labelled evidence, and nothing of it goes out unproved."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.composing.briefing import MOST_SOURCES, Source, gather, prompt_hash, render_messages
from assistant.composing.context import Context
from assistant.composing.gaps import missing
from assistant.composing.grounding import find_quote, ungrounded
from assistant.composing.premises import invents_money, takes_for_in_force
from assistant.composing.refusals import refuse
from assistant.composing.request import Composer, ComposeRequest, DraftBuilder
from assistant.errors import ModelError
from assistant.ledger import Place
from assistant.llm import ChatModel
from assistant.models import Draft, Sentence, SentenceKind, Status
from assistant.understanding import Detail, Route
from assistant.verification import Verifier

logger = logging.getLogger(__name__)
_BY_CONSTRUCTION = frozenset({Route.UNIT_LIST, Route.NUMBER, Route.CONTACT})
_REMARKS = frozenset({SentenceKind.NOTE, SentenceKind.ADVICE})
_TOKEN = re.compile(r"S\d+")
_TOKEN_IN_TEXT = re.compile(r"\s*[\[【((]\s*S\d+(?:\s*[,,、]\s*S\d+)*\s*[\]】))]")
_MOST_SENTENCES = 8


class ReplySentence(BaseModel):
    """A sentence of the model."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str = Field(description="one sentence")
    sources: list[str] = Field(description="tokens of the evidence that it rests on, e.g. S1")
    quotes: list[str] = Field(default_factory=list, description="verbatim words of that evidence")


class ComposedReply(BaseModel):
    """What the model is asked for."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    status: Literal["answered", "unspecified", "no_evidence"]
    sentences: list[ReplySentence]


@dataclass(frozen=True)
class Checked:
    """A sentence of the model after it was held against its sources."""

    sentence: Sentence | None
    quotes: tuple[tuple[Place, str], ...]
    dropped: int


class ChatComposer:
    """Lets a chat model word answers; the verbatim composer's draft stands behind every one of them.

    Unit lists, numbers of the ledger, facts of the notice, the state of the document, false premises that
    code can tell and answers that cite more than six clauses are complete by construction: they stay the
    verbatim composer's, unchanged. Of all others the model words the leading sentences. Each must name its
    sources by the tokens it was given and pass the verifier; the quotes stand below as sentences of their
    own, and gaps, advice and remarks are the fixed ones. Where the model fails or nothing of its words holds,
    the verbatim draft goes out with a notice.
    """

    name = "chat"

    def __init__(self, model: ChatModel, context: Context, fallback: Composer, verifier: Verifier) -> None:
        self._model = model
        self._context = context
        self._fallback = fallback
        self._verifier = verifier

    def compose(self, request: ComposeRequest) -> Draft:
        """Return the draft; of the fallback composer, with the reason, where the model's cannot be taken."""
        verbatim = self._fallback.compose(request)
        if _is_by_construction(request, verbatim):
            return verbatim
        try:
            sources = gather(request, verbatim)
            system, material = render_messages(request, sources, self._context.today())
            reply = self._model.ask(system, material, ComposedReply)
            draft = self._draft(reply, request, verbatim, sources)
        except ModelError as error:
            logger.warning("chat composer steps back for the verbatim one: %s", error)
            notices = (*verbatim.notices, self._context.messages("notice.fallback"))
            draft = verbatim.model_copy(update={"notices": notices, "fallback": str(error)})
        return draft.model_copy(update={"model": self._model.name, "prompt_hash": prompt_hash()})

    def _draft(
        self, reply: ComposedReply, request: ComposeRequest, verbatim: Draft, sources: Mapping[str, Source]
    ) -> Draft:
        if reply.status == "no_evidence":
            return refuse(Status.NO_EVIDENCE, "refusal.no_evidence", self._context, request.ledger)
        checked = [self._check(one, sources) for one in reply.sentences[:_MOST_SENTENCES]]
        leads = [one.sentence for one in checked if one.sentence is not None]
        dropped = sum(one.dropped for one in checked)
        logger.info("chat: %d of %d sentences hold, %d sources unknown", len(leads), len(checked), dropped)
        if not leads:
            raise ModelError(f"对话模型 {self._model.name} 的答复没有一句能用所引条款核对")
        builder = DraftBuilder(sentences=list(dict.fromkeys(leads)))
        _quote(leads, checked, sources, builder)
        self._say_gaps(reply, request, verbatim, builder)
        return builder.draft().model_copy(update={"dropped_sources": dropped})

    def _check(self, one: ReplySentence, sources: Mapping[str, Source]) -> Checked:
        tokens = [token for named in one.sources for token in _TOKEN.findall(named) or [named]]
        places = [sources[token].place for token in dict.fromkeys(tokens) if token in sources]
        dropped = sum(1 for token in tokens if token not in sources)
        quotes = tuple(found for quote in one.quotes if (found := find_quote(quote, places)))
        text = " ".join(_TOKEN_IN_TEXT.sub("", one.text).split())
        if not text or not places or (one.quotes and not quotes):
            return self._rejected("quote" if places else "no source", dropped)
        sentence = Sentence(
            kind=SentenceKind.LEAD,
            text=text,
            clause_ids=tuple(place.clause_id for place in places),
            quotes=tuple(quote for _, quote in quotes if quote in text),
        )
        failed = self._verifier.check(sentence)
        reason = failed.reason if failed else ungrounded(text, places)
        return self._rejected(reason, dropped) if reason else Checked(sentence, quotes, dropped)

    def _rejected(self, reason: str, dropped: int) -> Checked:
        logger.warning("a sentence of chat model %s does not hold: %s", self._model.name, reason)
        return Checked(None, (), dropped)

    def _say_gaps(
        self, reply: ComposedReply, request: ComposeRequest, verbatim: Draft, builder: DraftBuilder
    ) -> None:
        """Add the fixed sentences, never the model's words: units, what is not written, whom to ask."""
        places = {place.clause_id: place for place in request.ledger.places}
        named = {clause_id for one in builder.sentences for clause_id in one.clause_ids}
        cited = [places[clause_id].clause.text for clause_id in named]
        detail = request.understanding.detail
        left_open = reply.status == "unspecified" or (
            verbatim.status is Status.UNSPECIFIED and missing(detail, cited)
        )
        gaps = [one for one in verbatim.sentences if one.kind is SentenceKind.GAP]
        if left_open:
            builder.status = Status.UNSPECIFIED
            gaps = gaps or [_gap(detail, self._context)]
        elif not missing(Detail.MONEY, cited):
            gaps = []
        # On the route of units these lines continue a first line that the model has put in words of its own.
        units = [
            one
            for one in verbatim.sentences
            if one.kind is SentenceKind.UNITS
            and named.issuperset(one.clause_ids)
            and request.understanding.route is not Route.UNIT
        ]
        remarks = [one for one in verbatim.sentences if one.kind in _REMARKS]
        builder.sentences.extend([*units, *gaps, *remarks])


def _is_by_construction(request: ComposeRequest, verbatim: Draft) -> bool:
    understanding = request.understanding
    cited = {clause_id for one in verbatim.sentences for clause_id in one.clause_ids}
    return (
        request.validity is not None
        or understanding.route in _BY_CONSTRUCTION
        or understanding.detail is Detail.STATUS
        or verbatim.status not in (Status.ANSWERED, Status.UNSPECIFIED)
        or not 0 < len(cited) <= MOST_SOURCES
        or takes_for_in_force(understanding.text)
        or invents_money(request)
    )


def _quote(
    leads: Sequence[Sentence],
    checked: Sequence[Checked],
    sources: Mapping[str, Source],
    builder: DraftBuilder,
) -> None:
    """Put the evidence below the sentences, clause by clause: the model's quotes, or else the search's."""
    by_clause = {source.place.clause_id: source for source in sources.values()}
    for clause_id in dict.fromkeys(clause_id for lead in leads for clause_id in lead.clause_ids):
        source = by_clause[clause_id]
        given = [quote for one in checked for place, quote in one.quotes if place.clause_id == clause_id]
        for quote in given or source.quotes:
            builder.quote(source.place, quote)


def _gap(detail: Detail, context: Context) -> Sentence:
    return Sentence(kind=SentenceKind.GAP, text=context.messages(f"gap.{detail.value}"))
