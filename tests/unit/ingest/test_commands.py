from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from rich.console import Console

from ingest.commands import Commands
from ingest.errors import UnknownDocumentError
from ingest.receipts import Receipts
from ingest.settings import IngestSettings
from tests.fakes.ingest import MemoryIndex

PLAN = Path("ingest/corpus/huzhou-ai-plan-2025-draft.txt")


@dataclass
class Desk:
    """Commands over an index in memory, with what they printed."""

    index: MemoryIndex
    commands: Commands

    def out(self) -> str:
        return _printed(self.commands.out)

    def err(self) -> str:
        return _printed(self.commands.err)


def _printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    index = MemoryIndex()
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / PLAN.name).write_bytes(PLAN.read_bytes())
    (corpus / "instruments.yaml").write_text("- 1\n", encoding="utf-8")
    settings = IngestSettings(
        corpus_dir=corpus, glosses_dir=tmp_path / "glosses", wordings_dir=tmp_path / "wordings"
    )
    commands = Commands(
        settings=settings,
        catalog=index,
        receipts=Receipts(tmp_path / "taken.json", settings, index),
        open_writer=lambda rebuild, progress: index,
        out=Console(file=io.StringIO(), width=140),
        err=Console(file=io.StringIO(), width=140),
    )
    return Desk(index, commands)


def test_add_prints_what_was_added(desk: Desk) -> None:
    assert desk.commands.add([PLAN]) == 0
    row = next(line for line in desk.out().splitlines() if PLAN.stem in line)
    assert [cell.strip() for cell in row.split("│")][1:7] == [PLAN.stem, "49", "154", "49", "0", "0"]


def test_adding_the_same_file_again_changes_nothing_and_says_so(desk: Desk) -> None:
    desk.commands.add([PLAN])
    assert desk.commands.add([PLAN]) == 0
    assert desk.index.generations == 1
    assert f"{PLAN.stem}:内容没有变化" in desk.out()


def test_a_changed_file_updates_only_its_changed_clauses(desk: Desk, tmp_path: Path) -> None:
    desk.commands.add([PLAN])
    text = PLAN.read_text(encoding="utf-8")
    start, end = text.index("15.做强"), text.index("四、组织保障")
    changed = (text[:start] + text[end:]).replace("40家以上", "45家以上")
    (tmp_path / PLAN.name).write_text(changed, encoding="utf-8")
    desk.commands.add([tmp_path / PLAN.name])
    row = [line for line in desk.out().splitlines() if PLAN.stem in line][-1]
    assert [cell.strip() for cell in row.split("│")][4:8] == ["0", "1", "47", "1"]
    assert all(chunk.path != "三/(五)/15" for chunk in desk.index.chunks(PLAN.stem))


def test_good_files_go_in_while_bad_ones_are_told_one_line_each(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "空目录").mkdir()
    assert desk.commands.add([tmp_path / "空.txt", PLAN, tmp_path / "空目录", tmp_path / "无.txt"]) == 2
    refusals = [line for line in desk.err().splitlines() if not line.startswith("正在")]
    assert [line.split(":")[0] for line in refusals] == ["空.txt", "空目录", "无.txt"]
    assert desk.index.document(PLAN.stem) is not None


def test_only_bad_files_leave_the_index_as_it_was_and_say_one_line(desk: Desk, tmp_path: Path) -> None:
    assert desk.commands.add([tmp_path / "无.txt"]) == 2
    assert desk.err().count("\n") == 1
    assert desk.out() == ""
    assert desk.index.generations == 0


def test_two_files_of_one_id_are_not_taken_for_one_document(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / PLAN.name).write_text("一、甲\n乙。\n", encoding="utf-8")
    assert desk.commands.add([PLAN, tmp_path / PLAN.name, PLAN]) == 2
    assert desk.err().count("文档编号相同") == 1


def test_stale_glosses_are_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "glosses").mkdir()
    lines = "- {path: 三/(四)/12, digest: x, gloss: 旧。}\n"
    (tmp_path / "glosses" / f"{PLAN.stem}.yaml").write_text(lines, encoding="utf-8")
    desk.commands.add([PLAN])
    assert "1 条通俗解读与条款现文不符,未入库:三/(四)/12" in desk.err()


def test_list_json_is_the_contract(desk: Desk) -> None:
    desk.commands.add([PLAN])
    before = len(desk.out())
    assert desk.commands.list(as_json=True) == 0
    (line,) = json.loads(desk.out()[before:])
    assert line["document_id"] == PLAN.stem
    assert line["title"] == "湖州市人工智能高质量发展三年行动计划(2025—2027年)"
    assert (line["status"], line["clauses"], line["numbered_clauses"]) == ("征求意见稿", 49, 28)
    assert line["chunks"] == len(desk.index.chunks(PLAN.stem))


def test_list_of_an_empty_index_is_an_empty_array(desk: Desk) -> None:
    desk.commands.list(as_json=True)
    assert json.loads(desk.out()) == []


