"""Real files that tests read where they lie: beside the repository, or where HUXZ_TEST_MATERIAL points."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).parents[2].parent / "shared"


def material(folder: str) -> Path:
    """Return a folder of the material, e.g. samples/html; the test is skipped where it is missing."""
    root = Path(os.environ.get("HUXZ_TEST_MATERIAL", BESIDE))
    if not (root / folder).is_dir():
        pytest.skip(f"{folder} is not here; HUXZ_TEST_MATERIAL names the folder that holds it")
    return root / folder
