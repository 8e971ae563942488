"""Profiles from files: what does not fit is refused with file, field and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ProfileError
from assistant.lexicon import load_lexicon
from assistant.support.canonical import canonical
from assistant.support.commands import asked_day, asked_profile
from assistant.support.profile import MOST_BYTES, Profile, load_profile, read_profile
from assistant.support.vocabulary import load_vocabulary

PLACES = load_lexicon().places


def written(folder: Path, text: str) -> Path:
    path = folder / "profile.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_sums_may_be_written_as_people_write_them(tmp_path: Path) -> None:
    profile = load_profile(
        written(tmp_path, "figures: {设备投资: 650万元, 合同额: 1.2亿}\nrevenue: 30000000\n")
    )
    assert profile.figures == {"设备投资": 6_500_000, "合同额": 120_000_000} and profile.revenue == 3e7


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("distrct: 德清县\n", "distrct"),
        ("figures: {设备投资: 很多}\n", "不是金额"),
        ("revenue: -1\n", "revenue"),
        ("- 一\n- 二\n", "字段: 值"),
        ("a: [1\n", "YAML"),
        ("text: " + "长" * 2001, "text"),
        ("needs: [火箭]\n", "火箭"),
        ("project: 搬家\n", "project"),
        ("figures: {彩票: 5万元}\n", "彩票"),
        ("region: 火星市\n", "火星市"),
        ("region: 浙江省\n", "浙江省"),
    ],
)
def test_a_broken_profile_is_refused_with_file_field_and_reason(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ProfileError) as refused:
        asked_profile(written(tmp_path, text), None)
    assert "profile.yaml" in str(refused.value) and said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_or_overlong_file_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="读不到"):
        load_profile(tmp_path / "none.yaml")
    with pytest.raises(ProfileError, match=str(MOST_BYTES)):
        load_profile(written(tmp_path, "text: " + "x" * MOST_BYTES))


def test_words_of_a_profile_become_those_that_measures_are_matched_by() -> None:
    said = Profile(
        region="湖州", district="德清", needs=("算力", "融资"), certifications=("小巨人",),
        project="技术改造", figures={"设备投资额": 1.0, "营业收入": 2.0},
    )  # fmt: skip
    known = canonical(said, load_vocabulary(), PLACES, "企业情况")
    assert (known.region, known.district, known.needs) == ("湖州市", "德清县", ("compute", "finance"))
    assert known.certifications == ("专精特新小巨人",) and known.project == "技改"
    assert known.figures == {"设备投资": 1.0} and known.revenue == 2.0
    assert canonical(known, load_vocabulary(), PLACES, "企业情况") == known


def test_places_to_compare_with_and_the_day_come_from_the_options(tmp_path: Path) -> None:
    from datetime import date

    profile = asked_profile(written(tmp_path, "needs: [算力]\n"), "桐乡, 杭州,上海")
    assert profile.compare == ("桐乡", "杭州", "上海")
    assert asked_day("2025-06-01", date(2026, 1, 1)) == date(2025, 6, 1)
    with pytest.raises(ProfileError, match="2025-13-01"):
        asked_day("2025-13-01", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (Profile(figures={"火箭投资": 6_500_000}), "火箭投资"),
        (Profile(district="不存在区"), "不存在区"),
        (Profile(region="湖州市", district="桐乡市"), "桐乡市"),
    ],
)
def test_a_kind_of_figure_or_a_district_that_is_unknown_is_refused_by_name(
    profile: Profile, said: str
) -> None:
    with pytest.raises(ProfileError, match=f"不认识“{said}”,可用的有"):
        canonical(profile, load_vocabulary(), PLACES, "企业情况")


@pytest.mark.parametrize(
    ("said", "kind"),
    [("设备投資", "设备投资"), ("合同金额", "合同额"), ("设备投资额", "设备投资"), ("投入", "总投资")],
)
def test_a_kind_of_figure_may_be_written_as_people_write_it(said: str, kind: str) -> None:
    known = canonical(Profile(figures={said: 1.0}), load_vocabulary(), PLACES, "企业情况")
    assert known.figures == {kind: 1.0}


def test_a_district_of_another_city_stays_as_it_is() -> None:
    told = Profile(region="嘉兴市", district="桐乡市")
    assert canonical(told, load_vocabulary(), PLACES, "企业情况").district == "桐乡市"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"kind": "外星人"}, "可用的有:'企业'"),
        ({"figures": {"设备投资": -1}}, "不能小于 0"),
        ({"text": "我" * 2001}, "最多 2000 个字"),
        ({"figures": {"设备投资": "很多"}}, "(不是金额"),
        ({"figures": [1]}, "应是“名称: 值”"),
        ({"industry": {"a": 1}}, "应是列表"),
    ],
)
def test_what_is_wrong_with_a_field_is_said_in_chinese(content: dict[str, object], said: str) -> None:
    with pytest.raises(ProfileError) as caught:
        read_profile(content, "企业.yaml")
    assert said in str(caught.value) and "nput" not in str(caught.value)


def test_a_file_of_another_encoding_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_bytes("district: 吴兴区".encode("gbk"))
    with pytest.raises(ProfileError, match="不是 UTF-8"):
        load_profile(path)


@pytest.mark.parametrize(
    ("said", "region", "district"),
    [
        ("德清", "湖州市", "德清县"),
        ("湖州市安吉县", "湖州市", "安吉县"),
        ("浙江省湖州市", "湖州市", None),
        ("江苏省苏州市", "江苏省苏州市", None),
        ("嘉兴桐乡", "嘉兴桐乡", None),
        ("", None, None),
    ],
)
def test_a_region_is_a_known_city_and_a_county_given_for_it_is_a_district(
    said: str, region: str | None, district: str | None
) -> None:
    known = canonical(Profile(region=said), load_vocabulary(), PLACES, "企业情况")
    assert (known.region, known.district) == (region, district)
