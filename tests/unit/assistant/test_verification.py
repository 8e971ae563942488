from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.models import Draft, Sentence, SentenceKind, Status
from assistant.verification import Verifier
from assistant.verifying.dates import find_dates
from assistant.verifying.forms import fixed_forms
from assistant.verifying.quantities import find_quantities
from assistant.verifying.rules import RULES
from tests.fakes.composing import plan_ledger, plan_verifier

DOCUMENT = plan_ledger().documents[0].document_id
GOALS, VOUCHERS, FUNDS, DATA = "一/第2段", "三/(四)/12", "三/(五)/14", "三/(四)/10"
NOTICE, DATES, CHECKS = "函", "征集信息", "二/(二)/3"


def _lead(text: str, *paths: str, **changes: object) -> Sentence:
    ids = tuple(f"{DOCUMENT}:{path}" for path in paths)
    return Sentence(kind=SentenceKind.LEAD, text=text, clause_ids=ids).model_copy(update=changes)


def _reason(text: str, *paths: str, **changes: object) -> str | None:
    rejection = plan_verifier().check(_lead(text, *paths, **changes))
    return rejection.reason if rejection else None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("到2027年底,全市要有上市企业5家以上、专精特新“小巨人”企业40家以上。", GOALS),
        ("上市企业的目标是不少于5家,期限是2027年底。", GOALS),
        ("到二〇二七年底,规模以上企业要达到二百家以上。", GOALS),
        ("人工智能核心产业产值到2027年底超200亿元,力争到2030年底超500亿元。", GOALS),
        ("人工智能核心产业产值力争到2030年底突破500亿元。", GOALS),
        ("计划引育的上市公司是5家以上。", GOALS),
        ("文件提出通过发放算力券、模型券,加大优惠算力供给。", VOUCHERS),
        ("对企业、高校和科研机构使用本地智算给出的支持,是发放算力券、模型券。", VOUCHERS),
        ("列第一的责任单位是市经信局,市科技局列第2位。", VOUCHERS),
        ("责任单位是市经信局、市科技局、市发展改革委、各区县政府。", VOUCHERS),
        ("责任单位包括市经信局、市发展改革委等。", VOUCHERS),
        ("责任单位第一个列出的是经信局。", VOUCHERS),
        ("符合条件的科创型人工智能中小企业可以无还本续贷。", FUNDS),
        ("支持龙头企业、平台企业牵头建设企业级、行业级可信数据空间。", DATA),
        ("意见请于7月10日前反馈至湖州市经济和信息化局数字经济处(人工智能处)。", NOTICE),
        ("征求意见截止到2025年7月10日。", NOTICE),
        ("发布日期是2025年7月1日,截止日期是2025-07-10。", DATES),
    ],
)  # fmt: skip
def test_a_true_sentence_in_other_words_goes_out(text: str, path: str) -> None:
    assert plan_verifier().check(_lead(text, path)) is None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("上市企业的目标是五十家以上。", GOALS),
        ("上市企业的目标是５０家以上。", GOALS),
        ("上市企业的目标是5\u200b0家以上。", GOALS),
        ("上市企业的目标是5家。", GOALS),
        ("上市企业的目标是至多5家。", GOALS),
        ("上市企业的目标是约5家。", GOALS),
        ("上市企业的目标是近5家以上。", GOALS),
        ("上市企业的目标是力争5家以上。", GOALS),
        ("上市企业的目标是5个以上。", GOALS),
        ("上市企业要达到40家以上。", GOALS),
        ("5家以上小巨人企业、40家以上上市企业。", GOALS),
        ("瞪羚企业的目标是5家以上。", GOALS),
        ("到2030年底,上市企业5家以上。", GOALS),
        ("到2027年,上市企业5家以上。", GOALS),
        ("上市企业5家以上,到2030年底完成。", GOALS),
        ("到二〇三〇年底,产值超200亿元。", GOALS),
        ("到2030年底产值超500亿元。", GOALS),
        ("到2027年底产值超200亿元,到2030年底超500亿元。", GOALS),
        ("产值到2027年底超2000000万美元。", GOALS),
        ("到明年年底上市企业5家以上。", GOALS),
        ("上市企业占龙头企业的百分之三十。", GOALS),
        ("上市企业占三成。", GOALS),
        ("上市企业数量要翻两倍。", GOALS),
        ("数十家上市企业。", GOALS),
        ("发放算力券、模型券、场景券。", VOUCHERS),
        ("通过发放数据券,加大优惠算力供给。", VOUCHERS),
        ("企业可获得算力券。", VOUCHERS),
        ("企业使用本地智算可以得到支持,方式是发放算力券、模型券。", VOUCHERS),
        ("算力券已发放给企业、高校。", VOUCHERS),
        ("算力券正在申领。", VOUCHERS),
        ("加大优惠算力供给的政策现已施行。", VOUCHERS),
        ("保证企业使用本地智算。", VOUCHERS),
        ("企业使用本地智算一定有算力券。", VOUCHERS),
        ("所有企业使用本地智算都有算力券。", VOUCHERS),
        ("免费发放算力券、模型券。", VOUCHERS),
        ("不支持企业、高校、科研机构使用本地智算。", VOUCHERS),
        ("停止发放算力券、模型券。", VOUCHERS),
        ("发放算力券、模型券,最高补贴算力费用的30%。", VOUCHERS),
        ("市经信局牵头发放算力券、模型券。", VOUCHERS),
        ("市科技局主管算力券、模型券的发放。", VOUCHERS),
        ("市科技局负责发放算力券、模型券。", VOUCHERS),
        ("科技局是列第一的责任单位。", VOUCHERS),
        ("市科技局排第一。", VOUCHERS),
        ("市科技局列第3位,市经信局列第一。", VOUCHERS),
        ("市科技局列在第三位。", VOUCHERS),
        ("责任单位是市经信局、市科技局、各区县政府。", VOUCHERS),
        ("责任单位:市科技局、市经信局、市发展改革委、各区县政府。", VOUCHERS),
        ("责任单位包括市科技局、市经信局等。", VOUCHERS),
        ("财政局发放算力券、模型券。", VOUCHERS),
        ("由民政局发放算力券、模型券。", VOUCHERS),
        ("由数据局发放算力券、模型券。", VOUCHERS),
        ("市数据局牵头建设企业级、行业级可信数据空间。", DATA),
        ("文件写明「加大免费算力供给」,发放算力券。", VOUCHERS),
        ("11.优化智能算力供给中写到发放算力券、模型券。", VOUCHERS),
        ("中小企业可以无还本续贷50万元。", FUNDS),
        ("支持中小企业贷款贴息、无还本续贷。", FUNDS),
        ("征求意见截止到2025年7月20日。", NOTICE),
        ("征求意见截止到2026年7月10日。", NOTICE),
        ("截止日期是2025-07-01,发布日期是2025-07-10。", DATES),
        ("联系人是顾莹平,联系电话是0572-2398661。", NOTICE),
        ("联系人:顾莹萍,联系电话:0572-2398662。", NOTICE),
        ("地址是湖州市吴兴区凤凰路370号。", NOTICE),
        ("邮编为31300,地址:湖州市吴兴区凤凰路730号。", NOTICE),
        ("今天天气晴朗,适合郊游。", VOUCHERS),
    ],
)  # fmt: skip
def test_a_sentence_that_its_clause_does_not_bear_out_is_rejected(text: str, path: str) -> None:
    assert plan_verifier().check(_lead(text, path)) is not None


