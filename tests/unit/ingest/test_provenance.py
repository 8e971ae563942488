from __future__ import annotations

import pytest

from ingest.document import document_id, parse_document
from ingest.places import Place, place_of
from ingest.provenance import Provenance, read_provenance
from vectorstore.models import Document
from vectorstore.standing import INFERRED
from vectorstore.validity import Standing


def test_the_plan_says_what_it_is(plan: Document) -> None:
    assert plan.document_id == "huzhou-ai-plan-2025-draft"
    assert plan.title == "湖州市人工智能高质量发展三年行动计划(2025—2027年)"
    assert (plan.status, plan.status_basis) == ("征求意见稿", "标题写明“征求意见稿”")
    assert plan.issuer == "湖州市经济和信息化局"
    assert (plan.published, plan.comment_deadline) == ("2025-07-01", "2025-07-10")
    assert (plan.level, plan.region, plan.number) == ("市", "湖州市", None)


@pytest.mark.parametrize(
    ("name", "level", "region"),
    [
        ("浙江省数字经济促进条例", "省", "浙江省"),
        ("浙江省湖州市吴兴区行动方案", "区县", "浙江省湖州市吴兴区"),
        ("湖州市吴兴区人民政府", "区县", "湖州市吴兴区"),
        ("德清县智能网联方案", "区县", "德清县"),
        ("上海市城市管理条例", "省", "上海市"),
        ("湖州市示范区管理办法", "市", "湖州市"),
        ("国务院关于深入实施的意见", "国家", "全国"),
        ("中华人民共和国民法典", "国家", "全国"),
        ("工业和信息化部关于印发的通知", "国家", "全国"),
        ("人工智能行动计划", None, None),
        ("浙江省技术市场条例", "省", "浙江省"),
        ("浙江省房地产市场监管办法", "省", "浙江省"),
        ("人力资源市场暂行条例", None, None),
        ("资本市场服务规定", None, None),
        ("湖州市市场监督管理局", "市", "湖州市"),
        ("湖州市政府办公室", "市", "湖州市"),
        ("上海市市容环境卫生管理条例", "省", "上海市"),
        ("浙江省县域经济意见", "省", "浙江省"),
        ("湖州市主城区道路办法", "市", "湖州市"),
        ("浙江省山区海岛县意见", "省", "浙江省"),
        ("金华市婺城区", "区县", "金华市婺城区"),
        ("金华市婺城区人民政府", "区县", "金华市婺城区"),
        ("金华市婺城区技术市场管理办法", "区县", "金华市婺城区"),
        ("杭州市萧山区人民政府", "区县", "杭州市萧山区"),
        ("延边朝鲜族自治州人民政府", "市", "延边朝鲜族自治州"),
    ],
)
def test_level_and_region_come_from_the_name(name: str, level: str | None, region: str | None) -> None:
    assert place_of(name) == Place(level, region)


def test_a_document_that_says_nothing_of_its_status_is_unmarked() -> None:
    document = parse_document("某市方案\n一、甲\n本方案的征求意见稿已公布。\n", "a.txt")
    assert document.status == "未标注"
    assert document.comment_deadline is None


def test_number_signature_and_title_over_two_lines_are_read() -> None:
    head = "湖政办发〔2025〕15号\n湖州市人民政府办公室关于印发若干\n政策的通知\n"
    text = f"{head}\n一、甲\n乙。\n\n湖州市人民政府办公室\n2025年7月1日\n"
    document = parse_document(text, "a.txt")
    assert document.title == "湖州市人民政府办公室关于印发若干政策的通知"
    assert document.issuer == "湖州市人民政府办公室"


def test_a_document_without_a_title_line_has_the_name_of_its_file() -> None:
    assert parse_document("一、甲\n乙。\n", "某文件.txt").title == "某文件"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plan.txt", "plan"),
        ("条例(2020-07-05).md", "条例-2020-07-05"),
        ("a b:c#d.txt", "a-b-c-d"),
        ("../x/y.txt", "y"),
        ("---.txt", "document"),
    ],
)
def test_an_id_is_the_stem_of_the_file_made_safe(name: str, expected: str) -> None:
    assert document_id(name) == expected


