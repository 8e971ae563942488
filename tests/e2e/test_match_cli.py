"""`python -m assistant match` as people run it: Markdown, JSON, comparison, calm refusals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT

PROFILE = """
district: 吴兴区
industry: 服装
project: 技改
stage: 已完成
figures: {设备投资: 650万元}
needs: [设备投资与技改, 算力]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an index of the shipped documents."""
    path = tmp_path_factory.mktemp("match")
    done = run(path, "ingest", "ensure")
    assert done.returncode == 0, done.stderr
    (path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    return path


def run(folder: Path, package: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HUXZ_VECTORSTORE__DATA_DIR": str(folder / "data"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", package, *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def match(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "assistant", "match", "--profile", str(folder / "profile.yaml"), *arguments)


def test_the_list_is_markdown_with_grades_sums_sources_and_the_closing_line(folder: Path) -> None:
    done = match(folder, "--as-of", "2025-06-01")
    assert done.returncode == 0, done.stderr
    assert "## 可直接对应(1)" in done.stdout and "650万元×8%=52万元" in done.stdout
    assert "要点摘录,非原文,以官方文件为准" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].startswith("> 以上只按已收录的资料对照,不代表申报一定成功")


def test_the_same_profile_after_the_term_has_nothing_direct(folder: Path) -> None:
    done = match(folder, "--as-of", "2026-11-23", "--json")
    result = json.loads(done.stdout)
    grades = {one["match_id"]: one["grade"] for one in result["matches"]}
    assert grades["excerpt-huzhou-mfg-2023-23/5"] == "不适用"
    assert "可直接对应" not in grades.values() and result["dropped"] == []


def test_other_places_stand_in_the_comparison_alone(folder: Path) -> None:
    done = match(folder, "--as-of", "2026-11-23", "--compare", "桐乡,杭州,拉萨", "--json")
    result = json.loads(done.stdout)
    assert not [one for one in result["matches"] if one["region"] not in ("湖州市", "浙江省", "全国")]
    assert {row["place"] for row in result["rows"]} == {"湖州市", "嘉兴市桐乡市", "杭州市", "拉萨"}
    assert next(row for row in result["rows"] if row["place"] == "拉萨")["rate"] == "未检得"


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        ("distrct: 德清县\n", (), "distrct"),
        ("needs: [火箭]\n", (), "火箭"),
        (PROFILE, ("--as-of", "明天"), "明天"),
        (None, (), "读不到"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_two(
    folder: Path, tmp_path: Path, text: str | None, arguments: tuple[str, ...], said: str
) -> None:
    path = tmp_path / "profile.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    done = run(folder, "assistant", "match", "--profile", str(path), *arguments)
    assert done.returncode == 2 and done.stdout == ""
    assert said in done.stderr and "Traceback" not in done.stderr
