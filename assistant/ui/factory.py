"""Builds the pages over the assistant, and serves them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from assistant.factory import Assistant
from assistant.feedback.factory import app_version, build_keeper, open_store
from assistant.feedback.keeping import FeedbackKeeper
from assistant.feedback.store import FeedbackStore
from assistant.settings import RootSettings
from assistant.support.factory import MESSAGES
from assistant.support.vocabulary import load_vocabulary
from assistant.ui.api import About, ServingDocument, ask_routes
from assistant.ui.page import build_page
from assistant.ui.ports import DocumentBanner
from assistant.ui.server import serve
from assistant.ui.staff.desk import StaffDesk
from assistant.ui.staff.site import StaffSite, build_site
from assistant.ui.support_form import SupportForm
from assistant.ui.texts import load_texts
from prompts.loader import load_messages


def serve_pages(assistant: Assistant, settings: RootSettings, host: str, port: int) -> None:
    """Serve the chat page, and the staff page where logins are configured, until interrupted.

    Raises:
        PortTakenError: the address is in use, or not one of this machine's.
        FeedbackStoreError: the feedback database cannot be opened.
    """
    with _keeping(assistant, settings) as keeper:
        page = build_page(
            assistant.pipeline,
            _banners(assistant, settings),
            settings.ui,
            keeper=keeper,
            support=_support_form(assistant, settings),
        )
        staff = _staff(assistant, settings) if settings.staff.users else None
        api = ask_routes(assistant.pipeline, settings.ui, lambda: _about(assistant, settings))
        serve(page, host, port, settings.ui, staff, api)


def build_desk(assistant: Assistant, settings: RootSettings, store: FeedbackStore) -> StaffDesk:
    """Return what the staff page reads, over a store."""
    return StaffDesk(
        store,
        lambda: assistant.ledger,
        assistant.index.embedder.embed_passages,
        settings.staff,
        settings.feedback.candidates(settings.vectorstore.data_dir),
    )


def _staff(assistant: Assistant, settings: RootSettings) -> StaffSite:
    store = open_store(settings.feedback, settings.vectorstore.data_dir)
    desk = build_desk(assistant, settings, store)
    return build_site(desk, load_messages("staff_messages"), load_texts(), settings.ui)


@contextmanager
def _keeping(assistant: Assistant, settings: RootSettings) -> Iterator[FeedbackKeeper | None]:
    if not settings.feedback.active:
        yield None
        return
    store = open_store(settings.feedback, settings.vectorstore.data_dir)
    embedding = assistant.index.embedder.name
    keeper = build_keeper(store, settings.feedback, lambda: assistant.ledger, embedding)
    try:
        yield keeper
    finally:
        keeper.close()


def _support_form(assistant: Assistant, settings: RootSettings) -> SupportForm:
    def today() -> date:
        return settings.assistant.today or date.today()

    return SupportForm(lambda: assistant.desk, load_vocabulary(), load_messages(MESSAGES), today)


def _about(assistant: Assistant, settings: RootSettings) -> About:
    return About(
        app=app_version(),
        embedding=assistant.index.embedder.name,
        model=settings.assistant.llm,
        documents=tuple(
            ServingDocument(
                document_id=one.document_id, title=one.title, status=one.status, digest=one.digest
            )
            for one in assistant.ledger.all_documents
        ),
    )


def _banners(assistant: Assistant, settings: RootSettings) -> list[DocumentBanner]:
    today = settings.assistant.today or date.today()
    return [
        DocumentBanner(
            document_id=document.document_id,
            title=document.title,
            status=document.status,
            is_draft=document.is_draft,
            comment_deadline=document.comment_deadline,
            deadline_passed=bool(
                document.comment_deadline and date.fromisoformat(document.comment_deadline) < today
            ),
        )
        for document in assistant.ledger.documents
    ]
