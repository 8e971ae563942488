"""Settings of ingest; the root that the command line reads composes the sections it needs."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import BaseSettings

from ingest.chat import DraftingSettings
from ingest.datafiles import SHIPPED
from ingest.errors import SettingsError
from ingest.formats.limits import ReadingLimits
from ingest.syncing.settings import SyncSettings
from vectorstore import errors
from vectorstore.environment import SOURCES, read_settings
from vectorstore.settings import VectorStoreSettings

SentenceChunks = Literal["all", "long", "none"]


class IngestSettings(BaseModel):
    """The section HUXZ_INGEST__..."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_file_bytes: int = Field(default=20_000_000, gt=0, description="larger files are refused; bytes")
    reading: ReadingLimits = Field(default=ReadingLimits(), description="what one file may take to be read")
    corpus_dir: Path = Field(default=SHIPPED, description="folder of the documents that `ensure` ingests")
    sentence_chunks: SentenceChunks = Field(
        default="long",
        description="clauses whose sentences are chunks of their own: all; long: of plans, and long "
        "articles of laws; none",
    )
    drafting: DraftingSettings = Field(
        default=DraftingSettings(), description="chat model that drafts glosses; unset: none"
    )
    sync: SyncSettings = Field(default=SyncSettings(), description="how official sites are visited")
    glosses_dir: Path = Field(default=SHIPPED / "glosses", description="folder of <document_id>.yaml glosses")
    wordings_dir: Path = Field(
        default=SHIPPED / "wordings", description="folder of <document_id>.yaml everyday wordings"
    )


class Settings(BaseSettings):
    """What `python -m ingest` reads: its own section and that of the index."""

    model_config = SOURCES

    ingest: IngestSettings = IngestSettings()
    vectorstore: VectorStoreSettings = VectorStoreSettings()


def load_settings() -> Settings:
    """Return the settings of the process, from its environment and the file `.env` of the working folder.

    Raises:
        SettingsError: names the key that is misspelt or whose value does not fit.
    """
    try:
        return read_settings(Settings)
    except errors.SettingsError as error:
        raise SettingsError(str(error)) from error
