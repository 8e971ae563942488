from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import read_with_glosses
from ingest.errors import SettingsError
from ingest.glosses import Gloss, attach, read_glosses
from ingest.settings import IngestSettings
from vectorstore.models import Document


def test_a_gloss_of_the_same_digest_is_attached(plan: Document) -> None:
    clause = plan.clauses[5]
    gloss = Gloss(path=clause.path, digest=clause.digest, gloss=" 简单说。\n")
    glossed = attach(plan.clauses, [gloss])
    assert glossed.stale == ()
    assert [c.gloss for c in glossed.clauses if c.gloss] == ["简单说。"]


def test_a_gloss_of_a_changed_or_missing_clause_is_stale_and_not_attached(plan: Document) -> None:
    glosses = [
        Gloss(path=plan.clauses[5].path, digest="0" * 64, gloss="旧。"),
        Gloss(path="九/9", digest="0" * 64, gloss="没有这一条。"),
    ]
    glossed = attach(plan.clauses, glosses)
    assert glossed.stale == (plan.clauses[5].path, "九/9")
    assert all(clause.gloss is None for clause in glossed.clauses)


def test_a_document_without_a_gloss_file_has_none(tmp_path: Path) -> None:
    assert read_glosses(tmp_path, "plan") == ()


def test_a_gloss_file_of_the_wrong_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("- {path: 一}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"plan\.yaml:格式有误"):
        read_glosses(tmp_path, "plan")


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("- {path: [", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"plan\.yaml:格式有误"):
        read_glosses(tmp_path, "plan")


def test_reading_a_file_reports_its_stale_glosses(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、甲\n乙。\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("- {path: 一, digest: x, gloss: 旧。}\n", encoding="utf-8")
    read = read_with_glosses(tmp_path / "a.txt", IngestSettings(glosses_dir=tmp_path))
    assert read.stale_glosses == ("一",)
