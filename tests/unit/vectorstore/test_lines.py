from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.lines import Lines, LineWriter


@given(st.lists(st.binary(max_size=50).filter(lambda line: b"\n" not in line), max_size=20))
def test_lines_come_back_one_by_one_also_when_the_file_is_gone(lines: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.jsonl"
        with closing(LineWriter(path)) as writer:
            for line in lines:
                writer.write(line)
        read = Lines(path)
    assert len(read) == len(lines)
    assert list(read) == lines


def test_a_row_outside_is_an_index_error(tmp_path: Path) -> None:
    with closing(LineWriter(tmp_path / "x.jsonl")) as writer:
        writer.write(b"a")
    for row in (-1, 1):
        with pytest.raises(IndexError):
            Lines(tmp_path / "x.jsonl")[row]
