"""`.env.example` lists every setting, and every line of it can be used as it stands."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from tests.architecture.env_example import EXAMPLE, ROOT, ROOTS, example_text, sections
from vectorstore.environment import PREFIX, SECTIONS, read_settings, setting_keys

ALL_KEYS = [(key, field) for root in ROOTS for key, field in setting_keys(root)]


def test_the_example_is_the_one_that_the_settings_give() -> None:
    written = EXAMPLE.read_text(encoding="utf-8")
    assert written == example_text(), "write it anew: python -m tests.architecture.env_example"


def test_every_setting_says_what_it_means() -> None:
    assert [key for key, field in ALL_KEYS if not field.description] == []


def test_every_section_of_a_program_is_known_to_the_check_of_misspelt_keys() -> None:
    assert {name for name, _ in sections()} <= SECTIONS


@pytest.mark.parametrize("root", ROOTS)
def test_the_example_with_its_signs_of_comment_taken_away_sets_the_defaults(
    root: type[BaseSettings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = re.sub(rf"^#({PREFIX})", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.M)
    (tmp_path / ".env").write_text(used.replace("=ingest/", f"={ROOT}/ingest/"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    defaults = {name: field.default for name, field in root.model_fields.items()}
    assert dict(read_settings(root)) == defaults
    assert used.count(f"\n{PREFIX}") == len({key for key, _ in ALL_KEYS})