def test_show_json_is_the_contract(desk: Desk) -> None:
    desk.commands.add([PLAN])
    before = len(desk.out())
    desk.commands.show(PLAN.stem, as_json=True)
    shown = json.loads(desk.out()[before:])
    assert {"document_id", "title", "status", "clauses"} <= shown.keys()
    text = PLAN.read_text(encoding="utf-8")
    for clause in shown["clauses"]:
        expected = {
            "path",
            "heading_path",
            "text",
            "start",
            "end",
            "units",
            "targets",
            "instruments",
            "digest",
        }
        assert expected <= clause.keys()
        assert text[clause["start"] : clause["end"]] == clause["text"]
        assert all({"name", "lead", "umbrella"} <= unit.keys() for unit in clause["units"])
    assert "".join(clause["text"] for clause in shown["clauses"]) == text


def test_show_for_people_names_units_and_targets(desk: Desk) -> None:
    desk.commands.add([PLAN])
    desk.commands.show(PLAN.stem, as_json=False)
    assert "责任单位:市经信局" in desk.out()
    assert "指标:上市企业 5家以上(2027年底)" in desk.out()


def test_remove_takes_the_document_out(desk: Desk) -> None:
    desk.commands.add([PLAN])
    assert desk.commands.remove(PLAN.stem) == 0
    assert desk.index.documents() == ()
    assert f"{PLAN.stem}:已移除(49 个条款)" in desk.out()


@pytest.mark.parametrize("command", ["show", "remove"])
def test_an_unknown_document_is_named_with_what_to_do(desk: Desk, command: str) -> None:
    with pytest.raises(UnknownDocumentError, match=r"nein:索引里没有这份文档.*list"):
        if command == "show":
            desk.commands.show("nein", as_json=False)
        else:
            desk.commands.remove("nein")


def test_ensure_ingests_the_corpus_once_and_then_has_nothing_to_do(desk: Desk) -> None:
    assert desk.commands.ensure(rebuild=False) == 0
    assert desk.index.generations == 1
    assert desk.commands.ensure(rebuild=False) == 0
    assert desk.index.generations == 1
    assert "索引已是最新(1 份文档)" in desk.out()


def test_ensure_follows_a_corpus_that_changed(desk: Desk) -> None:
    desk.commands.ensure(rebuild=False)
    path = desk.commands.settings.corpus_dir / PLAN.name
    path.write_text(PLAN.read_text(encoding="utf-8").replace("40家", "41家"), encoding="utf-8")
    desk.commands.ensure(rebuild=False)
    assert desk.index.generations == 2


def test_ensure_keeps_other_documents(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("一、甲\n乙。\n", encoding="utf-8")
    desk.commands.add([tmp_path / "b.txt"])
    desk.commands.ensure(rebuild=True)
    assert [document.document_id for document in desk.index.documents()] == ["b", PLAN.stem]


def test_ensure_refuses_a_broken_corpus(desk: Desk) -> None:
    (desk.commands.settings.corpus_dir / "z.txt").write_bytes(b"")
    assert desk.commands.ensure(rebuild=False) == 2
    assert desk.index.generations == 0


def test_ensure_rebuilds_an_index_that_another_model_built(desk: Desk) -> None:
    desk.commands.ensure(rebuild=False)
    desk.out()
    aged = replace(desk.commands, fits=lambda: False)
    assert aged.ensure(rebuild=False) == 0
    assert "重建" in desk.err()


def test_list_and_show_tell_how_a_document_stands_today(desk: Desk, tmp_path: Path) -> None:
    law = tmp_path / "某市数据条例(2020-01-01).md"
    law.write_text(
        "# 某市数据条例\n\n第一条 为了管理数据。\n\n"
        "第二条 本条例自2020年3月1日起施行,有效期2年。《某市旧办法》(某政发〔2015〕5号)同时废止。\n",
        "utf-8",
    )
    desk.commands.add([law])
    before = len(desk.out())
    desk.commands.list(as_json=True)
    (line,) = json.loads(desk.out()[before:])
    assert (line["standing"], line["standing_inferred"]) == ("已失效", False)
    assert (line["effective"], line["expires"]) == ("2020-03-01", "2022-02-28")
    desk.commands.show(line["document_id"], as_json=False)
    shown = desk.out()
    assert "已失效:第二条写明“有效期2年”,从2020-03-01起算到2022-02-28,2022-02-28后不再有效" in shown.replace(
        "\n", ""
    )
    assert "废止 《某市旧办法》(某政发〔2015〕5号)" in shown
    assert shown.index("已失效") < shown.index("自己标的是 现行有效:")
    desk.commands.show(line["document_id"], as_json=True)
    told = json.loads(desk.out()[len(shown) :])
    assert told["status"] == told["standing"]["standing"] == "已失效"
    assert told["status_said"] == "现行有效" and told["status_basis"] == told["standing"]["basis"]
    shown = desk.out()
    desk.commands.list(as_json=False)
    assert "已失效" in desk.out()[len(shown) :]
