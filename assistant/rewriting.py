"""Has a chat model make a follow-up stand alone, as one more wording to search with."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import ModelError
from assistant.llm import ChatModel
from assistant.normalizing import compact, normalize
from prompts.loader import load_prompt

logger = logging.getLogger(__name__)
_MOST_TURNS = 6
_LONGEST = 160
_NUMBER = re.compile(r"\d+")
_ADDRESS = re.compile(r"https?://|www\.", re.I)


class Rewriting(BaseModel):
    """A follow-up, rewritten."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    question: str = Field(description="the last question in words that stand alone")


class ModelRewriter:
    """Rewrites the last turn with the help of the earlier ones; the original question is searched as well."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    def rewrite(self, turns: Sequence[str]) -> str | None:
        """Return the last turn made to stand alone; None where nothing is to be added or the model failed."""
        *earlier, last = turns[-_MOST_TURNS:]
        if not earlier:
            return None
        try:
            rewriting = self._model.ask(*render_rewrite(earlier, last), Rewriting)
        except ModelError as error:
            logger.warning("follow-up not rewritten: %s", error)
            return None
        text = normalize(rewriting.question)
        if compact(text) == compact(last):
            return None
        if not _fits(text, turns):
            logger.warning("follow-up not rewritten: the wording is empty, too long or brings something new")
            return None
        return text


def render_rewrite(earlier: Sequence[str], last: str) -> tuple[str, str]:
    """Return the system and the user message."""
    material = load_prompt("rewrite_material").render(
        earlier=json.dumps(list(earlier), ensure_ascii=False), question=json.dumps(last, ensure_ascii=False)
    )
    return load_prompt("rewrite").render(), material


def _fits(text: str, turns: Sequence[str]) -> bool:
    """Whether a wording is a short line without an address and without numbers that nobody said."""
    said = set(_NUMBER.findall(normalize(" ".join(turns))))
    short = bool(compact(text)) and len(text) <= _LONGEST and "\n" not in text
    return short and not _ADDRESS.search(text) and set(_NUMBER.findall(text)) <= said
