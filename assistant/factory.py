"""Builds the assistant from its settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from assistant.clock import Clock
from assistant.composing.chat import ChatComposer
from assistant.composing.context import Context
from assistant.composing.request import Composer
from assistant.composing.verbatim import VerbatimComposer
from assistant.entities import UnitNames
from assistant.feedback.masking import Masker
from assistant.finishing import Finisher
from assistant.guarding import Guard
from assistant.judging import Judge
from assistant.ledger import Ledger
from assistant.lexicon import FOLDER, load_lexicon
from assistant.llm import ChatModel, LlmSettings, build_chat_model
from assistant.marking import Marker
from assistant.matching import Matcher
from assistant.pipeline import Parts, Pipeline
from assistant.reading import QuestionReader, document_texts, matching_texts
from assistant.rewriting import ModelRewriter
from assistant.routing.classifier import Router
from assistant.routing.scope import load_questions, load_scope
from assistant.searching import Searcher
from assistant.serving import LivePipeline
from assistant.settings import AssistantSettings, RootSettings
from assistant.support.advising import Advisor
from assistant.support.desk import Desk
from assistant.support.factory import MESSAGES as SUPPORT_MESSAGES
from assistant.support.factory import build_desk
from assistant.verification import Verifier
from assistant.verifying.standings import Shelf
from assistant.wordings import Wordings
from prompts.loader import load_messages
from vectorstore.embeddings import StaticEmbedder
from vectorstore.everyday import everyday_questions
from vectorstore.factory import Index, open_index
from vectorstore.protocols import Retriever


@dataclass(frozen=True)
class Assistant:
    """The built assistant: its pipeline and the index that it answers from."""

    pipeline: LivePipeline
    index: Index

    @property
    def ledger(self) -> Ledger:
        """The facts of the documents that serve now."""
        return self.pipeline.ledger

    @property
    def desk(self) -> Desk:
        """What matches enterprises to the support of the documents that serve now."""
        return self.pipeline.current().desk


def build_assistant(settings: RootSettings) -> Assistant:
    """Return the assistant over the serving index.

    Raises:
        IndexMissingError: nothing has been ingested yet.
        AssistantError: a lexicon or the router's weights do not fit.
    """
    index = open_index(settings.vectorstore)
    model = _build_model(settings.assistant)

    def build(ledger: Ledger) -> Pipeline:
        return build_pipeline(ledger, index.retriever, model, settings.assistant)

    return Assistant(pipeline=LivePipeline(index, build), index=index)


def build_pipeline(
    ledger: Ledger, retriever: Retriever, model: ChatModel | None, settings: AssistantSettings
) -> Pipeline:
    """Return the pipeline over the documents of a ledger."""
    context, reader = build_reader(ledger, settings, ModelRewriter(model) if model else None)
    clock = Clock(context.today)
    context = replace(context, today=clock)
    desk = build_desk(ledger, StaticEmbedder())
    clauses = {clause_id: place.clause for clause_id, place in ledger.by_id.items()}
    places = load_lexicon(settings.lexicons or FOLDER).places
    judge = Judge(load_scope(), context, ledger)
    shelf = Shelf(ledger.by_document, ledger.standing)
    verifier = Verifier(clauses, ledger.unit_names, context.today, shelf)
    return Pipeline(
        Parts(
            guard=Guard(context, ledger, settings.max_question_length),
            reader=reader,
            searcher=Searcher(
                retriever,
                ledger,
                settings.k,
                judge.confidence,
                places,
                desk.reader.wanted,
                judge.threshold,
            ),
            judge=judge,
            composer=_build_composer(model, context, verifier),
            ledger=ledger,
            verifier=verifier,
            marker=Marker(context, ledger),
            finisher=Finisher(context, ledger),
            advisor=Advisor(desk, load_messages(SUPPORT_MESSAGES)),
            desk=desk,
            clock=clock,
            context=context,
        )
    )


def build_reader(
    ledger: Ledger, settings: AssistantSettings, rewriter: ModelRewriter | None = None
) -> tuple[Context, QuestionReader]:
    """Return the shared context and the reader of questions over a ledger."""
    lexicon = load_lexicon(settings.lexicons or FOLDER)
    embedder = StaticEmbedder()
    texts = list(document_texts(ledger))
    matcher = Matcher(embedder, matching_texts(texts), everyday_questions())
    wordings = Wordings(texts, load_questions(), lexicon.english, lexicon.synonyms)
    units = UnitNames(ledger.unit_names, lexicon.unit_aliases)
    context = Context(
        messages=load_messages(),
        matcher=matcher,
        today=_clock(settings),
        counties=lexicon.places.counties,
        places=lexicon.places.huzhou,
        classes=lexicon.unit_classes,
        official=wordings.official,
    )
    masker = Masker(ledger.public_numbers)
    reader = QuestionReader(Router(), wordings, units, lexicon.places, ledger, matcher, rewriter, masker)
    return context, reader


def _clock(settings: AssistantSettings) -> Callable[[], date]:
    fixed = settings.today
    return date.today if fixed is None else lambda: fixed


def _build_model(settings: AssistantSettings) -> ChatModel | None:
    if settings.llm is None:
        return None
    return build_chat_model(
        LlmSettings(
            model=settings.llm,
            base_url=settings.llm_base_url,
            api_key=settings.llm_api_key,
            timeout_s=settings.llm_timeout_s,
            max_retries=settings.llm_max_retries,
        )
    )


def _build_composer(model: ChatModel | None, context: Context, verifier: Verifier) -> Composer:
    verbatim = VerbatimComposer(context)
    return verbatim if model is None else ChatComposer(model, context, verbatim, verifier)
