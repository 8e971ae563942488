"""The scope model: its numbers beside the router's weights, and the questions that both were fitted on."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import RouterError
from assistant.judging import ScopeModel
from assistant.routing.classifier import FOLDER

SCOPE_FILE = FOLDER / "scope.json"


def load_scope(path: Path = SCOPE_FILE) -> ScopeModel:
    """Return the fitted scope model.

    Raises:
        RouterError: missing or malformed.
    """
    try:
        return ScopeModel.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise RouterError(
            f"读不到范围模型 {path.name}:{error}。请运行 python -m assistant.routing。"
        ) from error


@cache
def load_questions(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the texts of the labelled questions, for the words that people use."""
    import json

    return tuple(
        json.loads(line)["q"]
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line
    )
