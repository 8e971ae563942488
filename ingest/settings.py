"""Settings of ingest; the root that the command line reads composes the sections it needs."""

from __future__ import annotations

import os
from pathlib import Path

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as SourceError

from ingest import messages
from ingest.datafiles import SHIPPED
from ingest.errors import SettingsError
from vectorstore.settings import VectorStoreSettings

PREFIX = "HUXZ_"
_ENV_FILE = Path(".env")
_OTHER_SECTIONS = frozenset({"assistant", "eval"})
"""Sections of the packages beside and above, which read and check them themselves."""
_TEST_PREFIX = "test_"


class IngestSettings(BaseModel):
    """The section HUXZ_INGEST__..."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_file_bytes: int = Field(default=20_000_000, gt=0, description="larger files are refused; bytes")
    corpus_dir: Path = Field(default=SHIPPED, description="folder of the documents that `ensure` ingests")
    glosses_dir: Path = Field(default=SHIPPED / "glosses", description="folder of <document_id>.yaml glosses")
    wordings_dir: Path = Field(
        default=SHIPPED / "wordings", description="folder of <document_id>.yaml everyday wordings"
    )


class Settings(BaseSettings):
    """What `python -m ingest` reads: its own section and that of the index."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_file=_ENV_FILE,
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
    )

    ingest: IngestSettings = IngestSettings()
    vectorstore: VectorStoreSettings = VectorStoreSettings()


def load_settings() -> Settings:
    """Return the settings of the process, from its environment and the file `.env` of the working folder.

    Raises:
        SettingsError: names the key that is misspelt or whose value does not fit.
    """
    _check_names([*os.environ, *(dotenv_values(_ENV_FILE, encoding="utf-8") if _ENV_FILE.is_file() else ())])
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        key = PREFIX + "__".join(str(part).upper() for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise SettingsError(messages.UNKNOWN_SETTING.format(key=key)) from error
        raise SettingsError(messages.BAD_SETTING.format(key=key, reason=first["msg"])) from error
    except SourceError as error:
        raise SettingsError(messages.BAD_SETTING.format(key=PREFIX + "...", reason=error)) from error


def _check_names(names: list[str]) -> None:
    known = {*Settings.model_fields, *_OTHER_SECTIONS}
    for name in names:
        if not name.upper().startswith(PREFIX):
            continue
        section = name[len(PREFIX) :].lower().split("__")[0]
        if section not in known and not section.startswith(_TEST_PREFIX):
            raise SettingsError(messages.UNKNOWN_SETTING.format(key=name))
