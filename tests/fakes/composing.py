"""The shipped plan as what composers are handed, and scripted chat models."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from langchain_core.language_models import FakeListChatModel

from assistant.composing.context import Context
from assistant.composing.request import ComposeRequest
from assistant.ledger import Ledger
from assistant.llm import ChatModel
from assistant.matching import Matcher
from assistant.models import Audience
from assistant.phrases import side_by_side
from assistant.seeking import looked_for
from assistant.understanding import Detail, Route, Understanding
from assistant.verification import Verifier
from ingest.document import read_document
from prompts.loader import load_messages
from tests.fakes.vectorstore import HashingEmbedder
from vectorstore.models import RetrievedClause, ScoredSentence, SearchResult

PLAN = Path("ingest/corpus/huzhou-ai-plan-2025-draft.txt")
TODAY = date(2025, 7, 1)
FUND, VOUCHER = "专项基金", "算力券"


@cache
def plan_ledger() -> Ledger:
    return Ledger([read_document(PLAN)])


@cache
def plan_context() -> Context:
    lines = [place.clause.text for place in plan_ledger().places]
    return Context(load_messages(), Matcher(HashingEmbedder(), lines), lambda: TODAY)


@cache
def plan_verifier() -> Verifier:
    ledger = plan_ledger()
    return Verifier({place.clause_id: place.clause for place in ledger.places}, ledger.unit_names)


def found_for(words: str, k: int = 3) -> tuple[RetrievedClause, ...]:
    """Return the clauses that hold the words, as a search would."""
    document = plan_ledger().documents[0]
    clauses = [one for one in document.clauses if one.numbered and words in one.text][:k]
    return tuple(
        RetrievedClause(
            document_id=document.document_id, clause=clause, rank=rank, score=1 - 0.02 * rank,
            lexical=1.0, dense=0.8, sentences=_sentences(clause.text, clause.start, words),
        )
        for rank, clause in enumerate(clauses, start=1)
    )  # fmt: skip


def _sentences(text: str, start: int, words: str) -> tuple[ScoredSentence, ...]:
    pieces = re.finditer(r"[^。;!?\n]+[。;!?]?", text)
    scored = [
        ScoredSentence(
            start=start + one.start(), end=start + one.end(), text=one.group(),
            score=0.9 if words in one.group() else 0.2,
        )
        for one in pieces
    ]  # fmt: skip
    return tuple(sorted(scored, key=lambda one: -one.score))


def make_request(
    question: str, words: str, *, route: Route = Route.CONTENT, detail: Detail = Detail.ANY, k: int = 3,
    context: Sequence[str] = (),
) -> ComposeRequest:  # fmt: skip
    """Return a question with the clauses that hold the words as its search result."""
    understanding = Understanding(
        original=question, text=question, route=route, detail=detail, context=tuple(context), terms=(words,),
        beside=side_by_side(question), sought=looked_for(question),
    )  # fmt: skip
    result = SearchResult(clauses=found_for(words, k), coverage=1.0)
    return ComposeRequest(understanding, result, plan_ledger(), Audience.ENTERPRISE)


def reply(status: str = "answered", *sentences: tuple[str, Sequence[str], Sequence[str]]) -> str:
    """Return a reply of a model as JSON: sentences of text, sources, quotes."""
    return json.dumps(
        {
            "status": status,
            "sentences": [
                {"text": text, "sources": list(sources), "quotes": list(quotes)}
                for text, sources, quotes in sentences
            ],
        },
        ensure_ascii=False,
    )


def scripted(*replies: str) -> ChatModel:
    """Return a chat model that answers with these texts in turn."""
    return ChatModel(FakeListChatModel(responses=list(replies)), name="fake:scripted", timeout_s=5)
