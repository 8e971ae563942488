"""Where an offer stands, and its citation: an official clause, or facts in our own words."""

from __future__ import annotations

from assistant.models import Citation
from assistant.support.grading import place_of
from assistant.support.matches import Source
from assistant.support.offers import Offer
from vectorstore.models import text_digest


def source_of(offer: Offer) -> Source:
    """Return where an offer stands."""
    document, clause, measure = offer.document, offer.clause, offer.measure
    return Source(
        clause_id=offer.clause_id,
        document_id=document.document_id,
        path=clause.path,
        title=document.title,
        number=document.number,
        place=(measure.clause if measure else clause.heading_path) or place_of(offer),
        heading_path=clause.heading_path,
        is_excerpt=document.is_excerpt,
        url=document.url,
        text=clause.text,
    )


def cited(marker: int, source: Source, quote: str | None = None) -> Citation:
    """Return the citation of a source; facts in our own words are never quoted."""
    return Citation(
        marker=marker,
        document_id=source.document_id,
        title=source.title,
        path=source.path,
        heading_path=source.heading_path,
        text=source.text,
        quotes=(quote,) if quote and not source.is_excerpt else (),
        digest=text_digest(source.text),
        excerpt=source.is_excerpt,
        url=source.url,
    )
