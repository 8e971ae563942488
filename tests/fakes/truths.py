"""A true sentence to be changed, and the rules that tell which changes are true all the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.ledger import Ledger
from assistant.models import Draft, Sentence, SentenceKind
from vectorstore.models import Clause


@dataclass(frozen=True)
class Mutant:
    """A draft with one sentence changed."""

    kind: str
    original: Sentence
    changed: Sentence
    draft: Draft
    position: int

    @property
    def whole(self) -> Draft:
        """The draft with the changed sentence in place."""
        sentences = list(self.draft.sentences)
        sentences[self.position] = self.changed
        return self.draft.model_copy(update={"sentences": tuple(sentences)})


@dataclass(frozen=True)
class Scene:
    """A true sentence with the ledger that makes mistakes out of it."""

    sentence: Sentence
    ledger: Ledger

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def clauses(self) -> list[Clause]:
        held = {place.clause_id: place.clause for place in self.ledger.places}
        return [held[clause_id] for clause_id in self.sentence.clause_ids]

    def saying(self, text: str) -> Iterator[Sentence]:
        """Yield the sentence in other words, its quotes as they were or changed along, its counts claimed."""
        if text == self.text:
            return
        counted = tuple(int(number) for number in re.findall("[0-9]{1,6}", text))
        yield self.sentence.model_copy(update={"text": text, "counted": counted})
        if self.sentence.kind is SentenceKind.QUOTE:
            yield self.sentence.model_copy(update={"text": text, "quotes": (text[1:-1],)})
        elif self.sentence.kind is not SentenceKind.LEAD and self.sentence.clause_ids:
            yield self.sentence.model_copy(update={"text": text, "kind": SentenceKind.LEAD, "quotes": ()})

    def replacing(self, pattern: str, put: str | Callable[[re.Match[str]], str]) -> Iterator[Sentence]:
        """Yield the sentence with each match replaced in turn."""
        for match in re.finditer(pattern, self.text):
            new = put(match) if callable(put) else match.expand(put)
            yield from self.saying(self.text[: match.start()] + new + self.text[match.end() :])


def is_true_there(scene: Scene, own_id: str, other_id: str) -> bool:
    """Whether the sentence is true of another clause too, by rules that are not those of the verifier."""
    held = {place.clause_id: place.clause for place in scene.ledger.places}
    clause, replaced = held[other_id], held[own_id]
    own, names = scene.clauses[0], [unit.name for unit in clause.units]
    own_names = [unit.name for unit in own.units]
    if not re.search("[0-9「:]|责任单位", scene.text.removesuffix(":")):
        return True  # it says nothing of a clause
    if re.search("(?:有|找到)[0-9]+(?:项|条可能|条:$)", scene.text):
        return True  # it says only how many clauses follow
    if scene.sentence.kind is SentenceKind.QUOTE:
        return scene.sentence.quotes[0] in clause.text  # the same words stand there
    if scene.sentence.kind is SentenceKind.ADVICE:
        return names[:1] == own_names[:1]  # the same unit stands first
    if re.match("责任单位:", scene.text):
        return names == own_names  # the same list
    if re.match("同列", scene.text):
        return names[1:] == own_names[1:]
    if match := re.match("需要更正:.*单位是(.+?),(.+)列第([0-9]+)位", scene.text):
        return names[:1] == [match[1]] and names[int(match[3]) - 1 :][:1] == [match[2]]
    if match := re.match("(.+)列在第([0-9]+)位", scene.text):
        return names[int(match[2]) - 1 :][:1] == [match[1]]
    if match := re.match("文件写明「各区县政府」含(.+)。", scene.text):
        return match[1] in clause.text
    if re.match("需要更正:文件写的", scene.text):
        said = [value for target in clause.targets for value in (target.value_text, target.due or "-")]
        return any(value in scene.text for value in said)
    if match := re.match("这几条都列名的责任单位:(.+)。", scene.text):
        others = [[unit.name for unit in one.units] for one in scene.clauses if one is not replaced]
        return [name for name in others[0] if name in names] == match[1].split("、")
    return False


def is_true_all_the_same(changed: Sentence, ledger: Ledger) -> bool:
    """Whether a change made another true sentence, told by the ledger and not by the verifier."""
    if match := re.fullmatch("文件使用了「(.+)」,但没有专门给出定义。", changed.text):
        return bool(ledger.mentioning(match[1]))  # the plan defines no term
    said = [
        re.fullmatch("到(?P<due>.+?),(?P<indicator>.+)的目标是(?P<value>.+)。", changed.text),
        re.fullmatch(r"(?P<indicator>[^:]+):(?P<value>[^(]+)\(到(?P<due>.+)\)", changed.text),
    ]
    return any(
        match is not None
        and match.groupdict() == {"indicator": entry.indicator, "value": entry.value, "due": entry.due}
        and entry.clause_id in changed.clause_ids
        for entry in ledger.targets
        for match in said
    )  # two indicators with the same value and date: exchanging them says what the plan says
