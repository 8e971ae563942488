"""What a cited clause refers to in its own document (依照本办法第八条第二款), in the words there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.ledger import Place
from assistant.models import Answer, Citation, Referred
from vectorstore.models import ClauseReference
from vectorstore.parts import Part, find_part

_MOST = 8


def with_references(answer: Answer, places: Mapping[str, Place]) -> Answer:
    """Return an answer whose citations hold what their clauses refer to; `places` by clause id."""
    citations = tuple(
        one.model_copy(update={"references": tuple(_references(one, places))[:_MOST]})
        for one in answer.citations
    )
    return answer.model_copy(update={"citations": citations})


def _references(citation: Citation, places: Mapping[str, Place]) -> Iterator[Referred]:
    """Yield the references within the document, each once; those to other documents lead nowhere here."""
    place = places.get(citation.clause_id)
    seen: set[tuple[str, str]] = set()
    for one in place.clause.references if place else ():
        target = places.get(f"{citation.document_id}:{one.path}") if one.title is None else None
        part = _part(one)
        if target is None or (target.clause.path, part) in seen:
            continue
        seen.add((target.clause.path, part))
        yield Referred(
            text=one.text,
            path=target.clause.path,
            part=part,
            words=_words(target, one),
        )


def _part(reference: ClauseReference) -> str:
    return str(Part(reference.paragraph, reference.item, reference.point))


def _words(target: Place, reference: ClauseReference) -> str | None:
    """Return the words of the part that is meant, or of the whole clause; None where it has no such part."""
    part = Part(reference.paragraph, reference.item, reference.point)
    return find_part(target.clause.text, part) if str(part) else target.clause.text.strip()
