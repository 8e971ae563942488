"""How surely the text of a document was recognised from pictures (OCR)."""

from __future__ import annotations

from pydantic import Field

from vectorstore.records import Record


class Recognition(Record):
    """Pages of a document whose text was recognised, so that it may differ from the original."""

    pages: int = Field(ge=1, description="pages that were recognised")
    confidence: float = Field(ge=0, le=1, description="mean confidence of their lines")
    doubtful: int = Field(
        default=0, ge=0, description="lines recognised with little confidence or not at all"
    )