BODY = "第一条 为了管理数据。\n\n第二条 本办法自2025年6月1日起施行{term}。\n"


def provenance(
    title: str = "某市数据管理办法", term: str = "", name: str = "a.md", **metadata: str
) -> Provenance:
    document = parse_document(f"# {title}\n\n{BODY.format(term=term)}", name)
    return read_provenance(document.clauses, document.facts, document.title, metadata, name)


@pytest.mark.parametrize(
    ("value", "standing"),
    [
        ("有效", Standing.IN_FORCE),
        ("现行有效", Standing.IN_FORCE),
        ("有 效", Standing.IN_FORCE),
        ("是", Standing.IN_FORCE),
        ("失效", Standing.LAPSED),
        ("无效", Standing.LAPSED),
        ("已废止", Standing.REPEALED),
        ("已修改", Standing.AMENDED),
        ("部分失效", Standing.AMENDED),
        ("尚未生效", Standing.PENDING),
    ],
)
def test_the_validity_column_comes_first(value: str, standing: Standing) -> None:
    found = provenance(term=",有效期5年", 有效性=value)
    assert found.status == standing
    assert found.status_basis.startswith("元数据“有效性”栏写明")


def test_a_draft_is_a_draft_whatever_its_page_says() -> None:
    assert provenance("某市数据管理办法(征求意见稿)", 有效性="有效").status == Standing.DRAFT


def test_a_term_makes_a_document_valid_and_is_its_basis() -> None:
    found = provenance(term=",有效期5年")
    assert (found.status, found.validity.dates.expires) == (Standing.IN_FORCE, "2030-05-31")
    assert found.status_basis == "第二条写明“有效期5年”,从2025-06-01起算到2030-05-31"


def test_a_document_without_term_and_column_is_unmarked_and_a_law_is_inferred_to_hold() -> None:
    assert provenance().status == Standing.UNMARKED
    assert "没有写明期限" in provenance().status_basis
    law = provenance(name="某市数据管理办法(2025-05-01).md")
    assert (law.status, law.status_basis[:3]) == (Standing.IN_FORCE, INFERRED)
    assert law.validity.dates.version == "2025-05-01"


def test_the_four_dates_are_kept_apart_and_a_difference_is_flagged() -> None:
    text = f"某市数据管理办法\n\n{BODY.format(term='')}\n某市人民政府\n2025年7月11日\n"
    document = parse_document(text, "a.txt")
    page = {"成文日期": "2025-06-16", "发布日期": "2025-07-12 00:00:00", "文号": "某政发〔202515号"}
    found = read_provenance(document.clauses, document.facts, document.title, page, "a.txt")
    dates = found.validity.dates
    assert (dates.adopted, dates.signed, dates.published) == ("2025-06-16", "2025-07-11", "2025-07-12")
    assert dates.effective == "2025-06-01"
    assert found.number == "某政发〔2025〕15号"
    assert len(found.flags) == 2
    assert "成文日期2025-06-16与落款日期2025-07-11不同" in found.flags[1]


def test_a_number_that_cannot_be_restored_is_flagged_and_not_shown() -> None:
    found = provenance(文号="2023年43")
    assert found.number is None
    assert found.flags == ("文号写作“2023年43”,缺损处补不准,不显示,请核对。",)


@pytest.mark.parametrize(("label", "expires"), [("失效日期", "2027-12-31"), ("废止日期", "2027-12-30")])
def test_the_pages_own_end_counts_before_the_reckoned_one(label: str, expires: str) -> None:
    found = provenance(term=",有效期5年", **{label: "2027-12-31"})
    assert found.validity.dates.expires == expires
    assert label in found.validity.expires_basis


