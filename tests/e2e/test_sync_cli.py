"""`python -m ingest sync` in a process of its own, against a site on this machine, on the real index."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.test_ingest_cli import ROOT, ingest
from tests.fakes.site import Reply, Site, running
from tests.unit.ingest.syncing.conftest import TITLE, html, page

ENTRY = "- {{id: {id}, title: {title}, issuer: 示范局, level: 市, region: 示范市, url: '{url}'}}\n"


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        yield site


def variables(folder: Path, site: Site, sources: dict[str, str], pause_s: float = 0.0) -> dict[str, str]:
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    text = "".join(ENTRY.format(id=key, title=TITLE, url=url) for key, url in sources.items())
    (corpus / "sources.yaml").write_text(text, encoding="utf-8")
    return {
        "HUXZ_INGEST__CORPUS_DIR": str(corpus),
        "HUXZ_INGEST__SYNC__HOSTS": json.dumps([site.authority]),
        "HUXZ_INGEST__SYNC__ALLOW_PRIVATE": "true",
        "HUXZ_INGEST__SYNC__PAUSE_S": str(pause_s),
        "HUXZ_INGEST__SYNC__BACKOFF_S": "0.01",
    }


def test_documents_are_taken_in_listed_renewed_and_flagged(tmp_path: Path, site: Site) -> None:
    url = site.play("/a.html", html(ETag='"1"'))
    settings = variables(
        tmp_path, site, {"demo-a": url, "demo-b": site.play("/b.html", html(page("30万元")))}
    )
    plan = ingest(tmp_path, "sync", "--dry-run", **settings)
    assert plan.returncode == 0 and "demo-a" in plan.stdout and site.asked == []

    first = ingest(tmp_path, "sync", **settings)
    assert first.returncode == 0, first.stderr
    lines = {line["document_id"]: line for line in json.loads(ingest(tmp_path, "list", "--json").stdout)}
    assert set(lines) == {"demo-a", "demo-b"}

    site.play("/b.html", Reply(410))
    second = ingest(tmp_path, "sync", **settings)
    assert second.returncode == 1 and "未变 1 份" in second.stdout and "页面已消失 1 份" in second.stdout
    shown = json.loads(ingest(tmp_path, "show", "demo-b", "--json").stdout)
    assert any("官方网页已不存在" in flag for flag in shown["flags"])
    assert ingest(tmp_path, "sync", "--only", "nope", **settings).returncode == 2


def test_a_killed_run_is_carried_on_with_and_loses_nothing(tmp_path: Path, site: Site) -> None:
    sources = {f"demo-{n}": site.play(f"/{n}.html", html()) for n in range(6)}
    settings = variables(tmp_path, site, sources, pause_s=0.4)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HUXZ_")}
    place = {"HUXZ_VECTORSTORE__DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", "sync"],
        cwd=tmp_path,
        env=kept | place | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while "/3.html" not in site.paths() and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    settings["HUXZ_INGEST__SYNC__PAUSE_S"] = "0"
    again = ingest(tmp_path, "sync", **settings)
    assert again.returncode == 0, again.stderr
    assert "接着上次中断" in again.stdout
    assert site.paths().count("/0.html") == site.paths().count("/1.html") == 1
    listed = json.loads(ingest(tmp_path, "list", "--json").stdout)
    assert {line["document_id"] for line in listed} == set(sources)
