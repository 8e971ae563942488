"""The settings section of kept questions and votes."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class FeedbackSettings(BaseModel):
    """What is kept of the questions asked on the page, where, and for how long."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keep_questions: bool = Field(
        default=True, description="keep every question asked on the page, masked; false: only rated answers"
    )
    ratings: bool = Field(default=True, description="ask under an answer whether it helped")
    database_url: SecretStr | None = Field(
        default=None,
        description="postgresql://user:password@host/name; unset: the file feedback/feedback.sqlite in the "
        "data folder",
    )
    retention_days: int = Field(
        default=180, ge=0, le=3650, description="days until a kept question is deleted; 0: never"
    )
    max_comment_chars: int = Field(
        default=500, ge=50, le=5000, description="longest free text with a vote, in characters"
    )
    queue_size: int = Field(
        default=500, ge=1, le=100_000, description="questions that may wait to be written; more are dropped"
    )
    candidates_file: Path | None = Field(
        default=None,
        description="candidates for golden questions, JSON lines; unset: golden/candidates.jsonl in the "
        "data folder",
    )

    @property
    def active(self) -> bool:
        """Whether anything is kept at all."""
        return self.keep_questions or self.ratings

    def url(self, data_dir: Path) -> str:
        """Return the address of the database as SQLAlchemy takes it."""
        if self.database_url is None:
            return f"sqlite:///{data_dir / 'feedback' / 'feedback.sqlite'}"
        url = self.database_url.get_secret_value()
        for scheme in ("postgresql://", "postgres://"):
            if url.startswith(scheme):
                return "postgresql+psycopg://" + url.removeprefix(scheme)
        return url

    def candidates(self, data_dir: Path) -> Path:
        """Return the file of candidates for golden questions."""
        return self.candidates_file or data_dir / "golden" / "candidates.jsonl"
