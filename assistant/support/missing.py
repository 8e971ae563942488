"""What to ask an enterprise next: the facts that would change the most grades, none that it has told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.support.matches import Grade, Match
from assistant.support.money import exact, say_money
from assistant.support.profile import Kind, Profile
from prompts.loader import Messages

MOST_QUESTIONS = 2
_FIRST = ("needs", "industry")
_GENERAL_FIGURE = "总投资"


def is_blank(profile: Profile) -> bool:
    """Whether a profile tells nothing that measures are matched by: no trade, need, sum, title, project."""
    told = (
        profile.industry, profile.needs, profile.certifications, profile.figures, profile.unclear,
        profile.revenue, profile.project, profile.compare, not profile.is_local,
    )  # fmt: skip
    return profile.kind is not Kind.PERSON and not any(told)


def questions_on(profile: Profile, matches: Sequence[Match], say: Messages) -> tuple[str, ...]:
    """Return at most two questions, those that would change the most grades first."""
    if profile.kind is Kind.PERSON:
        return ()
    if is_blank(profile):
        return tuple(say(f"ask.{field}") for field in _FIRST)
    unclear = [say("ask.unclear", kind=kind, words=said) for kind, said in profile.unclear.items()]
    open_fields: Counter[str] = Counter()
    if not profile.needs:
        open_fields["needs"] = len(matches) + 1
    for match in matches:
        if match.grade is Grade.POSSIBLE:
            open_fields.update(dict.fromkeys((tick.asks for tick in match.ticks if tick.asks), 1))
    for field in ("figures", "revenue") if unclear else ():
        open_fields.pop(field, None)
    others = [_asked(field, profile, say) for field, _ in open_fields.most_common(MOST_QUESTIONS)]
    return (*unclear, *others)[:MOST_QUESTIONS]


def _asked(field: str, profile: Profile, say: Messages) -> str:
    """Return the question for a field; of a sum told in general only its parts are asked."""
    total = profile.figures.get(_GENERAL_FIGURE)
    if field == "figures" and total is not None:
        return say("ask.figures_of", value=say_money(exact(total)))
    return say(f"ask.{field}")
