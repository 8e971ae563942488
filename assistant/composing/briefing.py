"""What a chat model is shown: the question, and evidence under tokens S1.., without ids or addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.composing.evidence import Choice, best_sentences, choose, sentences_of
from assistant.composing.request import ComposeRequest
from assistant.ledger import Place
from assistant.models import Draft, SentenceKind
from prompts.loader import load_prompt
from vectorstore.models import text_digest

MOST_SOURCES = 6
_CHOICE = Choice(clauses=MOST_SOURCES, clause_ratio=0.05, sentences=2, sentence_ratio=0.72)
_MOST_CHARACTERS = 12_000
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s,。;、()()<>]+", re.I)
_DELIMITER = re.compile("<(?=/?资料)")
_NONE = "-"
_PROMPTS = ("answer", "answer_material", "evidence")


@dataclass(frozen=True)
class Source:
    """A clause under the token that the model knows it by."""

    token: str
    place: Place
    quotes: tuple[str, ...]


def gather(request: ComposeRequest, verbatim: Draft) -> Mapping[str, Source]:
    """Return the clauses that the verbatim draft rests on, then the search's next best, by token."""
    places = {place.clause_id: place for place in request.ledger.places}
    quotes: dict[str, list[str]] = {}
    for sentence in verbatim.sentences:
        for clause_id in sentence.clause_ids:
            quotes.setdefault(clause_id, []).extend(
                sentence.quotes if sentence.kind is SentenceKind.QUOTE else ()
            )
    for chosen in choose(request, _CHOICE):
        if not quotes.get(chosen.place.clause_id):
            quotes[chosen.place.clause_id] = list(chosen.quotes)
    kept = _within_bounds([places[clause_id] for clause_id in quotes if clause_id in places])
    sources = [
        Source(f"S{number}", place, tuple(quotes[place.clause_id]) or _some_words(request, place))
        for number, place in enumerate(kept, start=1)
    ]
    return {source.token: source for source in sources}


def _within_bounds(places: Sequence[Place]) -> list[Place]:
    """Return the first places, whole, that fit together; the first one always."""
    kept: list[Place] = []
    characters = 0
    for place in places[:MOST_SOURCES]:
        characters += len(place.clause.text)
        if kept and characters > _MOST_CHARACTERS:
            break
        kept.append(place)
    return kept


def _some_words(request: ComposeRequest, place: Place) -> tuple[str, ...]:
    for found in request.result.clauses:
        if found.clause_id == place.clause_id:
            return best_sentences(found, _CHOICE)
    return sentences_of(place.clause.text)[:1]


def render_messages(request: ComposeRequest, sources: Mapping[str, Source], today: date) -> tuple[str, str]:
    """Return the system and the user message."""
    material = load_prompt("answer_material").render(
        today=today.isoformat(),
        audience=request.audience.value,
        earlier=json.dumps(list(reversed(request.understanding.context)), ensure_ascii=False),
        evidence="\n\n".join(_render(source) for source in sources.values()),
        question=json.dumps(request.understanding.original, ensure_ascii=False),
    )
    return load_prompt("answer").render(), material


def prompt_hash() -> str:
    """Return the SHA-256 of the prompt files that an answer is asked with."""
    return text_digest("".join(load_prompt(name).digest for name in _PROMPTS))


def _render(source: Source) -> str:
    document, clause = source.place.document, source.place.clause
    targets = [
        f"{target.indicator} = {target.value_text} @ {target.due or _NONE}" for target in clause.targets
    ]
    return load_prompt("evidence").render(
        token=source.token,
        title=_shown(document.title),
        status=document.status,
        heading=_shown(clause.heading_path or clause.heading or document.title),
        text=_shown(clause.text.strip()),
        targets=_shown("\n".join(targets)) or _NONE,
        units=_shown("、".join(unit.name for unit in clause.units)) or _NONE,
    )


def _shown(text: str) -> str:
    """Return a text without addresses, and unable to close the block that it stands in."""
    return _DELIMITER.sub("〈", _ADDRESS.sub(_NONE, text))
