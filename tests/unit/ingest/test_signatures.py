"""Where the signature (落款) stands: at the end, behind a letter that hands a text down, in an order."""

from __future__ import annotations

import pytest

from ingest.document import parse_document
from vectorstore.models import ClauseKind, Document

TITLE = "甲市民政局 甲市财政局关于印发甲市助餐管理办法的通知"
LETTER = "各区民政局、财政局:\n《甲市助餐管理办法》已经市政府同意,现印发给你们,请认真贯彻执行。\n"
RULES = "甲市助餐管理办法\n第一章 总则\n第一条 为了助餐,制定本办法。\n第二条 本办法自印发之日起施行。\n"


def letter(signature: str, title: str = TITLE, rules: str = RULES) -> Document:
    return parse_document(f"{title}\n{LETTER}{signature}{rules}", "a.txt")


@pytest.mark.parametrize(
    "signature",
    [
        "甲市民政局\n甲市财政局\n2024年3月14日\n",
        "甲市民政局 甲市财政局\n2024年 3月 14 日\n",
        "甲市民政局\n甲市财政局\n二〇二四年三月十四日\n(此件公开发布)\n",
        "甲市民政局\n甲市财政局\n2024年3月14日\n(联系科室:养老服务科,联系电话:12345678)\n",
    ],
)
def test_the_signature_behind_a_letter_gives_date_and_issuers(signature: str) -> None:
    found = letter(signature)
    assert found.validity.dates.signed == "2024-03-14"
    assert found.issuer == "甲市民政局、甲市财政局"


def test_a_signature_behind_a_letter_is_a_part_of_its_own_and_what_follows_is_text() -> None:
    found = letter("甲市民政局\n2024年3月14日\n")
    told = {clause.path: clause for clause in found.clauses}
    assert told["落款"].kind is ClauseKind.METADATA
    assert told["落款"].text == "甲市民政局\n2024年3月14日\n"
    assert told["引言/第3段"].text == "甲市助餐管理办法\n"


def test_a_signature_inside_a_letter_that_is_one_part_is_read() -> None:
    title = "甲市民政局关于印发《甲市助餐管理办法》的通知"
    found = letter("甲市民政局\n2024年3月14日\n", title)
    assert found.validity.dates.signed == "2024-03-14"
    assert found.clauses[0].kind is ClauseKind.NOTICE


def test_four_issuers_that_sign_line_by_line_are_all_read() -> None:
    found = letter("甲市民政局\n甲市财政局\n甲市公安局\n中共甲市委统战部\n2024年3月14日\n")
    assert found.issuer == "甲市民政局、甲市财政局、甲市公安局、中共甲市委统战部"


def test_the_letters_signature_counts_before_the_one_at_the_end() -> None:
    found = letter("甲市民政局\n2024年3月14日\n", rules=RULES + "甲市养老中心\n2023年1月1日\n")
    assert found.validity.dates.signed == "2024-03-14"
    paths = [clause.path for clause in found.clauses]
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize(
    "lines",
    [
        "甲市日报\n2024年3月14日\n",
        "本次活动\n2024年3月14日\n",
        "2024年3月14日\n",
        "甲市民政局2024年3月14日\n",
    ],
)
def test_a_date_that_no_office_signs_is_no_signature(lines: str) -> None:
    assert letter(lines).validity.dates.signed is None


def test_a_date_under_the_title_before_any_sentence_is_no_signature() -> None:
    found = parse_document(f"甲市助餐管理办法\n甲市民政局\n2024年3月14日\n{RULES}", "a.txt")
    assert found.validity.dates.signed is None


@pytest.mark.parametrize(
    "colophon",
    [
        "公开方式:主动公开\n",
        "公开方式:主动公开\n甲市民政局办公室 2024年3月18日印发\n",
        "抄送:市委办公室。\n甲市民政局办公室\n2024年3月18日印发\n",
    ],
)
def test_what_is_printed_under_the_date_does_not_hide_the_signature(colophon: str) -> None:
    text = (
        f"甲市民政局关于助餐的通知\n\n一、甲\n乙。\n本通知有效期1年。\n甲市民政局\n2024年3月14日\n{colophon}"
    )
    found = parse_document(text, "a.txt")
    assert found.validity.dates.signed == "2024-03-14"
    assert found.clauses[-1].path == "落款"


