"""From when to when a document says that it holds."""

from __future__ import annotations

import pytest

from ingest.dates import find_dates, read_date
from ingest.document import parse_document
from ingest.term import KnownDays, Term, read_term
from vectorstore.models import Document
from vectorstore.spans import last_day
from vectorstore.standing import INFERRED

KNOWN = KnownDays(published="2025-05-01", printed="2025-04-28", signed="2025-04-27", adopted="2025-04-20")


def parsed(sentence: str, title: str = "某市数据管理办法") -> Document:
    return parse_document(f"# {title}\n\n第一条 为了管理数据。\n\n第二条 {sentence}\n", "a.md")


def term(sentence: str, title: str = "某市数据管理办法", known: KnownDays = KNOWN) -> Term:
    return read_term(parsed(sentence, title).clauses, title, known)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025年6月1日", "2025-06-01"),
        ("2025 年 6 月 1 日", "2025-06-01"),
        ("２０２５年６月１日", "2025-06-01"),
        ("二〇二五年六月一日", "2025-06-01"),
        ("二○一九年十二月三十一日", "2019-12-31"),
        ("一九九九年十月二十日", "1999-10-20"),
        ("2025-06-01", "2025-06-01"),
        ("2025- 05- 15", "2025-05-15"),
        ("2025.6.1", "2025-06-01"),
        ("2025/06/01 00:00:00", "2025-06-01"),
        ("德清县人民政府20251224", "2025-12-24"),
        ("2025年2月30日", None),
        ("2025年6月", None),
        ("电话1202512241234", None),
        ("没有日期", None),
    ],
)
def test_a_date_is_read_in_every_form_that_documents_use(text: str, day: str | None) -> None:
    assert read_date(text) == day


def test_a_month_or_year_end_is_its_last_day_and_not_exact() -> None:
    found = [(one.day, one.is_exact) for one in find_dates("2024年2月、2027年底、2026年6月底、2026年6月3日")]
    assert found == [
        ("2024-02-29", False),
        ("2027-12-31", False),
        ("2026-06-30", False),
        ("2026-06-03", True),
    ]


@pytest.mark.parametrize(
    ("begin", "count", "unit", "end"),
    [
        ("2019-07-01", 5, "年", "2024-06-30"),
        ("2024-02-29", 1, "年", "2025-02-27"),
        ("2025-01-31", 1, "个月", "2025-02-27"),
        ("2025-01-01", 30, "日", "2025-01-30"),
    ],
)
def test_a_term_ends_on_the_day_before_its_anniversary(begin: str, count: int, unit: str, end: str) -> None:
    assert last_day(begin, count, unit) == end


@pytest.mark.parametrize(
    ("sentence", "effective"),
    [
        ("本办法自2025年6月1日起施行。", "2025-06-01"),
        ("本办法自二〇二五年六月一日起施行。", "2025-06-01"),
        ("本办法于2025年6月1日起正式实施。", "2025-06-01"),
        ("本办法自2025年6月1日实施,有效期5年。", "2025-06-01"),
        ("本办法由市数据局负责解释,自2025年6月1日起施行。", "2025-06-01"),
        ("本实施办法自2025年6月1日起执行。", "2025-06-01"),
        ("自2025年6月1日起施行。", "2025-06-01"),
        ("《某市数据管理办法》自2025年6月1日起施行。", "2025-06-01"),
        ("本办法自公布之日起施行。", "2025-05-01"),
        ("本办法自通过之日起施行。", "2025-04-20"),
        ("本办法自印发之日起施行。", "2025-04-28"),
        ("1998年3月1日起施行的《某市旧办法》同时废止。本办法自2025年6月1日起施行。", "2025-06-01"),
    ],
)
def test_the_effective_date_is_read_with_its_words(sentence: str, effective: str) -> None:
    found = term(sentence)
    assert found.effective == effective
    assert found.effective_basis.startswith("第二条写明“")
    quote = found.effective_basis.split("“")[1].split("”")[0]
    assert quote in parsed(sentence).text


@pytest.mark.parametrize(
    ("sentence", "effective"),
    [
        ("本办法自发布之日起30日后施行。", "2025-05-31"),
        ("本办法自公布之日起三十日后施行。", "2025-05-31"),
        ("本办法自发布之日起满六个月施行。", "2025-11-01"),
        ("本办法自公布次日起施行。", None),
        ("本办法自公布之日的次日起施行。", "2025-05-02"),
        ("本办法自公布之日起10个工作日后施行。", None),
    ],
)
def test_a_reckoned_effective_date_is_an_inference(sentence: str, effective: str | None) -> None:
    found = term(sentence)
    assert found.effective == effective
    assert found.effective_basis.startswith(INFERRED) == (effective is not None)


