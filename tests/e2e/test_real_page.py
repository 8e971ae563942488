"""The chat page over the real assistant and the real index, served by the command that people use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit, Visitor, free_port, served

CARD = ".card-group:not([hidden]) .card"
VOUCHERS = "算力券由谁负责?"


@pytest.fixture(scope="module")
def address(plan_data: Path) -> Iterator[str]:
    port = free_port()
    with served(
        ["-m", "assistant", "serve", "--port", str(port)],
        port,
        HUXZ_VECTORSTORE__DATA_DIR=str(plan_data),
        HUXZ_ASSISTANT__TODAY="2025-07-11",
    ) as running:
        yield running


@pytest.fixture
def visit(visitor: Visitor, address: str) -> Visit:
    return visitor(address)


def fits(visit: Visit) -> bool:
    return bool(visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_the_banner_says_that_the_plan_is_a_draft_whose_deadline_has_passed(visit: Visit) -> None:
    banner = visit.text("#draft-banner")
    assert "湖州市人工智能高质量发展三年行动计划" in banner and "征求意见稿" in banner
    assert "2025-07-10" in banner and "已" in banner


def test_an_answer_leads_to_the_clause_that_it_rests_on(visit: Visit) -> None:
    visit.ask(VOUCHERS)
    assert visit.text("#latest .status") == "有原文依据"
    assert "市经信局" in visit.text("#latest .answer-text")
    assert "征求意见稿" in visit.text("#latest .notices") and "自动生成" in visit.text("#latest .generated")
    marker = visit.page.locator("#latest a.cite").first
    marker.click()
    shown = visit.page.locator(".card.is-shown")
    expect(shown).to_be_focused()
    expect(shown).to_be_in_viewport()
    expect(shown.locator(".card-path")).to_contain_text("三/(四)/12")
    assert "优质数据标注企业" in shown.locator(".clause").inner_text(), "the clause stands there whole"
    quote = shown.locator("mark").first.inner_text()
    assert quote and quote in shown.locator(".clause").inner_text()


def test_a_list_of_duties_has_a_card_for_every_clause(visit: Visit) -> None:
    visit.ask("请列出市数据局在这份计划里负责的全部任务")
    expect(visit.page.locator(CARD)).to_have_count(3)
    shown = " ".join(visit.page.locator(f"{CARD} .card-path").all_inner_texts())
    assert all(path in shown for path in ("二/(二)/2", "二/(二)/8", "三/(四)/10"))


def test_a_refusal_shows_no_card(visit: Visit) -> None:
    visit.ask("明天湖州下雨吗?")
    assert visit.text("#latest .status") == "超出范围"
    assert "12345" in visit.text("#latest .answer-text")
    assert visit.page.locator(CARD).count() == visit.page.locator("#latest a.cite").count() == 0


def test_a_detail_that_the_plan_does_not_hold_is_said_to_be_missing(visit: Visit) -> None:
    visit.ask("场景券一张多少钱?")
    assert visit.text("#latest .status") == "文件未载明"
    assert "没有写明" in visit.text("#latest .answer-text")


def test_a_follow_up_and_a_reload_keep_every_citation_at_its_own_answer(visit: Visit) -> None:
    visit.ask("人工智能+教育由哪些单位负责?")
    visit.ask("那文旅的呢?")
    expect(visit.page.locator(f"{CARD} h4").first).to_contain_text("文旅")
    visit.reload()
    expect(visit.page.locator(".turn")).to_have_count(2)
    visit.page.locator("#history a.cite").first.click()
    expect(visit.page.locator(".card.is-shown h4")).to_contain_text("人工智能+教育")
    visit.page.locator("#latest a.cite").first.click()
    expect(visit.page.locator(".card.is-shown h4")).to_contain_text("人工智能+文旅")


def test_an_example_of_each_audience_is_answered_with_cards(visit: Visit) -> None:
    for audience in ("市民", "企业", "工作人员"):
        visit.page.locator("#audience label", has_text=audience).click()
        example = visit.page.locator("#examples button:visible").first
        example.click()
        visit.page.wait_for_selector("#latest .answer[aria-busy=false]")
        assert visit.page.locator(CARD).count() > 0, example
        visit.page.click("#anew")
        expect(visit.page.locator("#examples")).to_be_visible()


def test_the_telephone_fits_answer_and_cards_in_large_type_too(visitor: Visitor, address: str) -> None:
    visit = visitor(address, width=360, height=740)
    visit.ask("我们是做数据标注的小公司,有什么支持?")
    assert fits(visit)
    size = "parseFloat(getComputedStyle(document.querySelector('#latest .answer-text')).fontSize)"
    before = visit.page.evaluate(size)
    visit.page.click("#large-type")
    assert fits(visit) and visit.page.evaluate(size) >= before * 1.2
    visit.ask("市经信局负责哪些任务?")
    assert fits(visit), "a list of sixteen fits as well"
    visit.page.locator("#latest a.cite").last.click()
    expect(visit.page.locator(".card.is-shown h4")).to_be_in_viewport()


def test_a_hostile_question_stays_text(visit: Visit) -> None:
    visit.ask("算力券<img src=x onerror='window.pwned=1'><script>window.pwned=1</script>由谁负责?")
    assert visit.page.evaluate("window.pwned") is None
    assert visit.page.locator("#talk img, #evidence img, #talk script, #evidence script").count() == 0
