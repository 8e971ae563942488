"""Corrects a thing put in another county, a code of other digits, and support that is not for everybody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.context import Context
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.ledger import Place
from assistant.models import SentenceKind
from assistant.phrases import things_of

_CODE = re.compile(r"[0-9A-Z]+(?:\+[0-9A-Z]+){2,}")
_DIGITS = re.compile("[0-9]+")
_NEAR = 6
_TELLING = 3
_EVERYBODY = re.compile("所有|全部|任何|凡是|只要是|每一?家|人人|谁都|(?<!不)(?:是)?都(?:可以|能|有|给)")
_QUALIFIED = re.compile("符合条件的[^,。;、]{2,24}")


def correct_wording(request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Correct a thing put in another county than the text has it in, and a code of other digits (1+5+N)."""
    text = request.understanding.text
    written = [place for place in request.ledger.places if place.clause.numbered or place.clause.path]
    for county in context.counties_in(text):
        for name in things_of(text.partition(county)[2])[:1]:
            whole = _name_at(text, county, name, [one.clause.text for one in written])
            for other in context.counties if whole else ():
                meant = next((one for one in written if f"{other}{whole}" in one.clause.text), None)
                if (
                    other != county
                    and meant
                    and not any(county + whole in one.clause.text for one in written)
                ):
                    _say_written(f"{other}{whole}", meant, context, builder)
    _correct_everybody(request, context, builder)
    for code in _CODE.findall(text):
        shape = re.compile(_DIGITS.sub(r"[0-9]+", re.escape(code)))
        found = {match: one for one in written for match in shape.findall(one.clause.text)}
        if found and code not in found:
            _say_written(next(iter(found)), next(iter(found.values())), context, builder)


def _correct_everybody(request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Say whom the best clause supports, where the question takes it for everybody: 所有企业都可以."""
    asked = request.understanding
    if not _EVERYBODY.search(asked.text) or "条件" in asked.text:
        return
    for found in request.result.clauses[:1]:
        for sentence in re.split("[。;,]", found.clause.text):
            match = _QUALIFIED.search(sentence)
            if match and any(term in sentence for term in asked.terms if len(term) >= _TELLING):
                _say_written(match.group(), request.place(found), context, builder)
                return


def _name_at(text: str, county: str, name: str, texts: Sequence[str]) -> str:
    """Return the longest name behind a county that stands in the texts, '' where something else does."""
    behind = text.partition(county)[2].lstrip("县区的")
    if not 0 <= behind.find(name) <= _NEAR:
        return ""
    start = behind.find(name) + len(name)
    longer = (behind[:end] for end in range(len(behind), start - 1, -1))
    return next((one for one in longer if any(one in text for text in texts)), behind[:start])


def _say_written(phrase: str, place: Place, context: Context, builder: DraftBuilder) -> None:
    builder.add(SentenceKind.LEAD, context.messages("premise.written", phrase=phrase), [place], [phrase])
