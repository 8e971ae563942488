"""Builds the feedback store, and the keeper that the page hands its answers to."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path

from assistant.feedback.database import open_engine
from assistant.feedback.keeping import FeedbackKeeper
from assistant.feedback.masking import Masker
from assistant.feedback.records import Versions
from assistant.feedback.settings import FeedbackSettings
from assistant.feedback.store import FeedbackStore, SqlFeedbackStore
from assistant.ledger import Ledger
from vectorstore.corpus import corpus_digest

_PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def open_store(settings: FeedbackSettings, data_dir: Path) -> FeedbackStore:
    """Return the store of kept questions and votes, its tables up to date.

    Raises:
        FeedbackStoreError: The database cannot be opened.
    """
    return SqlFeedbackStore(open_engine(settings.url(data_dir)))


def build_keeper(
    store: FeedbackStore, settings: FeedbackSettings, ledger: Callable[[], Ledger], embedding: str
) -> FeedbackKeeper:
    """Return the keeper over a store; `ledger` gives the documents that serve at the moment."""

    @lru_cache(maxsize=1)
    def versions(serving: Ledger) -> Versions:
        return Versions(app=app_version(), corpus=corpus_digest(serving.documents), embedding=embedding)

    @lru_cache(maxsize=1)
    def masker(serving: Ledger) -> Masker:
        return Masker(serving.public_numbers)

    return FeedbackKeeper(store, settings, lambda: versions(ledger()), lambda: masker(ledger()))


@cache
def app_version() -> str:
    """Return the version of the program, installed or run from its folder."""
    try:
        return metadata.version("huxz")
    except metadata.PackageNotFoundError:
        project = tomllib.loads(_PROJECT.read_text("utf-8")) if _PROJECT.is_file() else {}
        return str(project.get("project", {}).get("version", "未知"))
