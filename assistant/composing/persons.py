"""Says of somebody who is no firm whom the text names instead, where a question asks if they may apply."""

from __future__ import annotations

from assistant.composing.context import Context
from assistant.composing.evidence import body_text, sentences_of
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.support import say_whom_to_ask
from assistant.composing.units import say_unit_line
from assistant.models import SentenceKind, Status
from assistant.persons import is_among, person_asked, whom_named


def compose_persons(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say whom the clause on a means of policy names, and that it does not name who asks; whether it did."""
    asked = request.understanding
    person = person_asked(asked.text)
    means = [one for one in request.ledger.instrument_names if one in f"{asked.topic} {asked.text}"]
    places = request.ledger.mentioning(means[0]) if person and means else ()
    if not places or any(person in place.clause.text for place in places):
        return False
    place = places[0]
    sentence = next((one for one in sentences_of(place.clause.text) if means[0] in one), "")
    whom = whom_named(sentence)
    if is_among(person, whom):
        return False
    key = "person.named" if whom else "person.unwritten"
    text = context.messages(key, whom=whom, person=person)
    builder.add(SentenceKind.LEAD, text, [place], [whom] if whom else [])
    builder.status = Status.UNSPECIFIED
    builder.quote(place, sentence or body_text(place.clause.text))
    say_unit_line(place, context, builder)
    if place.document.is_draft:
        builder.note(context.messages("support.draft"))
    say_whom_to_ask([place], context, builder)
    return True
