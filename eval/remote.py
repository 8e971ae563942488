"""Asks a running server the golden questions, over the address that people use for the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.ledger import Ledger
from assistant.models import Answer, Citation, Trace
from eval.errors import ServerError
from eval.golden import Golden, GoldenRecord, golden_digest
from eval.runs import DocumentInfo, Manifest
from eval.statistics import SEED
from vectorstore.corpus import corpus_digest
from vectorstore.models import Document

ASK, ABOUT = "/api/ask", "/api/about"
_TIMEOUT_S = 120.0
_LONGEST_REPLY = 8_000_000
_SHOWN = 200

Reply = TypeVar("Reply", bound=BaseModel)


class _Cited(BaseModel):
    """A citation as the batch contract writes it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    document_id: str
    title: str
    path: str
    heading_path: str
    text: str
    quotes: tuple[str, ...]
    digest: str
    excerpt: bool = False
    url: str | None = None


class _Given(BaseModel):
    """An answer as the server gives it: the batch contract's, with the trace."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    status: str
    text: str
    citations: tuple[_Cited, ...]
    notices: tuple[str, ...]
    elapsed_ms: float = Field(ge=0)
    trace: Trace

    def answer(self) -> Answer:
        """Return the answer; citations stand in the order of their markers, from 1."""
        cited = [
            Citation(marker=marker, **one.model_dump()) for marker, one in enumerate(self.citations, start=1)
        ]
        fields = self.model_dump(exclude={"citations", "trace"})
        return Answer.model_validate({**fields, "citations": cited, "trace": self.trace})


class ServerAbout(BaseModel):
    """What a server says of itself."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    app: str
    embedding: str
    model: str | None
    documents: tuple[DocumentInfo, ...]


class Server:
    """A running server of the page."""

    def __init__(self, client: httpx.Client) -> None:
        """Take a client whose base address is the server's."""
        self._client = client

    @property
    def address(self) -> str:
        """Where it is, without a user or password."""
        return str(self._client.base_url.copy_with(userinfo=b"")).rstrip("/")

    def about(self) -> ServerAbout:
        """Return what answers there.

        Raises:
            ServerError: It cannot be reached, or is no server of this program.
        """
        return self._call("GET", ABOUT, None, ServerAbout)

    def ask(self, record: GoldenRecord, day: date) -> Answer:
        """Return the answer to a record, asked on a day.

        Raises:
            ServerError: There is none.
        """
        body = {
            "turns": record.turns,
            "audience": record.audience.value,
            "as_of": day.isoformat(),
            "trace": True,
        }
        return self._call("POST", ASK, body, _Given).answer()

    def _call(self, method: str, path: str, body: object, kind: type[Reply]) -> Reply:
        try:
            with self._client.stream(method, path, json=body) as response:
                content = _bounded(response, self.address)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ServerError(f"问不到 {self.address}{path}:{error or type(error).__name__}。") from error
        if response.status_code != httpx.codes.OK:
            said = content[:_SHOWN].decode("utf-8", "replace")
            raise ServerError(f"{self.address}{path} 答复 {response.status_code}:{said}")
        try:
            return kind.model_validate_json(content)
        except ValidationError as error:
            raise ServerError(f"{self.address}{path} 的答复不合格式,是不是别的程序或别的版本?") from error


class OverHttp:
    """Asks a server golden questions, several at once, on the day that each was asked."""

    def __init__(self, server: Server, day: date, jobs: int) -> None:
        """Take the server, the day of questions that name none, and how many are asked at once."""
        self._server = server
        self._day = day
        self._jobs = jobs

    def __call__(self, records: Sequence[GoldenRecord]) -> Iterator[Answer]:
        """Yield one answer a record, in their order."""
        pool = ThreadPoolExecutor(self._jobs)
        try:
            yield from pool.map(self._answer, records)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _answer(self, record: GoldenRecord) -> Answer:
        return self._server.ask(record, record.as_of or self._day)


@contextmanager
def open_server(url: str) -> Iterator[Server]:
    """Give a server at an address `http://host:port`; proxies and redirects are not followed.

    Raises:
        ServerError: The address is none.
    """
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise ServerError(f"{url} 不是网址:{error}。请写成 http://主机:端口。") from error
    if address.scheme not in {"http", "https"} or not address.host:
        raise ServerError(f"{url} 不是网址。请写成 http://主机:端口。")
    with httpx.Client(base_url=address, timeout=_TIMEOUT_S, trust_env=False) as client:
        yield Server(client)


def describe_server(
    server: Server, questions: Sequence[Golden], documents: Sequence[Document], day: date
) -> Manifest:
    """Return the manifest of a run that asks a server; what it says of itself takes the place of ours.

    Args:
        server: who is asked.
        questions: the golden questions.
        documents: the documents that their evidence was found in.
        day: the day of questions that name none.

    Raises:
        ServerError: A document that the questions are about is not there, or in other words.
    """
    about, ours = server.about(), {one.document_id: one.digest for one in documents}
    theirs = {one.document_id: one.digest for one in about.documents}
    wanted = sorted({one.record.document_id for one in questions})
    other = [name for name in wanted if theirs.get(name) != ours.get(name)]
    if other:
        raise ServerError(
            f"{server.address} 收录的 {'、'.join(other)} 与金标所依据的不同(没有,或文字不一样),"
            "评不了。请在该服务上重新入库。"
        )
    return Manifest(
        golden_digest=golden_digest(questions),
        corpus_digest=corpus_digest(about.documents),
        n_questions=len(questions),
        day=day,
        documents=about.documents,
        unit_names=Ledger(documents).unit_names,
        settings={"server": server.address},
        versions={"huxz": about.app},
        prompts={},
        model=about.model or "",
        embedding=about.embedding,
        commit="未知",
        seed=SEED,
    )


def _bounded(response: httpx.Response, address: str) -> bytes:
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > _LONGEST_REPLY:
            raise ServerError(f"{address} 的答复超过 {_LONGEST_REPLY} 字节。")
    return bytes(content)
