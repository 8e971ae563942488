"""The page 惠企匹配 in a real browser: form, result, further questions, download, printing."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import free_port, served
from tests.e2e.test_match_cli import run

WIDTHS = (1280, 360)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the real page over the shipped documents."""
    folder = tmp_path_factory.mktemp("support")
    assert run(folder, "ingest", "ensure").returncode == 0
    port = free_port()
    with served(
        ["-m", "assistant", "serve", "--port", str(port)],
        port,
        HUXZ_VECTORSTORE__DATA_DIR=str(folder / "data"),
        HUXZ_ASSISTANT__TODAY="2025-06-01",
    ) as found:
        yield found


def opened(browser: Browser, address: str, width: int) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 800}, locale="zh-CN").new_page()
    page.goto(f"{address}/match")
    page.wait_for_selector("#match-submit")
    page.wait_for_function("document.documentElement.dataset.ready === 'true'")
    return page


def fill(page: Page, industry: str, text: str) -> None:
    page.locator("#match-industry textarea, #match-industry input").first.fill(industry)
    page.locator("#match-text textarea").fill(text)
    page.locator("#match-submit").click()
    page.wait_for_selector(".match-result")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_filled_form_gives_graded_cards_that_fit_the_screen(
    browser: Browser, address: str, width: int
) -> None:
    page = opened(browser, address, width)
    fill(page, "服装", "我们在吴兴,技改设备花了650万,已经完成,和桐乡比呢")
    assert page.locator(".match-direct h5").first.inner_text().startswith("技术改造")
    assert "650万元×8%=52万元" in page.locator(".match-direct").first.inner_text()
    assert "要点摘录,非原文" in page.locator(".match-direct .match-source").first.inner_text()
    assert page.locator(".match-table td", has_text="最高15%").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_missing_is_asked_and_the_reply_changes_the_grade(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    fill(page, "服装", "我们在吴兴要做技改")
    assert page.locator(".match-ask li").count() in (1, 2)
    assert page.locator(".match-direct").count() == 0
    page.locator("#match-more-text textarea, #match-more-text input").first.fill("设备投资700万,已经完成")
    page.locator("#match-more-submit").click()
    page.wait_for_selector(".match-direct")
    assert "700万元×8%=56万元" in page.locator(".match-direct").first.inner_text()


def test_the_result_can_be_taken_along_and_printed(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    fill(page, "服装", "我们在吴兴想租算力")
    with page.expect_download() as started:
        page.locator("a[download]").click()
    text = Path(started.value.path()).read_text(encoding="utf-8")
    assert started.value.suggested_filename.endswith(".md") and text.startswith("# 惠企匹配结果")
    href = page.locator("a[download]").get_attribute("href") or ""
    assert b64decode(href.split("base64,")[1]).decode("utf-8") == text
    page.emulate_media(media="print")
    assert not page.locator("#match-form").is_visible() and page.locator(".match-card").first.is_visible()


def test_the_pages_link_to_each_other(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    page.locator(".pages a", has_text="政策问答").click()
    page.wait_for_selector("#question textarea")
    page.locator(".pages a", has_text="惠企匹配").click()
    page.wait_for_selector("#match-submit")
    assert page.locator('.pages a[aria-current="page"]').inner_text() == "惠企匹配"
