"""The fixed sentences and labels of the page, read from the product's file of messages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

import prompts
from assistant.feedback.records import Reason, Verdict
from assistant.models import Audience, Status
from assistant.ui.errors import TextsError

_FILE = "ui_messages.yaml"


class UiTexts(BaseModel):
    """Everything that the page says by itself; `{…}` in a text is filled in by the page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    tagline: str
    large_type: str
    skip_to_input: str
    banner_draft: str = Field(description="{title}, {status}")
    banner_deadline: str = Field(description="{deadline}")
    banner_deadline_passed: str = Field(description="{deadline}")
    library_summary: str = Field(description="{count}")
    library_item: str = Field(description="{title}, {status}")
    audience_label: str
    audiences: dict[Audience, str]
    welcome_title: str
    welcome_text: str
    examples_label: str
    examples: dict[Audience, tuple[str, ...]]
    input_label: str
    input_placeholder: str
    send: str
    stop: str
    regenerate: str
    new_conversation: str
    conversation_label: str
    you: str
    working: str
    announce_working: str
    announce_done: str = Field(description="{status}, {count}, {text}")
    announce_stopped: str
    announce_cards: str = Field(description="{number}")
    announce_new: str
    announce_restored: str
    announce_copied: str
    statuses: dict[Status, str]
    excerpts_alone: str
    stopped: str
    interrupted: str
    error: str
    too_long: str = Field(description="{limit}, {length}")
    counter: str = Field(description="{length}, {limit}")
    generated_label: str
    sources_label: str
    copy_answer: str
    copy_clause: str
    copied: str
    copy_failed: str
    back_to_answer: str
    citation_label: str = Field(description="{marker}, {heading}")
    cards_title: str
    cards_empty: str
    cards_none: str
    cards_group: str = Field(description="{question}, {count}")
    cards_path: str = Field(description="{path}")
    references_label: str
    references_missing: str
    gloss_label: str
    gloss_note: str
    excerpt_note: str
    privacy: str = Field(description="{days}")
    privacy_days: str = Field(description="{days}")
    privacy_always: str
    rating_question: str
    rating_answers: dict[Verdict, str]
    rating_why: str
    rating_reasons: dict[Reason, str]
    rating_reason_label: str
    rating_comment_label: str
    rating_comment_placeholder: str
    rating_send: str
    rating_thanks: str
    rating_failed: str
    rated: dict[Verdict, str]


def texts_from(mapping: Mapping[str, object]) -> UiTexts:
    """Return the texts held by the `ui` section of the product's messages.

    Raises:
        TextsError: a text is missing or unknown, or an audience or a status has none.
    """
    try:
        texts = UiTexts.model_validate(mapping)
    except ValidationError as error:
        places = ", ".join(".".join(map(str, item["loc"])) for item in error.errors())
        raise TextsError(f"messages, section ui: missing, unknown or malformed: {places}") from error
    complete = set(texts.audiences) == set(texts.examples) == set(Audience)
    rated = set(texts.rating_answers) == set(texts.rated) == set(Verdict)
    if not complete or set(texts.statuses) != set(Status):
        raise TextsError("messages, section ui: audiences, examples and statuses must name every value")
    if not rated or set(texts.rating_reasons) != set(Reason):
        raise TextsError("messages, section ui: ratings and their reasons must name every value")
    return texts


def load_texts(path: Path | None = None) -> UiTexts:
    """Return the texts of the shipped messages, or of another file with a `ui` section.

    Raises:
        TextsError: the file cannot be read, or is incomplete.
    """
    source = path or Path(next(iter(prompts.__path__))) / _FILE
    try:
        content = yaml.safe_load(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TextsError(f"{source.name}: cannot be read as YAML ({error}); restore the file") from error
    if not isinstance(content, dict) or not isinstance(content.get("ui"), dict):
        raise TextsError(f"{source.name}: has no section `ui`; restore the file")
    return texts_from(content["ui"])
