"""Why a sentence does not go out."""

from __future__ import annotations

from pydantic import Field

from vectorstore.models import Record


class Rejection(Record):
    """Why a sentence does not go out."""

    reason: str = Field(
        description="unknown_clause, form, fixed, bare, quote, heading, number, date, target, unit, lead, "
        "rank, list, contact, negation, promise, instrument, support"
    )
    detail: str = ""
