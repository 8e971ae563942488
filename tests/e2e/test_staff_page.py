"""The staff page in a real browser: behind its login, with what people asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Visitor, free_port, served

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("staff")
    run = made / "reports" / "001-abc"
    run.mkdir(parents=True)
    (run / "report.html").write_text("<script>document.title='run'</script>报告", encoding="utf-8")
    (made / "secret.txt").write_text("secret", encoding="utf-8")
    (made / "candidates.jsonl").write_text(
        '{"id":"fb00001","turns":["<b>问</b>"],"note":"没答到"}\n', "utf-8"
    )
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    port = free_port()
    arguments = ["tests/e2e/fake_page.py", "--port", str(port), "--feedback", str(folder / "f.sqlite")]
    with served(arguments, port) as served_at:
        yield served_at


@pytest.fixture(scope="module")
def cookies(address: str) -> httpx.Cookies:
    form = {"user": "wang", "password": PASSWORD}
    return httpx.post(f"{address}/staff/login", data=form).cookies


@pytest.fixture(params=[1280, 360])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The staff page, opened by logging in."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="zh-CN")
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "request", lambda one: one.url.startswith((address, "data:", "blob:")) or complaints.append(one.url)
    )
    opened.goto(f"{address}/staff")
    opened.fill("#user", "wang")
    opened.fill("#password", PASSWORD)
    opened.get_by_role("button", name="登录").click()
    opened.wait_for_selector("table.figures")
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture(scope="module", autouse=True)
def asked(browser: Browser, address: str) -> None:
    from tests.e2e.conftest import Visit

    context = browser.new_context(locale="zh-CN", reduced_motion="reduce")
    visit = Visit(context, address)
    visit.ask("出租车归谁管<img src=x onerror=alert(1)>")
    visit.ask("算力券有多少钱？打我13812345678")
    visit.page.get_by_role("button", name="没帮助").click()
    expect(visit.page.locator("#rating-note")).to_contain_text("已记下")
    context.close()


def tab(page: Page, name: str) -> None:
    """Open a tab, out of the menu where it does not fit."""
    found = page.get_by_role("tab", name=name)
    if found.count() == 0 or not found.first.is_visible():
        page.locator("#staff-tabs .overflow-menu > button").click()
        page.locator("#staff-tabs .overflow-dropdown button", has_text=name).click()
    else:
        found.first.click()


def test_staff_see_what_was_asked_and_what_did_not_help(page: Page) -> None:
    expect(page.locator("#failing table")).to_contain_text("算力券有多少钱？打我〔手机号〕")
    expect(page.locator("#failing table")).not_to_contain_text("出租车")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    tab(page, "问题")
    expect(page.locator("#questions table")).to_contain_text("<img src=x onerror=alert(1)>")
    page.get_by_label("问题里的字").fill("算力券")
    page.get_by_role("button", name="查询").click()
    expect(page.locator("#questions tbody tr")).to_have_count(1)
    page.locator("#open input").fill("2")
    page.get_by_role("button", name="查看").click()
    expect(page.locator("#detail")).to_contain_text("文件没有写明算力券的金额")
    expect(page.locator("#detail")).to_contain_text("golden add --from-feedback 2")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_each_tab_shows_its_table(page: Page) -> None:
    tab(page, "热点")
    expect(page.locator("#tab-subjects table")).to_contain_text("█", timeout=30_000)
    tab(page, "金标候选")
    expect(page.locator("#tab-golden table")).to_contain_text("<b>问</b>")
    tab(page, "评测报告")
    expect(page.locator("#tab-reports table")).to_contain_text("001-abc")


def test_logging_out_ends_the_session(page: Page, address: str) -> None:
    page.get_by_role("button", name="退出登录").click()
    expect(page.locator("#password")).to_be_visible()
    page.goto(f"{address}/staff/")
    expect(page.locator("#password")).to_be_visible()


def test_files_are_for_those_who_are_logged_in(address: str, cookies: httpx.Cookies) -> None:
    for path in ("export/questions.csv", "export/gaps.xlsx", "reports/001-abc/report.html", "config"):
        assert httpx.get(f"{address}/staff/{path}").status_code == 401
    table = httpx.get(f"{address}/staff/export/questions.csv", cookies=cookies, params={"failing": 1})
    assert table.content.startswith(b"\xef\xbb\xbf") and "〔手机号〕" in table.text
    assert "attachment" in table.headers["content-disposition"]
    book = httpx.get(f"{address}/staff/export/subjects.xlsx", cookies=cookies)
    assert book.content.startswith(b"PK")
    assert httpx.get(f"{address}/staff/export/questions.csv?status=x", cookies=cookies).status_code == 422


def test_a_report_is_a_file_that_runs_nothing(address: str, cookies: httpx.Cookies) -> None:
    report = httpx.get(f"{address}/staff/reports/001-abc/report.html", cookies=cookies)
    assert report.status_code == 200
    assert report.headers["content-disposition"].startswith("attachment")
    assert report.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    "path", ["..%2f..%2fsecret.txt/report.html", "../secret.txt", "001-abc/run.json", "%2e%2e/x"]
)
def test_nothing_but_listed_reports_is_served(address: str, cookies: httpx.Cookies, path: str) -> None:
    answer = httpx.get(f"{address}/staff/reports/{path}", cookies=cookies)
    assert answer.status_code == 404 and "secret" not in answer.text


def test_without_logins_there_is_no_staff_page(fake_address: str, visitor: Visitor) -> None:
    for path in ("staff", "staff/", "staff/login", "staff/export/gaps.csv"):
        assert httpx.get(f"{fake_address}/{path}").status_code == 404
