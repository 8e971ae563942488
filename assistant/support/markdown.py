"""A matching as Markdown: the graded list, sums, the comparison, what is not known, the closing line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.support.matches import Grade, Match, Matching, Source
from assistant.support.money import exact, say_money
from assistant.support.tables import by_kind, escaped, lines
from assistant.support.ticking import State
from prompts.loader import Messages

_MARKS = {State.MET: "✓", State.UNMET: "✗", State.PAPERS: "□", State.CHECK: "□"}


class MarkdownReport:
    """Writes matchings in Markdown."""

    def __init__(self, messages: Messages) -> None:
        self._say = messages

    def text(self, matching: Matching) -> str:
        """Return the whole result."""
        lines = [f"# {self._say('title')}", ""]
        lines += [self._say("as_of", day=matching.day, count=len(matching.matches)), ""]
        lines += [line for notice in matching.notices for line in (escaped(notice), "")]
        lines += self._own(matching)
        for grade in Grade:
            matches = matching.graded(grade)
            if matches:
                lines += [f"## {grade.value}({len(matches)})", ""]
                lines += [line for match in matches for line in self._match(match)]
        if matching.rows:
            lines += [*self._table(matching), ""]
        if matching.questions:
            lines += [f"## {self._say('questions')}", ""]
            lines += [f"- {escaped(question)}" for question in matching.questions] + [""]
        return "\n".join([*lines, f"> {matching.closing}", ""])

    def _own(self, matching: Matching) -> list[str]:
        facts = described(matching, self._say)
        return [f"{self._say('own')}:{escaped(';'.join(facts))}", ""] if facts else []

    def _match(self, match: Match) -> Iterable[str]:
        yield f"### {escaped(match.topic)}"
        yield ""
        yield f"- **{match.grade.value}**:{escaped(match.reason)}"
        offer = f"「{match.offer}」" if match.quoted else match.offer
        yield self._fact("offer", offer)
        yield self._fact("amount", match.amount)
        yield self._fact("cap", match.cap)
        yield from self._sum(match)
        for tick in match.ticks:
            why = f"({tick.why})" if tick.why else ""
            yield f"  - {_MARKS[tick.state]} {tick.state.value}:{escaped(tick.text + why)}"
        yield self._fact("level", f"{match.level},{match.region}")
        yield self._fact("validity", match.validity)
        yield self._fact("agency", match.agency)
        yield self._fact("next", match.next_step)
        for source in (match.source, *match.beside):
            yield f"- {self._say('fact.source')}:{self._source(source)}"
        yield ""

    def _sum(self, match: Match) -> Iterable[str]:
        text = sum_text(match, self._say)
        if text:
            yield self._fact("sum", text)

    def _fact(self, key: str, value: str) -> str:
        return f"- {self._say(f'fact.{key}')}:{escaped(value)}"

    def _source(self, source: Source) -> str:
        number = f"({source.number})" if source.number else ""
        text = escaped(f"《{source.title}》{number},{source.place}")
        if not source.is_excerpt:
            return f"{text}({escaped(source.clause_id)})"
        link = f"<{source.url}>" if source.url else self._say("cite.no_link")
        return f"{text}({self._say('cite.excerpt')}),{link}"

    def _table(self, matching: Matching) -> Iterable[str]:
        places = "、".join(matching.profile.compare)
        yield f"## {escaped(self._say('compare.title', places=places))}"
        yield ""
        for kind, rows in by_kind(matching.rows).items():
            yield f"### {escaped(kind)}"
            yield ""
            yield from lines(rows, self._say)
            yield ""
        yield self._say("compare.caution")


def sum_text(match: Match, messages: Messages) -> str:
    """Return a computed sum as it may be shown: of a lapsed measure it is only what the text gave."""
    if match.sum is None:
        return ""
    if not match.sum.reached or match.sum.unread:
        return match.sum.text
    if match.ended:
        unsettled = ";".join(tick.text for tick in match.ticks if tick.blocks and tick.state is not State.MET)
        key = "sum.lapsed_if" if unsettled else "sum.lapsed"
        return messages(key, text=match.sum.text, items=unsettled)
    key = "sum.not_fitting" if match.grade is Grade.NOT else "sum.tentative"
    return messages(key, text=match.sum.text)


def described(matching: Matching, messages: Messages) -> Sequence[str]:
    """Return what was understood of the enterprise, as short facts."""
    profile = matching.profile
    facts = [
        profile.kind.value,
        f"{profile.region or ''}{profile.district or ''}",
        "、".join(profile.industry),
        profile.size or "",
        messages("understood.age", years=f"{profile.age_years:g}") if profile.age_years is not None else "",
        "、".join(profile.certifications or ()),
        *(messages("understood.without", title=title) for title in profile.without),
        profile.project or "",
        profile.stage or "",
        *(f"{kind}{say_money(exact(value))}" for kind, value in profile.figures.items()),
    ]
    if profile.revenue is not None:
        facts.append(messages("understood.revenue", value=say_money(exact(profile.revenue))))
    facts += [messages("understood.received", aid=aid) for aid in profile.received or ()]
    facts += [messages("understood.excluded", what=what) for what in profile.exclusions]
    return tuple(fact for fact in facts if fact)
