"""Builds what the evaluations ask and read: documents, golden questions, the assistant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.llm import LlmSettings, build_chat_model
from assistant.settings import RootSettings, load_settings
from eval.asking import Asker, InProcess, InProcesses
from eval.errors import DataError
from eval.generating import GOLDEN_DAY
from eval.judging import ModelJudge
from ingest.document import read_document
from ingest.factory import build_commands
from ingest.settings import load_settings as load_ingest_settings
from ingest.taking import corpus_files
from vectorstore.factory import open_catalog
from vectorstore.models import Document


def shipped_documents() -> tuple[Document, ...]:
    """Return the documents of the index, and of the shipped corpus those that the index lacks."""
    settings = load_ingest_settings()
    found = {one.document_id: one for one in open_catalog(settings.vectorstore).documents()}
    for path in corpus_files(settings.ingest.corpus_dir):
        document = read_document(path, settings.ingest)
        found.setdefault(document.document_id, document)
    return tuple(found.values())


def ensure_documents() -> tuple[Document, ...]:
    """Return the documents of the index, after bringing it up to the shipped corpus.

    Raises:
        DataError: The shipped corpus cannot be taken in.
    """
    settings = load_ingest_settings()
    commands = build_commands(settings)
    if replace(commands, out=commands.err).ensure(rebuild=False):
        raise DataError("建不了索引:附带的文件有的不能入库,原因见上。")
    return tuple(open_catalog(settings.vectorstore).documents())


def assistant_settings() -> RootSettings:
    """Return the settings of the assistant that is asked, as the environment sets them."""
    return load_settings()


def build_asker(settings: RootSettings, jobs: int) -> Asker:
    """Return what asks the assistant, in this process or in several."""
    day = asking_day(settings)
    return InProcess(settings, day) if jobs == 1 else InProcesses(settings, day, jobs)


def build_judge(settings: RootSettings) -> ModelJudge:
    """Return the judge over the chat model that the settings name.

    Raises:
        ModelError: They name none, or it cannot be built.
    """
    section = settings.assistant
    model = build_chat_model(
        LlmSettings(
            model=section.llm,
            base_url=section.llm_base_url,
            api_key=section.llm_api_key,
            timeout_s=section.llm_timeout_s,
            max_retries=section.llm_max_retries,
        )
    )
    return ModelJudge(model)


def asking_day(settings: RootSettings) -> date:
    """Return the day that questions without `as_of` are asked on."""
    return settings.assistant.today or GOLDEN_DAY


def default_run(commit: str, folder: Path) -> Path:
    """Return the folder of the next run: a number that is free, and the commit it judges."""
    taken = [int(path.name.split("-")[0]) for path in folder.glob("[0-9][0-9][0-9]*-*")]
    return folder / f"{max(taken, default=0) + 1:03d}-{commit.rstrip('+')}"
