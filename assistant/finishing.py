"""Verified draft -> Answer: text with markers, citations, notices, trace."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.banners import Banners
from assistant.composing.context import Context
from assistant.ledger import Ledger
from assistant.models import Answer, AnswerEvent, Draft, Sentence, SentenceKind, Status, Trace
from assistant.referring import with_references
from assistant.rendering import number_citations, render_lines
from assistant.splitting import put_beside
from vectorstore.models import Document

if TYPE_CHECKING:
    from assistant.pipeline import Journey

logger = logging.getLogger(__name__)
_SUBSTANCE = frozenset({SentenceKind.LEAD, SentenceKind.QUOTE, SentenceKind.ITEM, SentenceKind.UNITS})


class Finisher:
    """Numbers citations, adds notices, writes the trace line."""

    def __init__(self, context: Context, ledger: Ledger) -> None:
        self._context = context
        self._ledger = ledger
        self._banners = Banners(context, ledger)

    def finish(self, journey: Journey) -> Answer:
        """Return the answer of a journey through the pipeline."""
        if journey.advice is not None:
            return self._advised(journey, journey.advice)
        draft = journey.draft
        if draft is None:
            return self.failed(journey.started)
        sentences, status = self._settled(draft, bool(journey.rejections))
        citations = number_citations(sentences, self._ledger.by_id, self._banners.titles)
        answer = Answer(
            status=status,
            text="".join(render_lines(sentences, citations, self._banners.labels)),
            citations=citations,
            notices=self._notices(draft, sentences, journey),
            elapsed_ms=round(1000 * (time.perf_counter() - journey.started), 2),
            trace=_trace(journey, draft),
        )
        if journey.beside is not None and status in (Status.ANSWERED, Status.UNSPECIFIED):
            answer = put_beside(answer, journey.beside)
        answer = with_references(answer, self._ledger.by_id)
        logger.info("%s", _trace_line(answer))
        return answer

    def _advised(self, journey: Journey, advice: Answer) -> Answer:
        """Return the graded list for an enterprise, with the notices on what it cites and its trace."""
        cited = {citation.document_id for citation in advice.citations}
        standing = [
            self._validity(document, journey)
            for document in self._ledger.documents
            if document.document_id in cited
        ]
        answer = advice.model_copy(
            update={
                "notices": (*standing, *advice.notices, self._context.messages("notice.generated")),
                "elapsed_ms": round(1000 * (time.perf_counter() - journey.started), 2),
                "trace": _trace(journey, Draft(status=advice.status, sentences=())).model_copy(
                    update={"composer": "advisor"}
                ),
            }
        )
        answer = with_references(answer, self._ledger.by_id)
        logger.info("%s", _trace_line(answer))
        return answer

    def failed(self, started: float) -> Answer:
        """Return what is said when the system has a fault."""
        text = self._context.messages("refusal.failed")
        return Answer(
            status=Status.FAILED, text=text, elapsed_ms=round(1000 * (time.perf_counter() - started), 2)
        )

    def pieces(self, answer: Answer) -> Iterator[AnswerEvent]:
        """Yield an answer's text line by line."""
        for line in answer.text.splitlines(keepends=True):
            yield AnswerEvent(kind="text", text=line)

    def _settled(self, draft: Draft, rejected: bool) -> tuple[tuple[Sentence, ...], Status]:
        """Return what is left to say: an answer of which nothing of substance is left is no answer."""
        answered = draft.status in (Status.ANSWERED, Status.UNSPECIFIED)
        if rejected and answered and not any(one.kind in _SUBSTANCE for one in draft.sentences):
            text = self._context.messages("refusal.no_evidence")
            return (Sentence(kind=SentenceKind.NOTE, text=text),), Status.NO_EVIDENCE
        return draft.sentences, draft.status

    def _notices(self, draft: Draft, sentences: tuple[Sentence, ...], journey: Journey) -> tuple[str, ...]:
        notices = list(draft.notices)
        if journey.understanding and journey.understanding.language == "en":
            notices.append(self._context.messages("notice.english"))
        cited = {clause_id.rsplit(":", 1)[0] for one in sentences for clause_id in one.clause_ids}
        if journey.validity is not None:
            cited |= {document.document_id for document in journey.validity.documents}
        documents = [self._ledger.by_document[one] for one in self._ledger.by_document if one in cited]
        notices += [self._validity(document, journey) for document in documents]
        notices += self._asked_for(journey, documents)
        notices.append(self._context.messages("notice.generated"))
        return tuple(notices)

    def _asked_for(self, journey: Journey, documents: Sequence[Document]) -> list[str]:
        """Return that the answer is for another day than today, or of texts that came out after it."""
        asked = journey.asked
        if asked is None or not (journey.question.as_of or asked.day != self._context.today()):
            return []
        late = documents and not any(self._banners.was_out(one, asked.day) for one in documents)
        key = "notice.as_of_unpublished" if late else "notice.as_of"
        return [self._context.messages(key, day=asked.day.isoformat())]

    def _validity(self, document: Document, journey: Journey) -> str:
        """Return what people must know of how a document stands on the day asked."""
        day = journey.asked.day if journey.asked else self._context.today()
        return self._banners.banner(document, day)


def _trace(journey: Journey, draft: Draft) -> Trace:
    understanding, result = journey.understanding, journey.result
    return Trace(
        route=understanding.route.value if understanding else "",
        detail=understanding.detail.value if understanding else "",
        legs=tuple(leg.name for leg in journey.legs),
        retrieved=tuple(found.clause_id for found in result.clauses) if result else (),
        scores=tuple(round(found.score, 4) for found in result.clauses) if result else (),
        confidence=round(journey.confidence, 4) if result else None,
        rejected=tuple(rejection.reason for rejection in journey.rejections),
        composer=journey.composer,
        model=draft.model,
        prompt_hash=draft.prompt_hash,
        fallback=draft.fallback,
        dropped_sources=draft.dropped_sources,
        timings_ms=journey.timings,
    )


def _trace_line(answer: Answer) -> str:
    trace = answer.trace.model_dump(mode="json")
    return json.dumps({"status": answer.status.value, "ms": answer.elapsed_ms, **trace}, ensure_ascii=False)
