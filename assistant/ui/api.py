"""Answers programs over HTTP: POST /api/ask gives what `ask --json` prints, GET /api/about what answers.

Kept apart from the page: what programs ask is not kept for staff, who want to see what people ask.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.batch import answer_json
from assistant.models import Answer, Audience, Question
from assistant.ui.errors import IncompleteAnswerError
from assistant.ui.ports import Assistant
from assistant.ui.settings import UiSettings
from vectorstore.models import Record

_BYTES_PER_CHAR = 12
"""A character outside the basic plane, as JSON escapes it."""
_BYTES_BESIDE = 2000


class AskRequest(Record):
    """A conversation whose last turn is to be answered."""

    turns: tuple[str, ...] = Field(min_length=1, description="what the person said, oldest first")
    audience: Audience = Audience.CITIZEN
    as_of: date | None = Field(default=None, description="the day it is asked on; None: the server's clock")
    trace: bool = Field(default=False, description="whether the answer comes with how it came about")


class ServingDocument(Record):
    """A document that answers rest on."""

    document_id: str
    title: str
    status: str
    digest: str = Field(description="SHA-256 of its text")


class About(Record):
    """What answers at this address."""

    app: str = Field(description="version of the program")
    embedding: str = Field(description="name of the embedding model")
    model: str | None = Field(default=None, description="chat model; None: answers are verbatim")
    documents: tuple[ServingDocument, ...]


def ask_routes(assistant: Assistant, settings: UiSettings, about: Callable[[], About]) -> APIRouter:
    """Return the routes for programs over an assistant, within the page's bounds on size and number."""
    desk = _Desk(assistant, settings)
    routes = APIRouter(prefix="/api")
    routes.add_api_route("/ask", desk.ask, methods=["POST"], response_model=None)
    routes.add_api_route("/about", lambda: about().model_dump(), methods=["GET"], response_model=None)
    return routes


class _Desk:
    """Takes requests; at most `concurrency` are answered at a time, `queue_size` more wait."""

    def __init__(self, assistant: Assistant, settings: UiSettings) -> None:
        self._assistant = assistant
        self._settings = settings
        self._free = asyncio.Semaphore(settings.concurrency)
        self._here = 0

    async def ask(self, request: Request) -> Response:
        """Answer one request."""
        refusal = self._refusal(request)
        if refusal is not None:
            return refusal
        try:
            asked = AskRequest.model_validate_json(await request.body())
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            return _fault(422, f"请求的 {place or '整体'} 不对:{first['msg']}")
        if len(asked.turns) > self._settings.max_turns:
            return _fault(422, f"turns 有 {len(asked.turns)} 句,最多 {self._settings.max_turns} 句")
        if any(len(turn) > self._settings.max_question_chars for turn in asked.turns):
            return _fault(422, f"turns 里有一句超过 {self._settings.max_question_chars} 个字")
        return await self._answered(asked)

    def _refusal(self, request: Request) -> Response | None:
        # a page of another site cannot send this type without asking first, and nobody permits it
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            return _fault(415, "请以 application/json 发送")
        longest = self._settings.max_turns * self._settings.max_question_chars
        if int(request.headers["content-length"]) > longest * _BYTES_PER_CHAR + _BYTES_BESIDE:
            return _fault(413, "请求太大")
        if self._here >= self._settings.concurrency + self._settings.queue_size:
            return _fault(503, "正在作答的太多,请稍后再试")
        return None

    async def _answered(self, asked: AskRequest) -> Response:
        question = Question(turns=asked.turns, audience=asked.audience, as_of=asked.as_of)
        self._here += 1
        try:
            async with self._free:
                answer = await asyncio.to_thread(self._whole, question)
        finally:
            self._here -= 1
        fields: dict[str, Any] = answer_json(answer)
        if asked.trace:
            fields["trace"] = answer.trace.model_dump(mode="json")
        return JSONResponse(fields)

    def _whole(self, question: Question) -> Answer:
        for event in self._assistant.stream(question):
            if event.kind == "done" and event.answer is not None:
                return event.answer
        raise IncompleteAnswerError("the assistant's answer ended before it was whole; see its log")


def _fault(status: int, message: str) -> Response:
    return JSONResponse({"error": message}, status_code=status)
