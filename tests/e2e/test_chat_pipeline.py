"""The whole pipeline over a chat model's server: what it lies about never reaches the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pydantic import SecretStr

from assistant.composing.chat import ChatComposer
from assistant.composing.request import Composer, ComposeRequest
from assistant.composing.verbatim import VerbatimComposer
from assistant.factory import build_reader
from assistant.finishing import Finisher
from assistant.guarding import Guard
from assistant.judging import Verdict
from assistant.llm import LlmSettings, build_chat_model
from assistant.marking import Marker
from assistant.models import Answer, Draft, Question, Sentence, SentenceKind, Status
from assistant.pipeline import Parts, Pipeline
from assistant.searching import Searcher
from assistant.settings import AssistantSettings
from assistant.understanding import Detail, Route, Understanding
from tests.e2e.openai_server import OpenAiServer, openai_server
from tests.e2e.test_chat_model import GOOD, LEAD, LIES
from tests.fakes.composing import TODAY, VOUCHER, found_for, plan_ledger, plan_verifier, reply
from vectorstore.models import RetrievalQuery, SearchResult

QUESTION = "算力券有什么用?"


class FixedRetriever:
    """A Retriever that always finds the clause of the vouchers."""

    def retrieve(self, query: RetrievalQuery, k: int) -> SearchResult:
        return SearchResult(clauses=found_for(VOUCHER), coverage=1)


class FixedJudge:
    """Takes every question for one about content."""

    def judge(self, understanding: Understanding, result: SearchResult) -> Verdict:
        taken = understanding.model_copy(update={"route": Route.CONTENT, "detail": Detail.ANY})
        return Verdict(understanding=taken, confidence=1)


class Liar:
    """A Composer that checks nothing."""

    name = "liar"

    def compose(self, request: ComposeRequest) -> Draft:
        clause_id = request.result.clauses[0].clause_id
        lie = Sentence(kind=SentenceKind.LEAD, text="每张算力券50万元。", clause_ids=(clause_id,))
        words, cites = "加大优惠算力供给", (clause_id,)
        quote = Sentence(kind=SentenceKind.QUOTE, text=f"「{words}」", clause_ids=cites, quotes=(words,))
        return Draft(status=Status.ANSWERED, sentences=(lie, quote))


@pytest.fixture(scope="module")
def parts() -> Parts:
    ledger = plan_ledger()
    context, reader = build_reader(ledger, AssistantSettings(today=TODAY))
    return Parts(
        guard=Guard(context, ledger, 500), reader=reader, searcher=Searcher(FixedRetriever(), ledger, 3),
        judge=FixedJudge(),  # type: ignore[arg-type]
        composer=VerbatimComposer(context), ledger=ledger, verifier=plan_verifier(),
        marker=Marker(context, ledger), finisher=Finisher(context, ledger), context=context,
    )  # fmt: skip


@pytest.fixture
def server() -> Iterator[OpenAiServer]:
    with openai_server() as running:
        yield running


def _answer(parts: Parts, composer: Composer) -> Answer:
    return Pipeline(replace(parts, composer=composer)).answer(Question(turns=(QUESTION,)))


def _chat(parts: Parts, server: OpenAiServer) -> Composer:
    settings = LlmSettings(
        model="openai:m", base_url=server.url, api_key=SecretStr("sk-secret"), timeout_s=10, max_retries=0
    )
    context = parts.finisher._context
    return ChatComposer(build_chat_model(settings), context, parts.composer, parts.verifier)


def _fallback_notice(parts: Parts) -> str:
    return parts.finisher._context.messages("notice.fallback")


def test_the_models_sentence_goes_out_with_its_clause_and_the_draft_notice(
    parts: Parts, server: OpenAiServer
) -> None:
    server.script.text = GOOD
    answer = _answer(parts, _chat(parts, server))
    assert answer.status is Status.ANSWERED and answer.text.startswith(f"{LEAD}[1]")
    assert answer.citations[0].path == "三/(四)/12" and "加大优惠算力供给" in answer.citations[0].quotes[0]
    assert any("征求意见稿" in notice for notice in answer.notices)
    assert answer.trace.composer == "chat" and answer.trace.model == "openai:m" and answer.trace.prompt_hash


@pytest.mark.parametrize("lie", LIES)
def test_no_lie_reaches_the_answer_which_falls_back_with_a_notice(
    parts: Parts, server: OpenAiServer, lie: str
) -> None:
    server.script.text = reply("answered", LIES[lie])
    answer = _answer(parts, _chat(parts, server))
    plain = _answer(parts, parts.composer)
    assert (answer.text, answer.citations) == (plain.text, plain.citations)
    assert _fallback_notice(parts) in answer.notices and answer.trace.fallback


@pytest.mark.parametrize("mode", ["error", "unauthorized", "hang_up"])
def test_a_model_that_is_down_is_said_in_a_notice(parts: Parts, server: OpenAiServer, mode: str) -> None:
    server.script.mode = mode  # type: ignore[assignment]
    answer = _answer(parts, _chat(parts, server))
    assert answer.status is Status.ANSWERED and _fallback_notice(parts) in answer.notices
    assert "sk-secret" not in answer.model_dump_json()


def test_what_a_composer_leaves_unchecked_the_pipeline_takes_out(parts: Parts) -> None:
    answer = _answer(parts, Liar())
    assert "50万元" not in answer.text and "加大优惠算力供给" in answer.text
    assert answer.trace.rejected
