from __future__ import annotations

from datetime import date

import pytest

from assistant.dates import AskedDay
from assistant.ledger import Ledger
from assistant.marking import Marker, promises_money
from assistant.models import Draft, Sentence, SentenceKind, Status
from assistant.verification import Verifier
from assistant.verifying.standings import Shelf
from ingest.document import parse_document
from tests.fakes.composing import plan_context
from tests.fakes.versions import DRAFT, LAPSED
from vectorstore.models import Document

LEVEL = "云溪市补助办法\n\n第一条 对工坊给予补助,最高5万元。\n\n第二条 自2020年1月1日起施行。\n"
LAPSED_DAY, HELD_DAY = date(2026, 1, 1), date(2023, 1, 1)


def set_up(*documents: Document) -> tuple[Ledger, Marker, Verifier]:
    ledger = Ledger(documents)
    shelf = Shelf(ledger.by_document, ledger.standing)
    clauses = {key: place.clause for key, place in ledger.by_id.items()}
    return ledger, Marker(plan_context(), ledger), Verifier(clauses, (), shelf=shelf)


def quote(ledger: Ledger, words: str) -> Sentence:
    place = next(one for one in ledger.places if words in one.clause.text)
    return Sentence(
        kind=SentenceKind.QUOTE, text=f"「{words}」", clause_ids=(place.clause_id,), quotes=(words,)
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("按设备投资额的10%给予补助,最高50万元", True),
        ("最高一百万元的奖励", True),
        ("给予百分之二十的贴息", True),
        ("发放算力券,加大优惠算力供给", False),
        ("核心产业营收超200亿元", False),
        ("给予支持。营收超200亿元", False),
    ],
)
def test_a_promise_of_money_is_support_with_a_sum(text: str, says: bool) -> None:
    assert promises_money(text) is says


@pytest.mark.parametrize("source", [LAPSED, DRAFT], ids=["lapsed", "draft"])
def test_money_of_a_text_without_force_goes_out_only_where_it_is_marked(source: str) -> None:
    ledger, marker, verifier = set_up(parse_document(source, "text.txt"))
    words = "最高50万元。" if source is LAPSED else "给予最高20万元补贴。"
    place = next(one for one in ledger.places if words in one.clause.text)
    line = next(one for one in place.clause.text.splitlines() if words in one)
    bare = Draft(status=Status.ANSWERED, sentences=(quote(ledger, line),))
    kept, rejections = verifier.verify(bare, LAPSED_DAY)
    assert kept.sentences == () and rejections[0].reason == "no_force"
    marked = marker.mark(bare, AskedDay(day=LAPSED_DAY))
    assert verifier.verify(marked, LAPSED_DAY) == (marked, ())
    assert "不能作为申领的依据" in marked.sentences[-1].text


def test_the_mark_of_another_document_does_not_do() -> None:
    other = parse_document(DRAFT, "draft.txt")
    ledger, marker, verifier = set_up(parse_document(LAPSED, "lapsed.txt"), other)
    line = "对购买裁剪设备的风筝企业,按设备投资额的10%给予补助,最高50万元。"
    drafts = marker.mark(
        Draft(status=Status.ANSWERED, sentences=(quote(ledger, "给予最高20万元补贴。"),)),
        AskedDay(day=LAPSED_DAY),
    )
    mixed = Draft(status=Status.ANSWERED, sentences=(quote(ledger, line), drafts.sentences[-1]))
    _, rejections = verifier.verify(mixed, LAPSED_DAY)
    assert [one.reason for one in rejections] == ["no_force"]


def test_money_of_a_text_in_force_needs_no_mark() -> None:
    ledger, marker, verifier = set_up(parse_document(LAPSED, "lapsed.txt"))
    line = "对购买裁剪设备的风筝企业,按设备投资额的10%给予补助,最高50万元。"
    draft = Draft(status=Status.ANSWERED, sentences=(quote(ledger, line),))
    assert marker.mark(draft, AskedDay(day=HELD_DAY)) == draft
    assert verifier.verify(draft, HELD_DAY) == (draft, ())


def test_a_mark_that_tells_a_wrong_standing_does_not_go_out() -> None:
    ledger, marker, verifier = set_up(parse_document(LAPSED, "lapsed.txt"))
    line = "对购买裁剪设备的风筝企业,按设备投资额的10%给予补助,最高50万元。"
    marked = marker.mark(
        Draft(status=Status.ANSWERED, sentences=(quote(ledger, line),)), AskedDay(day=LAPSED_DAY)
    )
    wrong = marked.sentences[-1].model_copy(
        update={"text": marked.sentences[-1].text.replace("已失效", "现行有效")}
    )
    said = (*marked.sentences[:-1], wrong)
    kept, _ = verifier.verify(marked.model_copy(update={"sentences": said}), LAPSED_DAY)
    assert kept.sentences == ()


def test_texts_of_different_levels_are_both_shown_with_their_level() -> None:
    city = parse_document(LEVEL, "city.txt").model_copy(update={"level": "市"})
    state = parse_document(LEVEL.replace("云溪市", "国家"), "state.txt").model_copy(update={"level": "国家"})
    _, marker, verifier = set_up(city, state)
    words = "第一条 对工坊给予补助,最高5万元。"
    sentences = tuple(
        Sentence(kind=SentenceKind.QUOTE, text=f"「{words}」", clause_ids=(f"{key}:第一条",), quotes=(words,))
        for key in ("city", "state")
    )
    draft = marker.mark(Draft(status=Status.ANSWERED, sentences=sentences), AskedDay(day=HELD_DAY))
    assert "市级文件" in draft.sentences[-1].text and "国家级文件" in draft.sentences[-1].text
    assert verifier.verify(draft, HELD_DAY) == (draft, ())
    alone = Draft(status=Status.ANSWERED, sentences=sentences[:1])
    assert marker.mark(alone, AskedDay(day=HELD_DAY)) == alone


def test_a_text_that_was_not_yet_out_on_the_day_asked_is_said_to_be_so_first() -> None:
    document = parse_document(LEVEL, "text.txt").model_copy(update={"published": "2025-07-01"})
    ledger, marker, verifier = set_up(document.model_copy(update={"status": "征求意见稿"}))
    bare = Draft(status=Status.ANSWERED, sentences=(quote(ledger, "对工坊给予补助,最高5万元。"),))
    early = date(2019, 12, 31)
    marked = marker.mark(bare, AskedDay(day=early))
    assert "尚未发布" in marked.sentences[0].text and "2020-01-01" in marked.sentences[0].text
    kept, rejections = verifier.verify(marked, early)
    assert kept.sentences == marked.sentences and rejections == ()
    later = marker.mark(bare, AskedDay(day=date(2025, 7, 1)))
    assert not any("尚未发布" in one.text for one in later.sentences)
