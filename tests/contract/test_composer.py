"""What every Composer keeps to: sentences that hold, statuses that are answers, the request left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.composing.chat import ChatComposer
from assistant.composing.request import Composer, ComposeRequest
from assistant.composing.verbatim import VerbatimComposer
from assistant.ledger import Ledger
from assistant.models import Audience, SentenceKind, Status
from assistant.understanding import Detail, Route, Understanding, UnitMention
from tests.fakes.composing import (
    VOUCHER,
    found_for,
    make_request,
    plan_context,
    plan_ledger,
    plan_verifier,
    reply,
    scripted,
)
from vectorstore.models import SearchResult

GOOD = reply(
    "answered",
    ("文件提出通过发放算力券、模型券,加大优惠算力供给。", ["S1"], ["加大优惠算力供给"]),
)
LIE = reply("answered", ("每家企业可以领取算力券50万元,立即到账。", ["S1", "S8"], ["每家企业50万元"]))


def _verbatim() -> Composer:
    return VerbatimComposer(plan_context())


def _chat(text: str) -> Composer:
    return ChatComposer(scripted(text), plan_context(), _verbatim(), plan_verifier())


@pytest.fixture(params=["verbatim", "chat", "chat with a liar", "chat with a broken model"])
def composer(request: pytest.FixtureRequest) -> Composer:
    makers: dict[str, Callable[[], Composer]] = {
        "verbatim": _verbatim,
        "chat": lambda: _chat(GOOD),
        "chat with a liar": lambda: _chat(LIE),
        "chat with a broken model": lambda: _chat("{"),
    }
    return makers[request.param]()


@pytest.mark.parametrize("route", [Route.CONTENT, Route.SUPPORT, Route.UNIT, Route.DEFINITION, Route.COMPARE])
@pytest.mark.parametrize("detail", [Detail.ANY, Detail.MONEY, Detail.PROCEDURE, Detail.UNIT])
def test_every_sentence_holds_against_the_clauses_that_it_cites(
    composer: Composer, route: Route, detail: Detail
) -> None:
    draft = composer.compose(make_request("算力券怎么领?", VOUCHER, route=route, detail=detail))
    kept, rejections = plan_verifier().verify(draft)
    assert rejections == () and kept.sentences


def test_an_answer_shows_its_evidence_verbatim(composer: Composer) -> None:
    draft = composer.compose(make_request("算力券有什么用?", VOUCHER))
    assert draft.status is Status.ANSWERED
    quotes = [quote for one in draft.sentences if one.kind is SentenceKind.QUOTE for quote in one.quotes]
    assert any("算力" in quote for quote in quotes)


def test_a_detail_that_is_not_written_is_said_to_be_missing(composer: Composer) -> None:
    draft = composer.compose(make_request("算力券一张多少钱?", VOUCHER, detail=Detail.MONEY))
    assert draft.status is Status.UNSPECIFIED
    assert plan_context().messages("gap.money") in [one.text for one in draft.sentences]


def test_a_list_of_a_unit_is_complete(composer: Composer) -> None:
    understanding = Understanding(
        original="市数据局要做哪些事?", text="市数据局要做哪些事?", route=Route.UNIT_LIST, detail=Detail.LIST,
        units=(UnitMention(surface="市数据局", name="市数据局"),),
    )  # fmt: skip
    result = SearchResult(clauses=found_for(VOUCHER), coverage=1)
    draft = composer.compose(ComposeRequest(understanding, result, plan_ledger(), Audience.STAFF))
    items = [one for one in draft.sentences if one.kind is SentenceKind.ITEM]
    assert len(items) == len(plan_ledger().naming("市数据局"))


def test_nothing_found_is_no_evidence(composer: Composer) -> None:
    understanding = Understanding(original="月亮有多远?", text="月亮有多远?")
    result = SearchResult(clauses=(), coverage=0)
    draft = composer.compose(ComposeRequest(understanding, result, Ledger(()), Audience.CITIZEN))
    assert draft.status is Status.NO_EVIDENCE


def test_a_composer_has_a_name_and_says_the_same_twice(composer: Composer) -> None:
    request = make_request("算力券有什么用?", VOUCHER)
    assert composer.name
    assert composer.compose(request) == composer.compose(request)
