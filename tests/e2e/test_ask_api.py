"""Programs that ask the page's server, and the evaluation that does so."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from eval.__main__ import app
from eval.errors import ServerError
from eval.factory import shipped_documents
from eval.generating import GOLDEN_DAY
from eval.golden import load_golden
from eval.remote import describe_server, open_server
from eval.runs import read_run
from tests.e2e.conftest import free_port, run_module

runner = CliRunner()
RECORD = {
    "id": "u001", "type": "enterprise_support", "audience": "enterprise", "turns": ["有什么券可以用"],
    "answerable": "yes", "expected_status": "answered", "document_id": "huzhou-ai-plan-2025-draft",
    "evidence": ["通过发放算力券、模型券"], "must": [["算力券"]],
}  # fmt: skip


@pytest.fixture
def client(fake_address: str) -> httpx.Client:
    return httpx.Client(base_url=fake_address, trust_env=False)


def test_a_program_gets_the_answer_that_the_command_line_prints(client: httpx.Client) -> None:
    with client:
        given = client.post("/api/ask", json={"turns": ["你好", "有什么券"], "audience": "enterprise"})
        traced = client.post("/api/ask", json={"turns": ["有什么券"], "as_of": "2025-07-15", "trace": True})
    assert given.status_code == 200
    assert list(given.json()) == ["status", "text", "citations", "notices", "elapsed_ms"]
    assert [one["path"] for one in given.json()["citations"]] == ["三/(四)/12", "三/(三)/7", "三/(五)/14"]
    assert "retrieved" in traced.json()["trace"]
    assert given.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"turns": []}, 422, "turns"),
        ({"turns": ["好"], "who": "me"}, 422, "who"),
        ({"turns": ["好"], "as_of": "昨天"}, 422, "as_of"),
        ({"turns": ["好"] * 13}, 422, "最多 12 句"),
        ({"turns": ["长" * 501]}, 422, "500 个字"),
        ({"turns": ["长" * 90_000]}, 413, "太大"),
    ],
)
def test_a_request_out_of_bounds_is_refused_in_one_line(
    client: httpx.Client, body: dict[str, object], status: int, said: str
) -> None:
    with client:
        given = client.post("/api/ask", json=body)
    assert given.status_code == status
    assert said in given.json()["error"]
    assert "\n" not in given.json()["error"]


def test_another_sites_page_and_another_host_name_get_no_answer(client: httpx.Client) -> None:
    asked = json.dumps({"turns": ["有什么券"]})
    with client:
        simple = client.post("/api/ask", content=asked, headers={"content-type": "text/plain"})
        rebound = client.post("/api/ask", json={"turns": ["好"]}, headers={"host": "evil.example"})
        read = client.get("/api/ask")
    assert (simple.status_code, rebound.status_code) == (415, 400)
    assert read.status_code in {404, 405}


def test_generate_asks_a_running_server_and_score_reads_its_run(
    fake_address: str, plan_data: Path, tmp_path: Path
) -> None:
    golden = tmp_path / "golden.jsonl"
    second = RECORD | {"id": "u002", "turns": ["到底多少钱"], "expected_status": "unspecified"}
    golden.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in (RECORD, second)))
    out = tmp_path / "run"
    made = run_module(
        tmp_path, "eval", "generate", "--url", fake_address, "--golden", str(golden), "--out", str(out),
        "--jobs", "2", HUXZ_VECTORSTORE__DATA_DIR=str(plan_data),
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    run = read_run(out)
    assert [one.answer.status.value for one in run.answers] == ["answered", "unspecified"]
    assert [one.marker for one in run.answers[0].answer.citations] == [1, 2, 3]
    assert run.manifest.settings == {"server": fake_address}
    assert run.manifest.versions == {"huxz": "test"}
    scored = runner.invoke(app, ["score", str(out)])
    assert scored.exit_code == 0, scored.output


def test_a_server_with_other_documents_is_not_judged(
    fake_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUXZ_VECTORSTORE__DATA_DIR", str(tmp_path / "data"))
    golden = tmp_path / "golden.jsonl"
    golden.write_text(json.dumps(RECORD, ensure_ascii=False) + "\n")
    documents = shipped_documents()
    questions = load_golden(golden, documents)
    changed = [one.model_copy(update={"digest": "0" * 64}) for one in documents]
    with open_server(fake_address) as server, pytest.raises(ServerError, match="文字不一样"):
        describe_server(server, questions, changed, GOLDEN_DAY)


def test_an_address_without_a_server_is_one_clear_line(tmp_path: Path) -> None:
    with open_server(f"http://127.0.0.1:{free_port()}") as server, pytest.raises(ServerError, match="问不到"):
        server.about()
    with pytest.raises(ServerError, match="不是网址"), open_server("127.0.0.1:7860"):
        pass
