"""The measurement of official formats counts what is right, missed, invented and refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.__main__ import app
from eval.errors import DataError
from eval.formats import (
    Label,
    Reading,
    figures,
    judge,
    official_files,
    read_all,
    read_labels,
    shares,
)
from ingest.settings import IngestSettings
from tests.fakes.material import material

LABELS = Path(__file__).parents[2] / "golden" / "formats" / "labels.yaml"


def reading(name: str, **values: str) -> Reading:
    return Reading(name=name, format="html", values=values)


def figure_of(field: str, labels: dict[str, Label], *readings: Reading) -> tuple[int, int, int]:
    figure = next(one for one in figures(judge(labels, readings)) if one.field == field)
    return figure.stated, figure.found, figure.right


def test_right_missed_invented_and_wrong_are_told_apart() -> None:
    labels = {name: Label(number=("甲发〔2025〕1号",)) for name in ("right", "missed", "wrong")}
    labels["invented"] = Label()
    read = [
        reading("right", number="甲发[2025]1号"),
        reading("missed"),
        reading("wrong", number="甲发〔2025〕2号"),
        reading("invented", number="甲发〔2025〕1号"),
    ]
    assert figure_of("number", labels, *read) == (3, 3, 1)
    figure = next(one for one in figures(judge(labels, read)) if one.field == "number")
    assert figure.precision is not None and figure.recall is not None
    assert figure.precision.mean == pytest.approx(1 / 3) and figure.recall.mean == pytest.approx(1 / 3)


def test_a_refused_file_is_a_miss_in_recall_and_absent_from_precision() -> None:
    labels = {"refused": Label(title=("通知",)), "read": Label(title=("通知",))}
    refused = Reading(name="refused", format="ofd", values=None, reason="refused: 没有文字")
    read = reading("read", title="通知")
    assert figure_of("title", labels, refused, read) == (2, 1, 1)
    assert {name: dict(counted) for name, counted in shares([refused, read]).items()} == {
        "html": {"read": 1},
        "ofd": {"refused": 1},
    }


@pytest.mark.parametrize(
    ("actual", "is_right"),
    [
        ("市经信局", True),
        ("市经信局 市财政局", True),
        ("市财政局、市经信局", True),
        ("市财政局", False),
        ("市经信局、市科技局", False),
        ("市", False),
    ],
)
def test_the_first_issuer_or_all_of_them_are_right(actual: str, is_right: bool) -> None:
    labels = {"a": Label(issuer=("市经信局", "市财政局"))}
    assert figure_of("issuer", labels, reading("a", issuer=actual))[2] == int(is_right)


def test_a_field_that_no_file_states_has_no_figure() -> None:
    figure = next(one for one in figures(judge({"a": Label()}, [reading("a")])) if one.field == "signed")
    assert figure.precision is None and figure.recall is None


def test_a_labelled_file_that_is_not_there_stops_the_measurement() -> None:
    with pytest.raises(DataError, match=r"没有这些标注过的文件:b\.html"):
        judge({"b.html": Label()}, [reading("a")])


@pytest.mark.parametrize("written", ["a.html: {titel: 通知}", "a.html: [", "a.html: {title: 3.5}"])
def test_a_wrong_label_is_refused_in_one_line(tmp_path: Path, written: str) -> None:
    path = tmp_path / "labels.yaml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(DataError, match=r"labels\.yaml") as refused:
        read_labels(path)
    assert "\n" not in str(refused.value)


def test_the_labels_of_the_repository_are_sixty() -> None:
    labels = read_labels(LABELS)
    assert len(labels) == 60
    assert sum(name.endswith(".html") for name in labels) == 48
    dates = [day for one in labels.values() for field in ("adopted", "signed", "published", "effective")
             for day in getattr(one, field)]  # fmt: skip
    assert all(len(day) == 10 and day[4] == day[7] == "-" for day in dates)


def test_the_command_writes_the_table(tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text(
        "关于算力券的通知\n一、对象\n企业。\n二、标准\n按年定。\n", encoding="utf-8"
    )
    (tmp_path / "空.txt").write_text("", encoding="utf-8")
    labels = tmp_path / "labels.yaml"
    labels.write_text("通知.txt: {title: 关于算力券的通知}\n空.txt: {}\n", encoding="utf-8")
    out = tmp_path / "formats.md"
    arguments = ["formats", "--samples", str(tmp_path), "--labels", str(labels), "--out", str(out)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    written = out.read_text(encoding="utf-8")
    assert "| 标题 | 1 | 1 | 1 | 1.000(1.000–1.000) | 1.000(1.000–1.000) |" in written
    assert "| txt | 2 | 1 | 1 |" in written and "空.txt" in written


def test_real_pages_keep_what_was_measured() -> None:
    """The figures of docs/formats.md over the 48 pages, with room for one page."""
    labels = {name: label for name, label in read_labels(LABELS).items() if name.endswith(".html")}
    files = official_files([material("samples/html")])
    judged = judge(labels, read_all(files, IngestSettings(), lambda what, done, total: None))
    by_field = {one.field: one for one in figures(judged)}
    for field in ("title", "number", "published"):
        precision = by_field[field].precision
        assert precision is not None and precision.mean >= 0.97, field
        assert by_field[field].right >= 0.85 * by_field[field].stated, field
