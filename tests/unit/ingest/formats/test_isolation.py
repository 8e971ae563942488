from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import pytest

from ingest.errors import ReaderFaultError, UnreadableFileError
from ingest.formats.isolation import IsolatedReader
from ingest.formats.kinds import Kind
from ingest.formats.limits import ReadingLimits

LIMITS = ReadingLimits(timeout_s=1.0, ocr_timeout_s=20.0, memory_bytes=1024**3)


@pytest.fixture
def reader() -> Iterator[IsolatedReader]:
    isolated = IsolatedReader(command(idle_s=30))
    yield isolated
    isolated.close()


def command(idle_s: float) -> tuple[str, ...]:
    return (sys.executable, "-m", "tests.fakes.failing_reader", str(idle_s))


def ask(reader: IsolatedReader, name: str, data: bytes = b"x") -> str:
    return reader.read(data, name, Kind.PDF, LIMITS).text


def process_of(reader: IsolatedReader) -> str:
    return ask(reader, "fine").split()[0]


def test_one_warm_process_reads_file_after_file(reader: IsolatedReader) -> None:
    assert process_of(reader) == process_of(reader)
    assert ask(reader, "fine", b"y" * 3_000_000).split()[1] == "3000000"


def test_a_reader_that_hangs_is_ended_in_time_and_replaced(reader: IsolatedReader) -> None:
    before = process_of(reader)
    started = time.monotonic()
    with pytest.raises(
        ReaderFaultError, match=r"^hang:读取超过 1 秒,已中止,其他文件不受影响。.*READING__TIMEOUT_S"
    ):
        ask(reader, "hang")
    assert time.monotonic() - started < 10
    assert process_of(reader) != before


def test_recognition_gives_a_file_more_time(reader: IsolatedReader) -> None:
    process_of(reader)
    assert ask(reader, "slow")


@pytest.mark.parametrize(("name", "reason"), [("die", "结构损坏.*SIGSEGV"), ("exit", "代码 3")])
def test_a_reader_that_dies_costs_one_file(reader: IsolatedReader, name: str, reason: str) -> None:
    process_of(reader)
    with pytest.raises(ReaderFaultError, match=f"^{name}:.*{reason}.*没有入库"):
        ask(reader, name)
    assert process_of(reader)


def test_a_file_that_needs_too_much_memory_says_so(reader: IsolatedReader) -> None:
    with pytest.raises(ReaderFaultError, match=r"^eat:读取时内存超过上限"):
        ask(reader, "eat")
    assert process_of(reader)


def test_a_fault_of_a_parser_is_one_line_without_its_words(reader: IsolatedReader) -> None:
    with pytest.raises(ReaderFaultError, match=r"^break:无法解析\(KeyError\)") as raised:
        ask(reader, "break")
    assert "secret" not in str(raised.value)


def test_a_refusal_keeps_the_process(reader: IsolatedReader) -> None:
    before = process_of(reader)
    with pytest.raises(UnreadableFileError, match=r"^refuse:不收。$"):
        ask(reader, "refuse")
    assert process_of(reader) == before


def test_the_process_has_no_network_and_no_keys(
    reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUXZ_ASSISTANT__LLM_API_KEY", "secret")
    with pytest.raises(ReaderFaultError, match=r"^fetch:无法解析\(PermissionError\)"):
        ask(reader, "fetch")
    assert "HUXZ" not in ask(reader, "fine")


def test_a_process_that_fell_asleep_is_replaced_unnoticed() -> None:
    reader = IsolatedReader(command(idle_s=0.2))
    before = process_of(reader)
    time.sleep(1)
    assert process_of(reader) != before
    reader.close()


def test_a_command_that_cannot_start_is_one_line() -> None:
    reader = IsolatedReader((sys.executable, "-c", "raise SystemExit(1)"))
    with pytest.raises(ReaderFaultError, match="读取程序意外退出"):
        ask(reader, "a.pdf")
    reader.close()
