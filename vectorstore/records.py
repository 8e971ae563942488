"""What all records are made of: the frozen base, a range of characters, the digest of a text."""

from __future__ import annotations

from hashlib import sha256

from pydantic import BaseModel, ConfigDict, Field


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text as 64 hexadecimal digits."""
    return sha256(text.encode("utf-8")).hexdigest()


class Record(BaseModel):
    """A frozen value object; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Record):
    """A half-open range of characters in the text of a document."""

    start: int = Field(ge=0, description="offset of the first character in the document's text")
    end: int = Field(ge=0, description="offset after the last character in the document's text")
