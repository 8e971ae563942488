"""Descriptions in people's own words: what is not said stays unknown, what is denied is no title."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.support.profile import Kind, Profile
from tests.fakes.support import shipped_desk

READER = shipped_desk().reader


def test_a_description_tells_place_trade_project_and_sum() -> None:
    profile = READER.read("我们在织里做童装的,技改设备花了六百五十万,已经完成")
    assert (profile.region, profile.district) == ("湖州市", "吴兴区")
    assert profile.industry and profile.project == "技改" and profile.stage == "已完成"
    assert profile.figures == {"设备投资": 6_500_000} and "equipment" in profile.needs


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("固定资产投资800万", "固定资产投资", 8_000_000),
        ("租算力签了80万的合同", "合同额", 800_000),
        ("研发投入2000万元", "研发投入", 20_000_000),
        ("总投资1.5亿", "总投资", 150_000_000),
    ],
)
def test_a_sum_is_of_the_kind_that_stands_beside_it(text: str, kind: str, value: float) -> None:
    assert READER.read(text).figures == {kind: value}


def test_revenue_is_no_investment() -> None:
    profile = READER.read("去年营收1.2亿,设备投资500万")
    assert profile.revenue == 120_000_000 and profile.figures == {"设备投资": 5_000_000}


@pytest.mark.parametrize(
    ("text", "held", "without"),
    [
        ("我们是高新技术企业", ("高新技术企业",), ()),
        ("我们还不是高新技术企业", None, ("高新技术企业",)),
        ("没有评上小巨人", None, ("专精特新小巨人",)),
        ("想评专精特新小巨人", None, ()),
        ("做机器人的", None, ()),
    ],
)
def test_titles_held_denied_and_wanted_are_told_apart(
    text: str, held: tuple[str, ...] | None, without: tuple[str, ...]
) -> None:
    profile = READER.read(text)
    assert (profile.certifications, profile.without) == (held, without)


@pytest.mark.parametrize(
    ("text", "region", "compare"),
    [
        ("公司在杭州,湖州只有分公司", "杭州市", ()),
        ("我们在湖州,和杭州比哪个补得多", "湖州市", ("杭州",)),
        ("注册在苏州", "苏州市", ()),
        ("做软件的", None, ()),
    ],
)
def test_where_it_is_registered_is_no_place_to_compare_with(
    text: str, region: str | None, compare: tuple[str, ...]
) -> None:
    profile = READER.read(text)
    assert (profile.region, profile.compare) == (region, compare)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我研究生毕业来湖州AI公司上班,有没有购房补贴", Kind.PERSON),
        ("我们公司想招研究生", Kind.ENTERPRISE),
        ("高校课题组租算力", Kind.INSTITUTION),
    ],
)
def test_a_person_is_no_enterprise(text: str, kind: Kind) -> None:
    assert READER.read(text).kind is kind


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("训练要很多显卡,太贵了", "compute"),
        ("银行不肯借钱给我们", "finance"),
        ("新产品没人敢第一个用", "first_buyer"),
        ("招不到算法工程师", "talent"),
    ],
)
def test_needs_are_understood_in_other_words(text: str, need: str) -> None:
    assert need in READER.read(text).needs


def test_fields_that_are_given_win_over_the_free_text() -> None:
    given = Profile(district="安吉县", text="我们在德清,想租算力")
    full = READER.complete(given)
    assert full.district == "安吉县" and "compute" in full.needs


def test_an_empty_list_of_titles_means_none_and_is_not_overwritten() -> None:
    full = READER.complete(Profile(certifications=(), text="我们是高新技术企业"))
    assert full.certifications == ()


def test_an_empty_profile_matches_directions_and_asks_what_is_needed() -> None:
    matching = shipped_desk().match(Profile(), date(2026, 11, 23))
    assert matching.questions and "支持" in matching.questions[0]


@pytest.mark.parametrize(
    ("text", "project", "stage"),
    [
        ("去年没有做技改,今年新建项目投产", "新建", "已投产"),
        ("技改已完成投产", "技改", "已投产"),
        ("技改还没完成", "技改", None),
        ("新建项目还没投产,设备安装已完成", "新建", "已完成"),
        ("准备完成技改,计划明年投产", "技改", "计划中"),
        ("新建厂房,同时做技改", None, None),
    ],
)
def test_what_is_denied_is_no_project_and_the_furthest_stage_counts(
    text: str, project: str | None, stage: str | None
) -> None:
    profile = READER.read(text)
    assert (profile.project, profile.stage) == (project, stage)


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("设备投了300万,加上软件200万", False),
        ("买了软件,设备投了300万", False),
        ("软件投了200万,设备投了300万", False),
        ("我们是做软件的", True),
        ("软件公司,买设备花了900万", True),
        ("在德清做无人机软件开发", True),
    ],
)
def test_an_item_of_spending_is_no_trade(text: str, trade: bool) -> None:
    assert ("软件" in READER.read(text).industry) is trade


@pytest.mark.parametrize(
    ("text", "industry"),
    [("我们厂做童装的", ("童装",)), ("我厂在吴兴", ("制造业",)), ("我们工厂生产电梯", ("电梯",))],
)
def test_what_a_factory_makes_is_its_trade_not_that_it_is_a_factory(
    text: str, industry: tuple[str, ...]
) -> None:
    assert READER.read(text).industry == industry


def test_how_long_ago_it_was_founded_is_no_size() -> None:
    profile = READER.read("我们公司刚成立两年,做软件的")
    assert profile.size is None and profile.age_years == 2


def test_aid_had_is_part_of_the_profile() -> None:
    profile = READER.read("我们在南浔做电梯,已经享受了市里的设备补助,技改设备投了900万")
    assert profile.received == ("市里的设备补助",) and profile.figures == {"设备投资": 9_000_000}


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("我们厂招不到工人,想要稳岗补贴", "jobs"),
        ("社保能返还多少", "jobs"),
        ("想出海,去国外参展能补吗", "trade"),
        ("申请了几个专利,有没有奖励", "ip"),
        ("厂房屋顶装了光伏", "green"),
        ("准备股改上新三板", "listing"),
        ("房租能减免吗", "space"),
    ],
)
def test_common_words_for_what_is_needed_are_known(text: str, need: str) -> None:
    assert need in READER.read(text).needs


@pytest.mark.parametrize("text", ["有什么奖励", "能补多少", "有没有补贴", "能给多少扶持", "有奖吗"])
def test_asking_for_aid_alone_names_no_need(text: str) -> None:
    assert not {"jobs", "trade", "ip", "green"} & set(READER.read(f"我厂今年营收1.2亿,{text}").needs)
