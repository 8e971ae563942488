"""Settings of the assistant, and the root that composes every section; one prefix, HUXZ_."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings

from assistant.feedback.settings import FeedbackSettings
from assistant.ui.settings import UiSettings
from assistant.ui.staff.settings import StaffSettings
from vectorstore.environment import SOURCES, read_settings
from vectorstore.settings import VectorStoreSettings


class AssistantSettings(BaseModel):
    """How questions are answered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    llm: str | None = Field(
        default=None,
        description="chat model as init_chat_model takes it, e.g. openai:deepseek-chat; unset: none",
    )
    llm_base_url: str | None = Field(default=None, description="address of an OpenAI-compatible server")
    llm_api_key: SecretStr | None = Field(default=None, description="key of the chat model")
    llm_timeout_s: float = Field(default=30.0, gt=0, description="seconds to wait for the chat model")
    llm_max_retries: int = Field(default=1, ge=0, le=5, description="further tries of a failed call")
    today: date | None = Field(default=None, description="the day to answer for; unset: the clock")
    max_question_length: int = Field(default=500, ge=20, description="longest question, in characters")
    k: int = Field(default=10, ge=1, le=50, description="clauses that a search returns")
    lexicons: Path | None = Field(
        default=None, description="folder with lexicons of your own; unset: the shipped"
    )


class RootSettings(BaseSettings):
    """Everything that the assistant's programs read from the environment or .env."""

    model_config = SOURCES

    assistant: AssistantSettings = AssistantSettings()
    vectorstore: VectorStoreSettings = VectorStoreSettings()
    ui: UiSettings = UiSettings()
    feedback: FeedbackSettings = FeedbackSettings()
    staff: StaffSettings = StaffSettings()


def load_settings() -> RootSettings:
    """Return the settings of the environment and .env.

    Raises:
        SettingsError: names the key that is misspelt or whose value does not fit.
    """
    return read_settings(RootSettings)
