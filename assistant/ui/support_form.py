"""What the form of 惠企匹配 says -> a profile -> the result. Knows nothing of the web framework."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.errors import ProfileError
from assistant.support.matches import Matching
from assistant.support.profile import HOME, Profile, read_profile
from assistant.support.vocabulary import Vocabulary
from assistant.ui.support_view import SupportView
from prompts.loader import Messages

MOST_CHARS = 800


class SupportDesk(Protocol):
    """What matches; see `assistant.support.desk.Desk`."""

    def match(self, profile: Profile, day: date) -> Matching:
        """Return the matches of a profile on a day."""
        ...


@dataclass(frozen=True)
class Filled:
    """What was filled in, as the page hands it over."""

    district: str | None = None
    industry: str = ""
    size: str | None = None
    certifications: Sequence[str] = ()
    needs: Sequence[str] = ()
    text: str = ""


@dataclass(frozen=True)
class Shown:
    """What the page shows after a matching; `asks` whether it asks for more."""

    result: str
    text: str
    asks: bool


class SupportForm:
    """Matches what is filled in; keeps nothing between calls."""

    def __init__(
        self,
        desk: Callable[[], SupportDesk],
        vocabulary: Vocabulary,
        messages: Messages,
        today: Callable[[], date],
    ) -> None:
        self._desk = desk
        self._say = messages
        self._today = today
        self._view = SupportView(messages)
        self._vocabulary = vocabulary

    @property
    def messages(self) -> Messages:
        """The fixed sentences of the page."""
        return self._say

    @property
    def view(self) -> SupportView:
        """What renders results."""
        return self._view

    def districts(self) -> tuple[str, ...]:
        """Return the choices of the district."""
        return (*(one.name for one in self._vocabulary.enterprises.districts), self._say("page.elsewhere"))

    def sizes(self) -> tuple[str, ...]:
        """Return the choices of the size."""
        return tuple(one.name for one in self._vocabulary.enterprises.sizes)

    def certifications(self) -> tuple[str, ...]:
        """Return the choices of titles; the last says that there are none."""
        return (*(one.name for one in self._vocabulary.enterprises.certifications), self._say("page.nothing"))

    def needs(self) -> tuple[tuple[str, str], ...]:
        """Return the choices of needs, as (label, id)."""
        return tuple((need.name, need.id) for need in self._vocabulary.needs)

    def match(self, filled: Filled, more: str = "") -> Shown:
        """Return the result for what is filled in, with a further remark added to its text."""
        text = ",".join(part.strip() for part in (filled.text, more) if part.strip())
        if len(text) > MOST_CHARS or len(filled.industry) > MOST_CHARS:
            note = self._view.note(self._say("page.too_long", limit=MOST_CHARS))
            return Shown(result=note, text=filled.text, asks=bool(more))
        try:
            matching = self._desk().match(self._profile(filled, text), self._today())
        except ProfileError as error:
            return Shown(result=self._view.note(str(error)), text=filled.text, asks=bool(more))
        return Shown(result=self._view.result(matching), text=text, asks=bool(matching.questions))

    def _profile(self, filled: Filled, text: str) -> Profile:
        """Return the profile; a field left open is not set, so that the free text may tell it."""
        content: dict[str, object] = {"text": text} if text else {}
        if filled.district and filled.district != self._say("page.elsewhere"):
            content |= {"region": HOME, "district": filled.district}
        elif filled.district:
            content["region"] = filled.district
        if filled.industry.strip():
            content["industry"] = (filled.industry.strip(),)
        if filled.size:
            content["size"] = filled.size
        if filled.certifications:
            nothing = self._say("page.nothing")
            content["certifications"] = tuple(one for one in filled.certifications if one != nothing)
        if filled.needs:
            content["needs"] = tuple(filled.needs)
        return read_profile(content, self._say("own"))
