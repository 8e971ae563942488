"""The file of vectors."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from vectorstore.errors import IndexDamagedError
from vectorstore.vectors import VectorFile, VectorWriter

VECTORS = np.arange(12, dtype=np.float32).reshape(4, 3)


def written(folder: Path) -> Path:
    with closing(VectorWriter(folder)) as writer:
        writer.write(VECTORS[:3])
        writer.write(VECTORS[3:])
    return folder


def test_rows_come_back_in_the_order_asked_for_also_when_the_file_is_gone(tmp_path: Path) -> None:
    file = VectorFile(written(tmp_path), 4, 3)
    for path in tmp_path.iterdir():
        path.unlink()
    np.testing.assert_array_equal(file.rows([3, 0, 3]), VECTORS[[3, 0, 3]])
    assert file.rows([]).shape == (0, 3)


def test_no_chunks_have_no_rows(tmp_path: Path) -> None:
    VectorWriter(tmp_path).close()
    assert VectorFile(tmp_path, 0, 3).rows([]).shape == (0, 3)


@pytest.mark.parametrize(("count", "dimension"), [(3, 3), (4, 4)])
def test_a_file_of_another_size_is_refused_with_what_to_do(
    tmp_path: Path, count: int, dimension: int
) -> None:
    folder = written(tmp_path)
    with pytest.raises(IndexDamagedError, match="rebuild"):
        VectorFile(folder, count, dimension)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match=r"vectors\.f32"):
        VectorFile(tmp_path, 1, 3)
