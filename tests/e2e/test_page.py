"""The chat page in a real browser, over a made-up assistant."""

from __future__ import annotations

import socket
import subprocess
import sys

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ROOT, Visit, Visitor

CARD = ".card-group:not([hidden]) .card"
LABEL = "内容由系统自动生成，仅供参考，以正式公布文件为准"


@pytest.fixture
def visit(visitor: Visitor, fake_address: str) -> Visit:
    return visitor(fake_address)


def fits(visit: Visit) -> bool:
    return bool(visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_the_page_says_what_it_is_and_that_the_plan_is_a_draft(visit: Visit) -> None:
    assert visit.text("h1") == "湖小政"
    assert "尚未生效" in visit.text("#draft-banner")
    assert "2025-07-10" in visit.text("#draft-banner")
    assert visit.page.title() == "湖小政 · 政策问答"
    assert visit.page.locator("footer:visible").count() == 0
    assert visit.page.evaluate("document.documentElement.lang") == "zh-CN"


def test_an_answer_comes_with_its_clauses_as_cards(visit: Visit) -> None:
    visit.ask("有什么券可以用？")
    assert visit.text("#latest .status") == "有原文依据"
    assert visit.text("#latest .generated") == LABEL
    assert "征求意见稿" in visit.text("#latest .notices")
    cards = visit.page.locator(CARD)
    assert cards.count() == 3
    first = cards.first
    assert "三/(四)/12" in first.inner_text()
    assert "优质数据标注企业" in first.locator(".clause").inner_text(), "the clause stands there whole"
    assert first.locator("mark").first.inner_text().startswith("通过发放算力券")
    assert "通俗说" in first.locator(".gloss").inner_text()


def test_an_answer_is_shown_while_it_is_made(visit: Visit) -> None:
    visit.send("慢慢说有什么券")
    expect(visit.page.locator("#latest .answer[aria-busy=true] .answer-text")).to_contain_text("计划提出")
    expect(visit.page.locator("#stop")).to_be_visible()
    assert visit.page.locator("#latest a.cite").count() == 0, (
        "no marker leads anywhere before the cards exist"
    )
    visit.page.click("#stop")
    expect(visit.page.locator("#latest .calm")).to_have_text("已停止，以上内容不完整。")
    assert "计划提出" in visit.text("#latest .answer-text")
    visit.page.wait_for_timeout(800)  # until the framework has let go of the event that was stopped
    visit.ask("出租车归谁管")
    assert visit.page.locator(CARD).count() == 1


def test_a_marker_leads_to_its_card(visit: Visit) -> None:
    visit.ask("有什么券可以用？")
    visit.page.locator("#latest a.cite", has_text="[2]").click()
    expect(visit.page.locator(".card.is-shown h4")).to_contain_text("7.深化场景供需对接")
    expect(visit.page.locator(".card.is-shown")).to_be_focused()
    expect(visit.page.locator(".card.is-shown")).to_be_in_viewport()
    visit.page.locator(".card.is-shown a[data-back]").click()
    expect(visit.page.locator("#latest a.cite", has_text="[2]").first).to_be_focused()


def test_a_marker_of_an_older_answer_leads_to_that_answers_card(visit: Visit) -> None:
    visit.ask("有什么券可以用？")
    visit.ask("出租车归谁管？")
    expect(visit.page.locator(f"{CARD} h4")).to_contain_text("4.人工智能+交通")
    visit.page.locator("#history a.cite", has_text="[1]").first.click()
    expect(visit.page.locator(".card.is-shown h4")).to_contain_text("12.提升普惠服务水平")
    visit.page.locator("#latest a.cite").first.click()
    expect(visit.page.locator(".card.is-shown h4")).to_contain_text("4.人工智能+交通")


def test_a_refusal_is_polite_and_shows_no_cards(visit: Visit) -> None:
    visit.ask("有什么券可以用？")
    visit.ask("明天天气怎么样？")
    assert visit.text("#latest .status") == "超出范围"
    assert "12345" in visit.text("#latest .answer-text")
    assert visit.page.locator(CARD).count() == 0
    assert visit.text(".card-group:not([hidden])") == "这个回答没有引用条款。"
    visit.ask("算力券有多少钱？")
    assert visit.text("#latest .status") == "文件未载明"
    assert visit.page.locator(CARD).count() == 1


def test_a_follow_up_carries_the_conversation(visit: Visit) -> None:
    visit.ask("有什么券可以用？")
    visit.ask("这是几轮了？")
    assert "这是第2问，上一问是：有什么券可以用？" in visit.text("#latest .answer-text")


def test_asking_again_replaces_the_answer_and_its_cards(visit: Visit) -> None:
    visit.ask("有什么券可以用？")
    before = visit.latest_id()
    visit.page.click("#again")
    visit.page.wait_for_function(
        "before => document.querySelector('#latest .turn').id !== before", arg=before
    )
    visit.page.wait_for_selector("#latest .answer[aria-busy=false]")
    assert visit.page.locator(".turn").count() == 1
    assert visit.page.locator(".card-group").count() == 1
    visit.page.locator("#latest a.cite", has_text="[3]").click()
    expect(visit.page.locator(".card.is-shown h4")).to_contain_text("14.创新多维金融支持")


def test_an_error_is_a_calm_sentence_and_the_question_stays(visit: Visit) -> None:
    visit.ask("有什么券可以用？")
    visit.ask("请出错")
    assert "您的问题还留在输入框里" in visit.text("#latest .calm")
    expect(visit.page.locator("#question textarea")).to_have_value("请出错")
    assert "made-up fault" not in visit.page.content()
    visit.page.locator("#history a.cite").first.click()
    expect(visit.page.locator(".card.is-shown h4")).to_contain_text("12.提升普惠服务水平")


def test_a_reload_brings_the_conversation_back_with_its_cards(visit: Visit) -> None:
    visit.ask("有什么券可以用？")
    visit.ask("出租车归谁管？")
    visit.ask("请出错")
    visit.reload()
    expect(visit.page.locator(".turn")).to_have_count(3)
    visit.page.locator("#history a.cite", has_text="[2]").first.click()
    expect(visit.page.locator(".card.is-shown h4")).to_contain_text("7.深化场景供需对接")
    visit.ask("这是几轮了？")
    assert "上一问是：请出错" in visit.text("#latest .answer-text")


def test_leaving_in_the_middle_of_an_answer_is_told_afterwards(visit: Visit) -> None:
    visit.send("慢慢说有什么券")
    visit.reload()
    visit.complaints.clear()  # the browser reports the connection that was cut
    expect(visit.page.locator("#latest .calm")).to_contain_text("中断")


def test_a_new_conversation_is_empty_and_stays_empty(visit: Visit) -> None:
    visit.ask("有什么券可以用？")
    visit.page.click("#anew")
    expect(visit.page.locator(".turn")).to_have_count(0)
    expect(visit.page.locator("#examples")).to_be_visible()
    visit.reload()
    expect(visit.page.locator(".turn")).to_have_count(0)


def test_examples_change_with_the_audience_and_ask_when_clicked(visit: Visit) -> None:
    citizens = visit.page.locator("#examples button").all_inner_texts()
    visit.page.locator("#audience label", has_text="企业").click()
    expect(visit.page.locator("#examples button").first).not_to_have_text(citizens[0])
    enterprises = visit.page.locator("#examples button").all_inner_texts()
    assert len(citizens) >= 4 and len(enterprises) >= 4 and not set(citizens) & set(enterprises)
    visit.page.locator("#examples button").first.click()
    visit.page.wait_for_selector("#latest .answer[aria-busy=false]")
    assert visit.text("#latest .question-text") == enterprises[0]
    assert "企业" in visit.text("#latest .question .who")


def test_nothing_happens_without_a_question(visit: Visit) -> None:
    visit.ask("有什么券可以用？")
    before = visit.latest_id()
    visit.page.fill("#question textarea", "   ")
    visit.page.click("#send")
    visit.page.wait_for_timeout(800)
    assert (visit.page.locator(".turn").count(), visit.latest_id()) == (1, before)
    assert visit.page.locator(CARD).count() == 3


def test_a_question_too_long_is_kept_and_told(visit: Visit) -> None:
    visit.page.fill("#question textarea", "问" * 501)
    assert visit.page.locator("#question").get_attribute("data-count") == "501 / 500 字"
    visit.page.click("#send")
    expect(visit.page.locator("#note")).to_contain_text("最多 500 个字，现在有 501 个字")
    expect(visit.page.locator("#question textarea")).to_have_value("问" * 501)
    assert visit.page.locator(".turn").count() == 0
    visit.ask("有什么券可以用？")
    assert visit.text("#note") == ""


def test_hostile_text_stays_text(visit: Visit) -> None:
    visit.ask("脚本<script>window.pwned=1</script><img src=x onerror='window.pwned=1'>")
    visit.page.locator("#latest a.cite").first.click()
    visit.page.wait_for_timeout(300)
    assert visit.page.evaluate("window.pwned") is None
    assert (
        visit.page.locator("#talk img, #evidence img, #talk script, #evidence script, #injected").count() == 0
    )
    assert visit.page.locator("a[href^='javascript'], a[href*='evil']").count() == 0
    assert "javascript:window.pwned=1" in visit.text("#latest .answer-text"), "shown as the text that it is"
    assert visit.page.locator(f"{CARD} mark").count() == 1


def test_a_phone_shows_everything_without_scrolling_sideways(visitor: Visitor, fake_address: str) -> None:
    visit = visitor(fake_address, width=360, height=740)
    assert fits(visit)
    visit.ask("有什么券可以用？")
    assert fits(visit)
    answer, card = (visit.page.locator(place).first.bounding_box() for place in ("#latest .answer", CARD))
    assert answer and card and card["y"] > answer["y"] + answer["height"], "cards stand below the answer"
    visit.page.locator("#latest a.cite", has_text="[3]").click()
    expect(visit.page.locator(".card.is-shown h4")).to_be_in_viewport()
    visit.page.click("#large-type")
    assert fits(visit)


def test_large_type_is_larger_and_remembered(visit: Visit) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('.welcome p')).fontSize)"
    before = visit.page.evaluate(size)
    visit.page.click("#large-type")
    visit.reload()
    assert visit.page.evaluate(size) >= before * 1.25
    assert visit.page.get_attribute("#large-type", "aria-pressed") == "true"
    visit.page.click("#large-type")
    assert visit.page.evaluate(size) == before