def test_every_sentence_of_the_plan_goes_out_as_it_stands() -> None:
    for place in plan_ledger().places:
        for text in re.findall("[^。;!?\n]+[。;!?]?", place.clause.text):
            assert plan_verifier().check(_lead(text.strip(), place.clause.path)) is None, text


def test_an_uncited_sentence_goes_out_only_where_it_is_a_fixed_one() -> None:
    assert _reason("金额、比例:文件未载明。", kind=SentenceKind.GAP) is None
    assert _reason("金额、比例:每家50万元。", kind=SentenceKind.GAP) == "bare"
    assert _reason("上市企业要做强。") == "bare"
    assert _reason("上市企业:5家以上(到2027年底)", kind=SentenceKind.ITEM) == "bare"


def test_only_a_leading_sentence_may_have_words_of_its_own() -> None:
    words = "通过发放算力券、模型券,加大优惠算力供给。"
    assert _reason(words, VOUCHERS) is None
    for kind in (
        SentenceKind.ITEM,
        SentenceKind.UNITS,
        SentenceKind.ADVICE,
        SentenceKind.NOTE,
        SentenceKind.GAP,
    ):
        assert _reason(words, VOUCHERS, kind=kind) == "form"


def test_a_count_is_counted_again_whatever_the_composer_vouches_for() -> None:
    naming = plan_ledger().naming("市数据局")
    paths = [entry.clause.path for entry in naming]
    true = "市数据局在责任单位中列名的条款共3项,其中列第一的2项、列名参与的1项:"
    assert _reason(true, *paths) is None
    assert _reason(true.replace("共3项", "共5项"), *paths, counted=(5, 2, 1)) == "fixed"
    assert _reason(true, *paths[:2]) == "fixed"


