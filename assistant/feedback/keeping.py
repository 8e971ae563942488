"""Keeps what the page answers and what visitors think of it, off the answer's way.

One worker thread masks and writes, in order; `keep` takes microseconds and never raises. A fault of the
database is logged, never shown to who asked, and never costs an answer.
"""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as WaitedTooLongError
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import token_hex
from threading import BoundedSemaphore

from assistant.feedback.errors import FeedbackError
from assistant.feedback.masking import Masker
from assistant.feedback.records import CitedClause, NewQuestion, NewVote, Reason, Source, Verdict, Versions
from assistant.feedback.settings import FeedbackSettings
from assistant.feedback.store import FeedbackStore
from assistant.models import Answer, Question

logger = logging.getLogger(__name__)

_DAY = timedelta(days=1)
_VOTE_TIMEOUT_S = 10.0
_REMEMBERED = 500
"""Answers that may still be voted on where questions are not kept."""

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class FeedbackKeeper:
    """Keeps questions and votes in a store, masked."""

    def __init__(
        self,
        store: FeedbackStore,
        settings: FeedbackSettings,
        versions: Callable[[], Versions],
        masker: Callable[[], Masker],
        clock: Clock = _now,
    ) -> None:
        """Take the store, and what gives the serving versions and the masker that knows their telephones."""
        self._store = store
        self.settings = settings
        self._versions = versions
        self._masker = masker
        self._clock = clock
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="feedback")
        self._room = BoundedSemaphore(settings.queue_size)
        self._unvoted: OrderedDict[str, NewQuestion] = OrderedDict()
        self._forgot_at: datetime | None = None

    def keep(self, question: Question, answer: Answer) -> str:
        """Return the receipt of an answer, with which it can be voted on; it is kept a moment later."""
        receipt = token_hex(16)
        if not self._room.acquire(blocking=False):
            logger.warning("a question was not kept: %d are waiting to be written", self.settings.queue_size)
            return ""
        kept = self._worker.submit(self._keep, receipt, question, answer, self._clock())
        kept.add_done_callback(_told)
        return receipt

    def rate(
        self, receipt: str, answer: Answer, verdict: Verdict, reason: Reason | None = None, comment: str = ""
    ) -> bool:
        """Keep a vote; False where the answer is not known or the database is at fault."""
        opinion = (verdict, reason, comment)
        voted = self._worker.submit(self._rate, receipt, answer, opinion, self._clock())
        voted.add_done_callback(_told)
        try:
            return voted.exception(timeout=_VOTE_TIMEOUT_S) is None and voted.result()
        except WaitedTooLongError:
            _trace("vote", f"waited longer than {_VOTE_TIMEOUT_S:.0f} s for the database")
            return False

    def close(self) -> None:
        """Write what waits, then release the database."""
        self._worker.shutdown(wait=True)
        self._store.close()

    def _keep(self, receipt: str, question: Question, answer: Answer, asked_at: datetime) -> None:
        try:
            kept = self._masked(receipt, question, answer, asked_at)
            if self.settings.keep_questions:
                self._store.keep([kept])
            else:
                self._remember(kept)
            self._forget_old(asked_at)
        except FeedbackError as error:
            _trace("question", str(error))
        finally:
            self._room.release()

    def _rate(
        self, receipt: str, answer: Answer, opinion: tuple[Verdict, Reason | None, str], at: datetime
    ) -> bool:
        try:
            unvoted = self._unvoted.get(receipt)
            if unvoted is not None:
                self._store.keep([unvoted])
            return self._store.vote(receipt, answer_digest(answer), self._vote(answer, *opinion, at))
        except FeedbackError as error:
            _trace("vote", str(error))
            return False

    def _masked(self, receipt: str, question: Question, answer: Answer, asked_at: datetime) -> NewQuestion:
        mask = self._masker()
        versions = self._versions()
        return NewQuestion(
            receipt=receipt,
            asked_at=asked_at,
            turns=tuple(mask(_storable(turn)) for turn in question.turns),
            audience=question.audience,
            status=answer.status,
            elapsed_ms=answer.elapsed_ms,
            found_first=next(iter(answer.trace.retrieved), None),
            citations=tuple(
                CitedClause(document_id=one.document_id, path=one.path, digest=one.digest)
                for one in answer.citations
            ),
            versions=versions.model_copy(update={"model": answer.trace.model}),
            answer_digest=answer_digest(answer),
        )

    def _vote(
        self, answer: Answer, verdict: Verdict, reason: Reason | None, comment: str, at: datetime
    ) -> NewVote:
        mask = self._masker()
        return NewVote(
            verdict=verdict,
            reason=reason,
            comment=mask(_storable(comment[: self.settings.max_comment_chars]).strip()),
            voted_at=at,
            text=mask(_storable(answer.text)),
            sources=tuple(
                Source.model_validate(one.model_dump(include=set(Source.model_fields)))
                for one in answer.citations
            ),
            notices=answer.notices,
        )

    def _remember(self, kept: NewQuestion) -> None:
        self._unvoted[kept.receipt] = kept
        while len(self._unvoted) > _REMEMBERED:
            self._unvoted.popitem(last=False)

    def _forget_old(self, now: datetime) -> None:
        days = self.settings.retention_days
        if days == 0 or (self._forgot_at is not None and now - self._forgot_at < _DAY):
            return
        self._forgot_at = now
        forgotten = self._store.forget(now - timedelta(days=days))
        if forgotten:
            logger.info("deleted %d questions older than %d days", forgotten, days)


def answer_digest(answer: Answer) -> str:
    """Return the SHA-256 of what an answer says and cites; the trace does not count."""
    said = answer.model_dump(include={"status", "text", "citations", "notices"})
    return sha256(json.dumps(said, default=str).encode("ascii")).hexdigest()


def _storable(text: str) -> str:
    """Return a text without what PostgreSQL cannot hold: NUL and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _told(done: Future[bool] | Future[None]) -> None:
    """Log a fault that nobody waits for."""
    fault = done.exception()
    if fault is not None:
        logger.error("a question or vote was not kept", exc_info=fault)


def _trace(what: str, why: str) -> None:
    line = {"kept": False, "what": what, "why": why}
    logger.warning("%s", json.dumps(line, ensure_ascii=False))
