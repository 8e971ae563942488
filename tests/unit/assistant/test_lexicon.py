from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import LexiconError
from assistant.lexicon import FOLDER, load_lexicon

FILES = ("synonyms.yaml", "english_terms.yaml", "places.yaml", "unit_aliases.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    return tmp_path


def test_a_folder_of_your_own_is_read(folder: Path) -> None:
    (folder / "synonyms.yaml").write_text("- lay: [借钱]\n  official: [专项基金]\n", encoding="utf-8")
    (synonym,) = load_lexicon(folder).synonyms
    assert (synonym.lay, synonym.official) == (("借钱",), ("专项基金",))


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(LexiconError, match=name):
        load_lexicon(folder)


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("synonyms.yaml", "- lay: []\n  official: [x]\n", "0.lay"),
        ("synonyms.yaml", "- lay: [x]\n", "0.official"),
        ("synonyms.yaml", "- lay: [x]\n  offical: [y]\n  official: [y]\n", "0.offical"),
        ("english_terms.yaml", "- en: x\n  zh: y\n", "0.en"),
        ("places.yaml", "huzhou: [湖州]\n", "other"),
        ("unit_aliases.yaml", "just words\n", "unit_aliases.yaml"),
        ("places.yaml", "", "places.yaml"),
        ("synonyms.yaml", "- [unclosed\n", "synonyms.yaml"),
    ],
)
def test_a_malformed_file_is_named_with_the_place(folder: Path, name: str, text: str, place: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as fault:
        load_lexicon(folder)
    assert name in str(fault.value) and place in str(fault.value)


def test_a_file_in_another_encoding_is_named(folder: Path) -> None:
    (folder / "places.yaml").write_bytes("huzhou: [湖州]".encode("gb18030"))
    with pytest.raises(LexiconError, match=r"places\.yaml"):
        load_lexicon(folder)