@pytest.mark.parametrize(
    ("quote", "holds"),
    [
        ("上市企业5家以上", True),
        ("上市企业5家", False),
        ("企业5家以上", False),
        ("上市企业5家以上、专精特新“小巨人”企业40家以上", False),
    ],
)
def test_a_quote_stands_whole_between_two_marks_of_its_clause(quote: str, holds: bool) -> None:
    said = _reason(f"「{quote}」", GOALS, kind=SentenceKind.QUOTE, quotes=(quote,))
    assert said == (None if holds else "quote")


def test_a_quote_does_not_hide_what_stands_around_it() -> None:
    assert _reason("小巨人企业5家以上。", GOALS, quotes=("5家以上",)) == "target"
    assert _reason("到2030年底,上市企业5家以上。", GOALS, quotes=("上市企业5家以上",)) == "target"


def test_an_unknown_clause_and_the_form_at_the_end_are_no_sources() -> None:
    assert _reason("支持企业。", "九/9") == "unknown_clause"
    assert _reason("图形验证码", "表单") == "unknown_clause"


def test_the_rest_of_a_draft_goes_out_with_the_reasons_for_what_does_not() -> None:
    true, false = _lead("上市企业5家以上。", GOALS), _lead("上市企业50家以上。", GOALS)
    kept, rejections = plan_verifier().verify(Draft(status=Status.ANSWERED, sentences=(true, false)))
    assert kept.sentences == (true,)
    assert [one.reason for one in rejections] == ["number"]


@pytest.mark.parametrize(("today", "holds"), [(date(2025, 7, 5), True), (date(2025, 7, 11), False)])
def test_whether_the_deadline_has_passed_is_told_by_the_clock(today: date, holds: bool) -> None:
    ledger = plan_ledger()
    clauses = {place.clause_id: place.clause for place in ledger.places}
    verifier = Verifier(clauses, ledger.unit_names, lambda: today)
    text = f"征求意见的截止日期是2025-07-10,还在征集期内(今天是{today})。"
    assert (verifier.check(_lead(text, NOTICE)) is None) == holds


def test_every_fixed_sentence_with_slots_has_a_rule() -> None:
    assert [form.key for form in fixed_forms() if form.slots and form.key not in RULES] == []


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparators"),
    [
        ("五十家以上", 50, "家", {"floor"}),
        ("不少于5家", 5, "家", {"floor"}),
        ("不超过1,200个", 1200, "个", {"cap"}),
        ("2.5亿元", 250_000_000, "元", set()),
        ("两百多万元", 2_000_000, "元", {"about"}),
        ("百分之三十", 30, "%", set()),
        ("三成", 30, "%", set()),
        ("力争超500亿元", 50_000_000_000, "元", {"aim", "over"}),
    ],
)
def test_a_number_is_read_by_what_it_says(text: str, value: float, unit: str, comparators: set[str]) -> None:
    (found,) = find_quantities(text)
    assert (found.value, found.unit, set(found.comparators)) == (value, unit, comparators)


def test_articles_and_compounds_are_no_numbers() -> None:
    assert list(find_quantities("推出一批统一的一站式平台,进一步一体化")) == []


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("2027年底", "二〇二七年末", True),
        ("2027年底", "2027年", False),
        ("2025-07-10", "2025年7月10日", True),
        ("7月10日", "七月十日", True),
        ("7月10日", "2025-07-10", True),
        ("2025-07-10", "2026-07-10", False),
    ],
)
def test_dates_agree_where_they_say_the_same(one: str, other: str, agree: bool) -> None:
    assert find_dates(one)[0].agrees(find_dates(other)[0]) == agree


def test_a_free_sentence_that_speaks_of_a_documents_standing_does_not_go_out() -> None:
    title = "湖州市人工智能高质量发展三年行动计划(2025—2027年)"
    assert _reason(f"《{title}》写明了文号。", "标题") == "standing"
    assert _reason(f"《{title}》已经有了施行日期。", "标题") is not None
