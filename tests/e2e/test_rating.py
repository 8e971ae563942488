"""Thumbs under an answer, in a real browser over a real database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor, free_port, served


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feedback") / "feedback.sqlite"


@pytest.fixture(scope="module")
def keeping_address(database: Path) -> Iterator[str]:
    port = free_port()
    arguments = ["tests/e2e/fake_page.py", "--port", str(port), "--feedback", str(database)]
    with served(arguments, port) as address:
        yield address


def votes(database: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as connection:
        rows = connection.execute(
            "SELECT q.text, v.verdict, v.reason, v.comment, length(v.answer_text) > 0 FROM questions q "
            "JOIN votes v ON v.question_id = q.id ORDER BY q.id DESC"
        ).fetchall()
    connection.close()
    return rows


@pytest.mark.parametrize("width", [1280, 360])
def test_a_reason_and_a_text_are_kept_with_the_answer(
    visitor: Visitor, keeping_address: str, database: Path, width: int
) -> None:
    visit = visitor(keeping_address, width=width)
    assert "保存 180 天" in visit.text(".privacy")
    visit.ask(f"出租车归谁管，我的手机13812345678，宽{width}")
    visit.page.get_by_role("button", name="没帮助").click()
    expect(visit.page.locator("#rating-note")).to_contain_text("已记下")
    visit.page.locator("#rating-reason label", has_text="引用不对").click()
    visit.page.fill("#rating-comment textarea", "打13912345678问过")
    visit.page.get_by_role("button", name="提交").click()
    expect(visit.page.locator("#rating-note")).to_have_text("谢谢，已记下您的评价。")
    expect(visit.page.locator("#rating-why")).to_be_hidden()
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert votes(database)[0] == (
        f"出租车归谁管，我的手机〔手机号〕，宽{width}", "down", "sources", "打〔手机号〕问过", 1,
    )  # fmt: skip


def test_each_answer_is_asked_about_and_shows_its_rating_later(
    visitor: Visitor, keeping_address: str, database: Path
) -> None:
    visit = visitor(keeping_address)
    visit.ask("有什么券可以用？")
    visit.page.get_by_role("button", name="有帮助", exact=True).click()
    expect(visit.page.locator("#rating-note")).to_have_text("谢谢，已记下您的评价。")
    visit.reload()
    expect(visit.page.locator(".turn")).to_have_count(1)
    expect(visit.page.locator("#rating")).to_be_hidden()
    visit.ask("明天天气怎么样？")
    expect(visit.page.locator("#rating")).to_be_visible()
    expect(visit.page.locator("#history .rated")).to_have_text("您的评价：有帮助")
    assert votes(database)[0][:2] == ("有什么券可以用？", "up")