def test_a_signature_under_a_list_of_annexes_is_read() -> None:
    annexes = "附件:\n1.2025年第一批房源简介\n2.资料清单\n"
    text = f"关于房源的通告\n一、甲\n乙。\n{annexes}甲市住房保障办公室\n2025年3月19日\n"
    found = parse_document(text, "a.txt")
    assert (found.validity.dates.signed, found.issuer) == ("2025-03-19", "甲市住房保障办公室")


def test_an_order_over_two_lines_gives_number_and_issuer_and_its_date() -> None:
    head = "甲市人民政府令\n第179号\n《甲市优待办法》已经市政府常务会议通过,现予公布。\n"
    text = f"{head}市 长:张三丰\n2021年1月29日\n甲市优待办法\n第一条 为了优待。\n第二条 照办。\n"
    found = parse_document(text, "a.txt")
    assert found.number == "甲市人民政府令第179号"
    assert found.issuer == "甲市人民政府"
    assert found.validity.dates.signed == "2021-01-29"


@pytest.mark.parametrize("number", ["甲民规字〔2024〕3号", "(甲民规字〔2024〕3号)", "甲民规字[2024]3号"])
def test_a_number_under_the_title_is_the_documents(number: str) -> None:
    found = parse_document(f"{TITLE}\n{number}\n{LETTER}{RULES}", "a.txt")
    assert found.number == "甲民规字〔2024〕3号"


def test_a_number_in_the_letter_that_hands_a_text_down_is_the_documents() -> None:
    title = "甲市民政局关于印发《甲市助餐管理办法》的通知"
    found = parse_document(f"{title}\n甲民规字〔2024〕3号\n{LETTER}{RULES}", "a.txt")
    assert found.number == "甲民规字〔2024〕3号"


def test_a_number_that_the_letter_only_cites_is_not_the_documents() -> None:
    cited = "《关于养老的通知》(甲政发〔2020〕1号)自本办法施行之日起废止。\n"
    assert parse_document(f"{TITLE}\n{LETTER}{cited}{RULES}", "a.txt").number is None


def test_an_english_text_is_named_by_its_title_not_by_the_number_of_the_issue() -> None:
    head = "No.17\nDepartment of Cooperation, Ministry of Science\nNew Energy Development Plan\n"
    text = f"{head}Issued by the State Council\nIt has begun.\n1. Strategic Situation\nAll is new.\n"
    found = parse_document(text, "a.txt")
    assert (found.title, found.issuer) == ("New Energy Development Plan", "State Council")


@pytest.mark.parametrize("mark", ["No.17", "Vol. 3, No. 2", "第17期", "(2025年第3期)", "2025年第3号", "—1—"])
def test_the_number_of_an_issue_is_no_title(mark: str) -> None:
    assert (
        parse_document(f"{mark}\n甲市助餐管理办法\n第一条 为了助餐。\n", "a.txt").title == "甲市助餐管理办法"
    )


SIGNED = """湖州市补助办法
第一条 对企业给予补助,标准见附表。
第二条 本办法自2026年2月1日起施行。
湖州市经济和信息化局
2026年1月10日
"""
TABLE = "申报汇总表\n| 序号 | 企业 |\n| --- | --- |\n| 1 | 甲公司 |\n"
GUIDE = "设备补助申报指南\n一、申报条件\n(一)信用良好。\n"


@pytest.mark.parametrize(
    ("behind", "paths"),
    [
        (TABLE, ["附文/表1", "附文/表1/行1"]),
        (TABLE.removeprefix("申报汇总表\n"), ["附文/表1", "附文/表1/行1"]),
        (GUIDE, ["附文", "附文/一", "附文/一/(一)"]),
    ],
)
def test_what_stands_behind_a_signature_without_the_word_annex_is_no_part_of_the_last_article(
    behind: str, paths: list[str]
) -> None:
    document = parse_document(SIGNED + behind, "湖州市补助办法.txt")
    assert [one.path for one in document.clauses] == ["标题", "第一条", "第二条", "落款", *paths]
    assert document.issuer == "湖州市经济和信息化局" and document.validity.dates.signed == "2026-01-10"


def test_offices_and_date_on_one_line_before_a_table_are_a_signature() -> None:
    text = SIGNED.replace("化局\n2026", "化局 2026") + TABLE
    assert parse_document(text, "湖州市补助办法.txt").issuer == "湖州市经济和信息化局"


def test_a_date_within_the_text_that_goes_on_is_no_signature() -> None:
    text = SIGNED + "第三条 各单位应当报送材料。\n"
    assert "落款" not in [one.path for one in parse_document(text, "湖州市补助办法.txt").clauses]
