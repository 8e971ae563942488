from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from vectorstore.errors import IndexDamagedError, IndexLockedError, IndexMissingError
from vectorstore.generations import SCHEMA_VERSION, Build, Generations, Manifest

BUILD = Build(schema_version=SCHEMA_VERSION, model="m", dimension=4, coarse=4, store="embedded", bigrams=True)


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    return Generations(tmp_path / "data")


def publish(generations: Generations) -> int:
    previous, number = generations.current(), generations.begin()
    generations.publish(
        Manifest(
            build=BUILD,
            generation=number,
            previous=previous,
            collection=f"c{number}",
            corpus_digest="",
            documents=0,
            passages=0,
            chunks=0,
            created="2025-07-01T00:00:00+00:00",
        )
    )
    return number


def folders(generations: Generations) -> set[str]:
    return {path.name for path in generations.folder(1).parent.iterdir()}


def test_before_the_first_generation_there_is_none_and_the_message_names_the_command(
    generations: Generations,
) -> None:
    assert generations.current() is None
    assert generations.stamp() is None
    with pytest.raises(IndexMissingError, match="python -m ingest add"):
        generations.require_current()


def test_a_generation_serves_once_published_and_not_before(generations: Generations) -> None:
    first = publish(generations)
    generations.begin()
    assert generations.current() == first


def test_every_swap_changes_the_stamp(generations: Generations) -> None:
    stamps = set()
    for _ in range(5):
        publish(generations)
        stamps.add(generations.stamp())
    assert len(stamps) == 5


def test_the_generation_before_is_kept_and_older_and_half_built_ones_go(generations: Generations) -> None:
    for _ in range(3):
        publish(generations)
    generations.begin()
    generations.prune()
    assert folders(generations) == {"000002", "000003"}


def test_a_number_in_use_is_never_given_again(generations: Generations) -> None:
    publish(generations)
    assert [generations.begin(), generations.begin()] == [2, 3]


def test_a_manifest_is_read_back(generations: Generations) -> None:
    number = publish(generations)
    assert generations.manifest(number).build == BUILD


@pytest.mark.parametrize("content", ["", "{}", '{"schema": 0}', "\x00"])
def test_a_damaged_manifest_names_the_command_that_rebuilds(generations: Generations, content: str) -> None:
    number = publish(generations)
    (generations.folder(number) / "manifest.json").write_text(content)
    with pytest.raises(IndexDamagedError, match="ensure --rebuild"):
        generations.manifest(number)
    generations.prune()
    assert folders(generations) == {"000001"}


def test_a_damaged_pointer_names_the_command_that_rebuilds(generations: Generations, tmp_path: Path) -> None:
    publish(generations)
    (tmp_path / "data" / "CURRENT").write_text("x")
    with pytest.raises(IndexDamagedError, match="ensure --rebuild"):
        generations.current()


def test_the_index_keeps_its_name(generations: Generations, tmp_path: Path) -> None:
    assert generations.index_id() == generations.index_id() == Generations(tmp_path / "data").index_id()
    assert generations.index_id() != Generations(tmp_path / "other").index_id()


def test_a_second_writer_is_told_who_writes(generations: Generations, tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from vectorstore.locking import only_writer\n"
        f"with only_writer(pathlib.Path({str(tmp_path / 'data' / 'LOCK')!r})):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(IndexLockedError, match=f"pid {holder.pid}"), generations.lock():
            pass
        holder.kill()
        holder.wait()
        with generations.lock():
            pass