def test_answers_and_clauses_can_be_copied(visit: Visit) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask("有什么券可以用？")
    visit.page.click("#latest [data-copy=answer]")
    expect(visit.page.locator("#latest [data-copy=answer]")).to_have_text("已复制")
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert "算力券" in copied and LABEL in copied and "三/(四)/12" in copied
    visit.page.locator(f"{CARD} [data-copy=clause]").nth(1).click()
    visit.page.wait_for_timeout(200)
    clause = visit.page.evaluate("navigator.clipboard.readText()")
    assert clause.startswith("7.深化场景供需对接。") and clause.endswith("三/(三)/7")


def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type("有什么券可以用？")
    page.keyboard.press("Enter")
    page.wait_for_selector("#latest a.cite")
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('a.cite')"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "the focus can be seen"
    page.keyboard.press("Enter")
    expect(page.locator(".card.is-shown")).to_be_focused()


def test_a_screen_reader_hears_the_answer(visit: Visit) -> None:
    announcer = visit.page.locator("#announcer")
    assert announcer.get_attribute("aria-live") == "polite"
    visit.ask("有什么券可以用？")
    expect(announcer).to_contain_text("回答完毕，有原文依据，引用 3 条条款。计划提出发放算力券")
    label = visit.page.locator("#latest a.cite").first.get_attribute("aria-label")
    assert label == "依据第 1 条：12.提升普惠服务水平"


