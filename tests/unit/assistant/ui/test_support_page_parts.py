"""The form of 惠企匹配 and its result: escaped, bounded, nothing invented for what is left open."""

from __future__ import annotations

from base64 import b64decode
from datetime import date

from assistant.support.factory import MESSAGES
from assistant.support.vocabulary import load_vocabulary
from assistant.ui.support_form import MOST_CHARS, Filled, SupportForm
from prompts.loader import load_messages
from tests.fakes.support import shipped_desk

FORM = SupportForm(shipped_desk, load_vocabulary(), load_messages(MESSAGES), lambda: date(2025, 6, 1))
ATTACK = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


def test_what_is_filled_in_is_matched_with_the_free_text() -> None:
    shown = FORM.match(Filled(district="吴兴区", industry="服装", text="技改设备花了650万,已经完成"))
    assert "技术改造" in shown.result and "650万元×8%=52万元" in shown.result
    assert "可直接对应(1)" in shown.result and "不代表申报一定成功" in shown.result


def test_everything_that_people_type_is_escaped() -> None:
    shown = FORM.match(Filled(industry=ATTACK, text=f"我们{ATTACK}要租算力"))
    assert "<script" not in shown.result and "<img" not in shown.result


def test_the_text_to_take_along_is_the_whole_result() -> None:
    shown = FORM.match(Filled(district="吴兴区", industry="服装", needs=("equipment", "compute")))
    encoded = shown.result.split("base64,")[1].split('"')[0]
    text = b64decode(encoded).decode("utf-8")
    assert text.startswith("# 惠企匹配结果") and "算力券" in text and "要点摘录,非原文" in text


def test_a_remark_is_added_to_what_was_told() -> None:
    first = FORM.match(Filled(industry="服装", text="我们要做技改"))
    assert first.asks
    second = FORM.match(Filled(industry="服装", text=first.text), "设备投资700万,已经投产")
    assert "700万元×8%=56万元" in second.result and "设备投资700万" in second.text


def test_what_is_too_long_gets_a_calm_note() -> None:
    shown = FORM.match(Filled(text="长" * (MOST_CHARS + 1)))
    assert str(MOST_CHARS) in shown.result and "match-card" not in shown.result


def test_nothing_means_that_there_are_no_titles() -> None:
    nothing = FORM.certifications()[-1]
    shown = FORM.match(Filled(industry="机器人", needs=("insurance",), certifications=(nothing,)))
    assert "您说没有这项认定" in shown.result


def test_links_are_plain_and_open_official_pages_alone_as_official() -> None:
    shown = FORM.match(Filled(district="吴兴区", industry="服装", needs=("equipment",)))
    assert 'href="http://swj.huzhou.gov.cn/' in shown.result and 'rel="noopener noreferrer"' in shown.result


def test_what_does_not_apply_says_why_first_and_keeps_sums_and_conditions() -> None:
    shown = FORM.match(Filled(district="吴兴区", industry="软件", needs=("equipment",), text="设备投资650万"))
    cards = shown.result.split('<article class="match-card match-not">')[1:]
    (card,) = [one for one in cards if "1000万元" in one and "match-ticks" in one][:1]
    assert card.index("match-reason") < card.index("1000万元") < card.index("match-ticks")