def test_a_page_and_a_clause_that_give_other_last_days_are_flagged_and_the_page_counts() -> None:
    found = provenance(term=",有效期5年", 失效日期="2028-06-01")
    assert found.validity.dates.expires == "2028-06-01"
    assert any("网页写2028-06-01,按条款推算是2030-05-31" in flag for flag in found.flags)
    assert provenance(term=",有效期5年", 失效日期="2030-06-01").flags == ()


def test_a_term_counts_from_the_pages_effective_date_where_the_text_names_none() -> None:
    document = parse_document("# 某市通知\n\n一、标准\n提高标准。\n二、其他\n本通知有效期1年。\n", "a.md")
    page = {"施行日期": "2025-06-01"}
    found = read_provenance(document.clauses, document.facts, document.title, page, "a.md")
    assert (found.validity.dates.expires, found.flags) == ("2026-05-31", ())


def test_the_pages_own_effective_day_counts_before_an_inferred_one_and_after_a_written_one() -> None:
    articles = "第一条 为了数据。\n第二条 本办法自印发之日起施行。\n"
    text = f"某市数据管理办法\n\n{articles}\n某市人民政府\n2020年6月29日\n"
    document = parse_document(text, "a.txt")
    page = {"施行日期": "2020-07-09", "发布日期": "2020-07-15"}
    found = read_provenance(document.clauses, document.facts, document.title, page, "a.txt")
    assert found.validity.dates.effective == "2020-07-09"
    assert "施行日期" in found.validity.effective_basis
    assert provenance(施行日期="2025-07-09").validity.dates.effective == "2025-06-01"


NOTE = (
    "# 某市金融条例\n\n{steps}\n\n<!-- INFO END -->\n\n第一条 为了金融。\n\n第二条 本条例自批准之日起施行。\n"
)


@pytest.mark.parametrize(
    ("steps", "adopted"),
    [
        (
            "2021年8月26日 某市第八届人大常委会第三十六次会议通过\n2021年9月29日 某省人大常委会批准",
            "2021-08-26",
        ),
        ("2021年9月29日 某省人大常委会批准", "2021-09-29"),
        (
            "2020年7月5日 中华人民共和国国务院令第728号公布\n2025年3月17日 中华人民共和国国务院令第802号修订",
            None,
        ),
        ("2018年1月1日 某省人大常委会通过\n2023年9月1日 某省第十四届人大常委会第五次会议修订", "2023-09-01"),
    ],
)
def test_a_law_is_of_the_day_it_was_adopted_not_approved_nor_revised_by_order(
    steps: str, adopted: str | None
) -> None:
    found = parse_document(NOTE.format(steps=steps), "a.md")
    assert found.validity.dates.adopted == adopted


def test_a_law_that_holds_from_its_approval_begins_on_the_day_of_approval() -> None:
    steps = "2021年8月26日 某市第八届人大常委会第三十六次会议通过\n2021年9月29日 某省人大常委会批准"
    assert parse_document(NOTE.format(steps=steps), "a.md").validity.dates.effective == "2021-09-29"


def test_a_law_holds_from_its_approval_at_the_earliest_where_its_publication_is_not_told() -> None:
    steps = "2021年8月26日 某市第八届人大常委会第三十六次会议通过\n2021年9月29日 某省人大常委会批准"
    found = parse_document(NOTE.format(steps=steps).replace("批准之日", "公布之日"), "a.md")
    assert found.validity.dates.effective == "2021-09-29"
    assert found.validity.effective_basis.startswith(INFERRED)


def test_a_sentence_of_news_under_the_title_is_no_history_of_a_law() -> None:
    news = "好消息来了!2025年12月1日起津贴由职工申请,无需再通过用人单位发放。"
    found = parse_document(f"本月起,这笔钱直接发放\n{news}\n一、办理材料\n出院记录。\n", "a.txt")
    assert found.validity.dates.adopted is None
    assert all(clause.path != "题注" for clause in found.clauses)


def test_the_source_of_a_page_is_not_its_issuer() -> None:
    text = "某卡怎么申领\n信息来源:某市数据中心\n一、对象\n甲。\n二、材料\n乙。\n"
    assert parse_document(text, "a.txt").issuer is None