def test_a_taken_port_is_one_clear_line(fake_address: str) -> None:
    port = fake_address.rsplit(":", 1)[1]
    code = (
        "from assistant.ui.server import serve\nfrom assistant.ui.errors import PortTakenError\n"
        "import gradio as gr\n"
        f"try:\n    serve(gr.Blocks(), '127.0.0.1', {port})\n"
        "except PortTakenError as error:\n    print(error)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout.startswith(f"127.0.0.1:{port} cannot be used")
    assert len(run.stdout.splitlines()) == 1


def test_the_page_loads_from_its_own_host_only_and_answers_to_its_own_names(fake_address: str) -> None:
    assert httpx.get(fake_address, headers={"host": "evil.example"}).status_code == 400
    policy = httpx.get(fake_address).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy and "*" not in policy


@pytest.mark.parametrize("path", ["gradio_api/info", "monitoring", "gradio_api/file=/etc/passwd", "docs"])
def test_what_the_page_does_not_offer_is_not_there(fake_address: str, path: str) -> None:
    assert httpx.get(f"{fake_address}/{path}").status_code == 404


def test_nothing_can_be_uploaded_and_requests_are_bounded(fake_address: str) -> None:
    upload = httpx.post(f"{fake_address}/gradio_api/upload", files={"files": b"x"})
    with socket.create_connection(("127.0.0.1", int(fake_address.rsplit(":", 1)[1]))) as line:
        line.sendall(b"POST /x HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100000000\r\n\r\n")
        status = line.recv(100).split()[1]
    chunked = httpx.post(f"{fake_address}/gradio_api/queue/join", content=iter([b"x"]))
    assert (upload.status_code, status, chunked.status_code) == (404, b"413", 411)
