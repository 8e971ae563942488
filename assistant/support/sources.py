"""Where an offer stands, and its citation: an official clause, or facts in our own words."""

from __future__ import annotations

from assistant.models import Citation
from assistant.support.grading import place_of
from assistant.support.matches import Source
from assistant.support.offers import Offer
from vectorstore.models import Clause, text_digest


def source_of(offer: Offer) -> Source:
    """Return where an offer stands."""
    return _source(offer, offer.clause)


def source_at(offer: Offer, path: str) -> Source:
    """Return where another clause of the document of an offer stands."""
    return _source(offer, next(one for one in offer.document.clauses if one.path == path))


def _source(offer: Offer, clause: Clause) -> Source:
    document, measure = offer.document, offer.measure
    return Source(
        clause_id=f"{document.document_id}:{clause.path}",
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


def cited(marker: int, source: Source, quotes: tuple[str, ...] = ()) -> Citation:
    """Return the citation of a source; facts in our own words are never quoted."""
    return Citation(
        marker=marker,
        document_id=source.document_id,
        title=source.title,
        path=source.path,
        heading_path=source.heading_path,
        text=source.text,
        quotes=() if source.is_excerpt else tuple(dict.fromkeys(quotes)),
        digest=text_digest(source.text),
        excerpt=source.is_excerpt,
        url=source.url,
    )
