"""Takes the pictures of the README: `python -m tests.e2e.screenshots` (needs chromium and an index)."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.e2e.conftest import CHROMIUM_ARGUMENTS, ROOT, Visit, find_chromium, free_port, served

PICTURES = ROOT / "docs"
QUESTION = "我们是做数据标注的小公司,能得到哪些支持?"


def main() -> None:
    """Write docs/screenshot.png (1280 px wide) and docs/screenshot-phone.png (360 px wide)."""
    port = free_port()
    with (
        sync_playwright() as driver,
        served(
            ["-m", "assistant", "serve", "--port", str(port)], port, HUXZ_ASSISTANT__TODAY="2025-07-05"
        ) as address,
    ):
        browser = driver.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGUMENTS)
        take(browser, address, PICTURES / "screenshot.png", 1280, 900)
        take(browser, address, PICTURES / "screenshot-phone.png", 360, 740)
        browser.close()


def take(browser: Browser, address: str, picture: Path, width: int, height: int) -> None:
    """Ask the question as an enterprise and save what the window shows."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce"
    )
    visit = Visit(context, address)
    visit.page.locator("#audience label", has_text="企业").click()
    visit.ask(QUESTION)
    visit.page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    visit.page.wait_for_timeout(500)
    visit.page.screenshot(path=picture)
    context.close()


if __name__ == "__main__":
    main()
