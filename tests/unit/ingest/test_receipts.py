from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest import receipts as module
from ingest.receipts import Receipt, Receipts
from ingest.settings import IngestSettings
from ingest.taking import Taken, find_files, take
from tests.fakes.ingest import MemoryIndex

LAW = "某省条例\n第一条 甲。\n第二条 乙。\n"


class Shelf:
    """A folder of files, an index, and the receipts that tie them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "files"
        self.folder.mkdir()
        self.kept = folder / "taken.json"
        self.settings = IngestSettings(glosses_dir=folder / "glosses", wordings_dir=folder / "wordings")
        self.index = MemoryIndex()

    def receipts(self, settings: IngestSettings | None = None) -> Receipts:
        return Receipts(self.kept, settings or self.settings, self.index)

    def put(self, name: str, text: str = LAW) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def add(self) -> Taken:
        receipts = self.receipts()
        taken = take(find_files([self.folder]), self.settings, receipts, lambda _: None)
        self.index.apply(taken.documents)
        receipts.keep(taken.receipts)
        return taken

    def unread(self) -> set[str]:
        return {path.name for path in self.receipts().unchanged(find_files([self.folder]))}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_an_unchanged_file_needs_no_reading_and_a_changed_one_does(shelf: Shelf) -> None:
    shelf.put("甲.md")
    shelf.put("乙.md")
    assert shelf.unread() == set()
    shelf.add()
    assert shelf.unread() == {"甲.md", "乙.md"}
    shelf.put("乙.md", LAW + "第三条 丙。\n")
    assert shelf.unread() == {"甲.md"}


def test_a_file_whose_document_left_the_index_is_read_again(shelf: Shelf) -> None:
    shelf.put("甲.md")
    shelf.add()
    shelf.index.apply((), ("甲",))
    assert shelf.unread() == set()


def test_a_document_that_the_index_holds_in_another_text_is_read_again(shelf: Shelf) -> None:
    path = shelf.put("甲.md")
    shelf.add()
    shelf.put("甲.md", LAW + "第三条 丙。\n")
    shelf.index.apply(take([path], shelf.settings, shelf.receipts(), lambda _: None).documents)
    shelf.put("甲.md")
    assert shelf.unread() == set()


def test_a_new_gloss_of_a_document_is_a_reason_to_read_it_again(shelf: Shelf) -> None:
    shelf.put("甲.md")
    shelf.add()
    shelf.settings.glosses_dir.mkdir()
    (shelf.settings.glosses_dir / "甲.yaml").write_text("[]\n", encoding="utf-8")
    assert shelf.unread() == set()


def test_another_program_reads_everything_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put("甲.md")
    shelf.add()
    monkeypatch.setattr(module, "_program", lambda: "another")
    assert shelf.unread() == set()


def test_other_settings_of_reading_read_everything_again(shelf: Shelf) -> None:
    path = shelf.put("甲.md")
    shelf.add()
    other = shelf.settings.model_copy(update={"sentence_chunks": "all"})
    assert shelf.receipts(other).unchanged([path]) == {}


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\xff\xfe", b'{"parser": "x"}'])
def test_a_broken_file_of_receipts_costs_only_time(shelf: Shelf, broken: bytes) -> None:
    shelf.put("甲.md")
    shelf.add()
    shelf.kept.write_bytes(broken)
    assert shelf.unread() == set()
    shelf.add()
    assert shelf.unread() == {"甲.md"}


def test_receipts_that_cannot_be_written_are_no_fault(shelf: Shelf) -> None:
    receipts = Receipts(shelf.folder / "none" / "taken.json", shelf.settings, shelf.index)
    receipts.keep([Receipt(document_id="甲", digest="x", source="y")])
    assert not (shelf.folder / "none").exists()


def test_receipts_hold_no_path_of_the_machine(shelf: Shelf) -> None:
    shelf.put("甲.md")
    shelf.add()
    (kept,) = json.loads(shelf.kept.read_bytes())["documents"]
    assert kept["document_id"] == "甲"
    assert str(shelf.folder) not in shelf.kept.read_text(encoding="utf-8")


def test_the_same_file_in_two_folders_is_one_document_and_no_fault(shelf: Shelf) -> None:
    shelf.put("行政法/甲.md")
    shelf.put("社会法/甲.md")
    taken = shelf.add()
    assert [item.document.document_id for item in taken.documents] == ["甲"]
    assert taken.refusals == ()
    assert len(shelf.receipts().unchanged(find_files([shelf.folder]))) == 2


def test_two_texts_of_one_name_are_told_and_the_first_stays(shelf: Shelf) -> None:
    shelf.put("一/甲.md")
    shelf.put("二/甲.md", LAW + "第三条 丙。\n")
    for taken in (shelf.add(), shelf.add()):
        assert len(taken.refusals) == 1
        assert "文档编号相同(甲)" in taken.refusals[0]
        document = shelf.index.document("甲")
        assert document is not None
        assert document.text == LAW


def test_a_folder_is_searched_for_files_of_known_formats(shelf: Shelf) -> None:
    for name in ("乙.md", "下/甲.TXT", ".藏/丙.md", "~$丁.docx", "戊.yaml", ".己.md"):
        shelf.put(name)
    (shelf.folder / "环").symlink_to(shelf.folder, target_is_directory=True)
    found = find_files([shelf.folder, shelf.folder / "乙.md"])
    assert [path.relative_to(shelf.folder).as_posix() for path in found] == ["下/甲.TXT", "乙.md"]


def test_a_folder_without_documents_stands_for_itself(shelf: Shelf) -> None:
    assert find_files([shelf.folder]) == (shelf.folder,)
