"""Settings of ingest; the root that the command line reads composes the sections it needs."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from ingest.datafiles import SHIPPED


class IngestSettings(BaseModel):
    """The section HUXZ_INGEST__..."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_file_bytes: int = Field(default=20_000_000, gt=0, description="larger files are refused; bytes")
    corpus_dir: Path = Field(default=SHIPPED, description="folder of the documents that `ensure` ingests")
    glosses_dir: Path = Field(default=SHIPPED / "glosses", description="folder of <document_id>.yaml glosses")
