"""`python -m ingest` in a process of its own, on the real index."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "ingest/corpus/huzhou-ai-plan-2025-draft.txt"


def ingest(folder: Path, *arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HUXZ_")}
    data_dir = {"HUXZ_VECTORSTORE__DATA_DIR": str(folder / "data"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "ingest", *map(str, arguments)],
        cwd=folder,
        env=kept | data_dir | variables,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_a_plan_is_added_listed_shown_changed_and_removed(tmp_path: Path) -> None:
    copy = tmp_path / PLAN.name
    copy.write_bytes(PLAN.read_text(encoding="utf-8").encode("gb18030"))
    added = ingest(tmp_path, "add", copy)
    assert added.returncode == 0, added.stderr
    again = ingest(tmp_path, "add", copy)
    assert "内容没有变化" in again.stdout

    (line,) = json.loads(ingest(tmp_path, "list", "--json").stdout)
    assert (line["document_id"], line["status"], line["numbered_clauses"]) == (PLAN.stem, "征求意见稿", 28)
    shown = json.loads(ingest(tmp_path, "show", PLAN.stem, "--json").stdout)
    assert "".join(clause["text"] for clause in shown["clauses"]) == PLAN.read_text(encoding="utf-8")

    copy.write_text(PLAN.read_text(encoding="utf-8").replace("40家以上", "45家以上"), encoding="utf-8")
    changed = ingest(tmp_path, "add", copy)
    row = next(line for line in changed.stdout.splitlines() if PLAN.stem in line)
    assert [cell.strip() for cell in row.split("│")][4:8] == ["0", "1", "48", "0"]

    assert ingest(tmp_path, "remove", PLAN.stem).returncode == 0
    assert json.loads(ingest(tmp_path, "list", "--json").stdout) == []


def test_ensure_builds_the_index_once(tmp_path: Path) -> None:
    first = ingest(tmp_path, "ensure")
    assert first.returncode == 0, first.stderr
    assert PLAN.stem in first.stdout
    assert "索引已是最新" in ingest(tmp_path, "ensure").stdout


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("空.txt", b"", "空.txt:文件是空的"),
        ("图.txt", b"\x89PNG\r\n\x1a\n", "图.txt:图片 文件已损坏或不完整"),
    ],
)
def test_a_bad_file_is_one_line_on_stderr_and_exit_code_2(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    refused = ingest(tmp_path, "add", tmp_path / name)
    assert refused.returncode == 2
    assert refused.stdout == ""
    (line,) = refused.stderr.splitlines()
    assert message in line


def test_a_misspelt_setting_and_an_unknown_document_stop_with_exit_code_2(tmp_path: Path) -> None:
    misspelt = ingest(tmp_path, "list", HUXZ_INGEST__MAX_BYTES="1")
    assert misspelt.returncode == 2
    assert "HUXZ_INGEST__MAX_BYTES" in misspelt.stderr
    unknown = ingest(tmp_path, "show", "nein")
    assert unknown.returncode == 2
    assert unknown.stderr.startswith("nein:索引里没有这份文档")