def test_a_day_taken_from_a_near_date_is_an_inference() -> None:
    found = term("本办法自公布之日起施行。", known=KnownDays(signed="2025-04-27"))
    assert (found.effective, found.effective_basis[:3]) == ("2025-04-27", INFERRED)
    assert "落款日期2025-04-27" in found.effective_basis


@pytest.mark.parametrize(
    "sentence",
    [
        "1998年3月1日起施行的《某市旧办法》同时废止。",
        "《某市新条例》自2026年1月1日起施行,其规定从其规定。",
        "本决定自2025年6月1日起施行。",
        "企业应当自2025年6月1日起执行新标准。",
        "本办法施行前已经受理的,自2025年6月1日起执行的除外。",
        "本办法第十条自2026年1月1日起施行。",
        "本办法自公布之日起施行情况报告制度。",
    ],
)
def test_the_day_of_something_else_is_not_the_documents(sentence: str) -> None:
    assert term(sentence).effective is None


def test_statements_without_a_subject_that_differ_are_left_alone() -> None:
    sentence = "低保标准,自2025年1月1日起执行。特困标准,自2025年7月1日起执行。"
    assert term(sentence).effective is None


@pytest.mark.parametrize(
    ("sentence", "expires"),
    [
        ("本办法自2025年6月1日起施行,有效期5年。", "2030-05-31"),
        ("本办法自2025年6月1日起施行,有效期为五年。", "2030-05-31"),
        ("本办法自2025年6月1日起试行,试行期两年。", "2027-05-31"),
        ("本办法自2025年6月1日起试行一年。", "2026-05-31"),
        ("本办法自2025年6月1日起施行。有效期至2027年12月31日。", "2027-12-31"),
        ("本办法自2025年6月1日起施行,有效期至2027年底。", "2027-12-31"),
        ("本办法有效期自2025年6月1日至2027年12月31日。", "2027-12-31"),
        ("本办法执行期限为2025年6月1日至2027年12月31日。", "2027-12-31"),
        ("本办法自2025年6月1日起施行至2027年12月31日止。", "2027-12-31"),
        ("本办法自2025年6月1日起施行,至2027年12月31日失效。", "2027-12-31"),
        ("本办法自2027年12月31日起自动失效。", "2027-12-30"),
        ("本办法自公布之日起施行,有效期3年。", "2028-04-30"),
        ("本办法自印发之日起施行,有效期半年。", "2025-10-27"),
    ],
)
def test_the_expiry_is_read_or_reckoned_with_its_words(sentence: str, expires: str) -> None:
    found = term(sentence)
    assert (found.expires, found.unresolved) == (expires, "")
    assert "第二条写明“" in found.expires_basis


@pytest.mark.parametrize(
    "sentence",
    [
        "证书有效期5年。",
        "本办法所称证书的有效期为五年。",
        "本办法自2025年6月1日起施行。许可证有效期至2027年12月31日。",
        "本市户籍人员的居住证有效期为1年。",
        "本办法规定的补贴执行至2027年12月31日。",
        "本办法有效期届满前应当评估。",
        "该补贴实施期限为2025年1月1日至2027年12月31日。",
        "应当在有效期届满30日内申请。",
    ],
)
def test_the_term_of_something_else_is_not_the_documents(sentence: str) -> None:
    assert (term(sentence).expires, term(sentence).unresolved) == (None, "")


def test_a_term_without_a_known_start_is_told_and_not_guessed() -> None:
    found = term("本办法有效期5年。", known=KnownDays())
    assert (found.expires, found.unresolved) == (None, "第二条写明“有效期5年”")


def test_the_period_in_a_plans_title_is_no_term() -> None:
    assert term("到2027年底,产值超200亿元。", "某市行动计划(2025—2027年)") == Term()


def test_the_day_of_printing_is_the_letters_date_and_never_the_pages_day_of_posting() -> None:
    sentence = "本办法自印发之日起施行,有效期5年。"
    signed = term(sentence, known=KnownDays(published="2024-01-05", signed="2024-01-03"))
    assert (signed.effective, signed.expires) == ("2024-01-03", "2029-01-02")
    adopted = term(sentence, known=KnownDays(published="2024-01-05", adopted="2024-01-02"))
    assert adopted.effective == "2024-01-02"
    posted = term(sentence, known=KnownDays(published="2024-01-05"))
    assert (posted.effective, posted.expires) == (None, None)
    assert "有效期5年" in posted.unresolved


def test_a_term_counts_from_the_pages_own_day_where_the_texts_is_an_inference() -> None:
    known = KnownDays(signed="2020-06-29", effective="2020-07-09")
    found = term("本办法自印发之日起施行,有效期5年。", known=known)
    assert (found.effective, found.expires) == ("2020-06-29", "2025-07-08")
    sure = term("本办法自2020年7月1日起施行,有效期5年。", known=known)
    assert (sure.effective, sure.expires) == ("2020-07-01", "2025-06-30")
