"""A writer killed at any moment leaves the previous index serving, and the next run repairs."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fakes.vectorstore import HashingEmbedder, make_document
from vectorstore.factory import open_index, open_writer
from vectorstore.generations import Generations
from vectorstore.models import QueryLeg, RetrievalQuery
from vectorstore.settings import VectorStoreSettings

ROOT = Path(__file__).parents[3]
WRITER = """
import sys
from tests.fakes.vectorstore import HashingEmbedder, make_document
from vectorstore.factory import open_writer
from vectorstore.settings import VectorStoreSettings
writer = open_writer(VectorStoreSettings(data_dir=sys.argv[1], batch_size=20), embedder=HashingEmbedder())
print("ready", flush=True)
number = int(sys.argv[2])
while True:
    number += 1
    writer.apply([make_document("plan", [f"第{number}版第{i}条发放算力券。" for i in range(40)])])
    print(number, flush=True)
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_writer_killed_at_any_moment_leaves_a_whole_index(tmp_path: Path, seed: int) -> None:
    settings = VectorStoreSettings(data_dir=tmp_path / "data")
    open_writer(settings, embedder=HashingEmbedder()).apply([version(0)])
    index = open_index(settings, embedder=HashingEmbedder())
    chance = random.Random(seed)
    last = 0
    for _ in range(2):
        last = kill_while_writing(settings.data_dir, last, chance.uniform(0.01, 0.6))
        serving = served_version(index.catalog.documents()[0].text)
        assert serving >= last  # nothing that was reported as done is lost
        query = RetrievalQuery(legs=(QueryLeg(text=f"第{serving}版发放算力券"),))
        clauses = index.retriever.retrieve(query, 100).clauses
        assert {found.clause.text for found in clauses} == {
            clause.text for clause in version(serving).document.clauses
        }
        last = serving
    open_writer(settings, embedder=HashingEmbedder()).apply([version(1000)])
    assert index.catalog.documents() == (version(1000).document,)
    left = {int(path.name) for path in (settings.data_dir / "generations").iterdir()}
    assert left == set(Generations(settings.data_dir).kept())
    index.close()


def version(number: int) -> object:
    return make_document("plan", [f"第{number}版第{i}条发放算力券。" for i in range(40)])


def served_version(text: str) -> int:
    return int(text.removeprefix("第").partition("版")[0])


def kill_while_writing(data_dir: Path, number: int, seconds: float) -> int:
    """Return the last version that a writer reported before it was killed."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(data_dir), str(number)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    with writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        reported = [int(line) for line in writer.stdout.read().split("\n")[:-1]]
    return reported[-1] if reported else number
