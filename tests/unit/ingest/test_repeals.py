"""From which day a text repeals others, what its lists repeal, and whose term it prolongs."""

from __future__ import annotations

import pytest

from ingest.document import parse_document
from ingest.relations import read_relations
from vectorstore.validity import Extension, Relation, RelationKind

K = RelationKind
DECISION = "湖州市人民政府关于废止部分行政规范性文件的决定"


def told(body: str, title: str = DECISION) -> list[Relation]:
    document = parse_document(f"{title}\n\n{body}\n\n湖州市人民政府\n2026年5月20日\n", "a.txt")
    found = list(read_relations(document.clauses, document.title))
    assert all(one.quote in document.text for one in found)
    return found


@pytest.mark.parametrize(
    ("sentence", "since"),
    [
        ("自2026年6月1日起废止《某市旧办法》。", "2026-06-01"),
        ("《某市旧办法》自2026年6月1日起废止。", "2026-06-01"),
        ("《某市旧办法》(湖政发〔2020〕5号)自2026年6月1日零时起停止执行。", "2026-06-01"),
        ("自2026年6月1日起,《某市旧办法》(湖政发〔2020〕5号)予以废止。", "2026-06-01"),
        ("从2026年6月1日起,决定对《某市旧办法》予以废止。", "2026-06-01"),
        ("2019年3月1日印发的《某市旧办法》自2026年6月1日起废止。", "2026-06-01"),
        ("本办法自2026年6月1日起施行,《某市旧办法》同时废止。", None),
        ("2019年3月1日印发的《某市旧办法》同时废止。", None),
        ("《某市旧办法》自本决定公布之日起废止。", None),
    ],
)
def test_a_repeal_counts_from_the_day_beside_it(sentence: str, since: str | None) -> None:
    found = told(f"一、{sentence}\n二、其他事项。", "湖州市人民政府关于有关事项的通知")
    assert [(one.kind, one.title, one.since) for one in found] == [(K.REPEALS, "某市旧办法", since)]


def test_the_title_of_a_decision_counts_from_the_day_that_its_text_gives() -> None:
    found = told("一、自2026年6月1日起废止《湖州市甲办法》。", "湖州市人民政府关于废止《甲办法》的通知")
    assert [(one.title, one.since) for one in found] == [
        ("甲办法", "2026-06-01"),
        ("湖州市甲办法", "2026-06-01"),
    ]


def test_all_titles_behind_one_verb_are_repealed() -> None:
    found = told("一、决定废止《甲办法》(湖政发〔2020〕4号)、《乙办法》和《丙办法》。")
    assert [one.title for one in found] == ["甲办法", "乙办法", "丙办法"]


NUMBERED = "1.湖州市丁奖励办法(湖政发〔2020〕4号)\n2.《湖州市戊奖励办法》(湖政发〔2020〕5号);\n"
TABLE = (
    "| 序号 | 文件名称 | 文号 |\n| --- | --- | --- |\n"
    "| 1 | 湖州市丁奖励办法 | 湖政发〔2020〕4号 |\n| 2 | 《湖州市戊奖励办法》 | 湖政发〔2020〕5号 |\n"
)
RESULTS = "| 文件 | 处理意见 |\n| --- | --- |\n| 湖州市丁奖励办法 | 继续有效 |\n"
PLAIN = "湖州市丁奖励办法(湖政发〔2020〕4号)\n湖州市戊奖励办法 湖政发〔2020〕5号\n"


@pytest.mark.parametrize(
    "body",
    [
        f"一、决定对下列文件宣布失效:\n{NUMBERED}二、本通知自公布之日起施行。",
        f"一、下列文件废止:\n{TABLE}",
        f"经研究,决定废止下列文件:\n{NUMBERED}本决定自公布之日起施行。",
        f"经研究,下列行政规范性文件予以废止:\n{PLAIN}",
        f"一、对附件所列文件予以废止。\n\n附件\n2件文件目录\n{NUMBERED}",
        f"一、决定废止一批文件。\n\n附件1\n宣布失效的行政规范性文件目录\n{TABLE}",
        f"一、废止的文件目录\n{NUMBERED}二、继续有效的文件目录\n1.湖州市己奖励办法(湖政发〔2020〕6号)\n",
    ],
)
def test_the_entries_of_a_list_are_repealed(body: str) -> None:
    found = told(body)
    assert [(one.kind, one.title, one.number) for one in found] == [
        (K.REPEALS, "湖州市丁奖励办法", "湖政发〔2020〕4号"),
        (K.REPEALS, "湖州市戊奖励办法", "湖政发〔2020〕5号"),
    ]


def test_an_entry_with_a_day_of_its_own_counts_from_it() -> None:
    found = told(
        "自2026年9月1日起,下列文件废止:\n"
        "一、《湖州市甲补贴办法》(湖渔发〔2020〕5号)自2026年8月1日起停止执行。\n"
        "二、《湖州市乙补贴办法》(湖渔发〔2021〕6号)。\n本决定自2026年10月1日起施行。"
    )
    assert [(one.title, one.since) for one in found] == [
        ("湖州市甲补贴办法", "2026-08-01"),
        ("湖州市乙补贴办法", "2026-09-01"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        f"一、下列文件继续有效:\n{NUMBERED}",
        f"一、除下列文件继续有效外,其余文件一律废止:\n{NUMBERED}",
        f"一、对下列文件予以修改或者废止:\n{NUMBERED}",
        f"一、拟废止的文件目录\n{NUMBERED}",
        "一、决定废止下列文件:\n见附件。\n二、其他规定\n(一)请各单位遵照执行。",
        "一、下列文件不得废止:\n" + NUMBERED,
        "一、清理结果如下:\n" + TABLE,
        f"一、下列文件废止:\n{RESULTS}",
    ],
)
def test_a_list_that_does_not_repeal_is_no_repeal(body: str) -> None:
    assert told(body) == []


@pytest.mark.parametrize(
    ("sentence", "until"),
    [
        ("《湖州市庚办法》(湖政发〔2020〕7号)有效期延长至2028年12月31日。", "2028-12-31"),
        ("将《湖州市庚办法》的有效期延长至2028年12月31日。", "2028-12-31"),
        ("延长《湖州市庚办法》的执行期限至2028年12月31日,到期自动失效。", "2028-12-31"),
        ("《湖州市庚办法》继续执行至2028年12月31日。", "2028-12-31"),
        ("根据《湖州市规章规定》,《湖州市庚办法》有效期延续至2028年底。", "2028-12-31"),
        ("《湖州市庚办法》有效期延长2年。", None),
    ],
)
def test_a_term_that_another_prolongs_is_read(sentence: str, until: str | None) -> None:
    found = told(f"一、{sentence}", "湖州市人民政府关于延长有效期的通知")
    assert [(one.kind, one.title, one.until) for one in found] == [(K.PROLONGS, "湖州市庚办法", until)]


@pytest.mark.parametrize(
    ("sentence", "extension"),
    [
        ("《湖州市庚办法》有效期延长2年。", Extension(count=2, unit="年")),
        ("《湖州市庚办法》(湖政发〔2020〕7号)有效期续延三年。", Extension(count=3, unit="年")),
        (
            "《湖州市庚办法》自到期之日起延长2年有效期。",
            Extension(count=2, unit="年", from_end=True),
        ),
        ("延长《湖州市庚办法》(湖政发〔2020〕7号)有效期18个月。", Extension(count=18, unit="个月")),
        ("将《湖州市庚办法》的有效期延长为5年。", Extension(count=5, unit="年", is_total=True)),
        ("《湖州市庚办法》到期后继续执行两年。", Extension(count=2, unit="年", from_end=True)),
        (
            "自2026年1月1日起,《湖州市庚办法》的有效期再延长一年。",
            Extension(count=1, unit="年", start="2026-01-01"),
        ),
        ("《湖州市庚办法》有效期延长,3年内完成评估。", None),
    ],
)
def test_a_length_by_which_a_term_is_prolonged_is_read(sentence: str, extension: Extension | None) -> None:
    (found,) = told(f"一、{sentence}", "湖州市人民政府关于有关事项的通知")
    assert (found.kind, found.until, found.extension) == (K.PROLONGS, None, extension)


def test_the_entries_of_a_list_are_prolonged_by_a_length() -> None:
    found = told(f"一、下列文件有效期延长3年:\n{NUMBERED}")
    assert [one.extension for one in found] == [Extension(count=3, unit="年")] * 2


def test_the_entries_of_a_list_are_prolonged() -> None:
    found = told(f"一、下列文件有效期延长至2028年12月31日:\n{NUMBERED}")
    assert [(one.kind, one.until) for one in found] == [(K.PROLONGS, "2028-12-31")] * 2


@pytest.mark.parametrize(
    "sentence",
    [
        "按照《湖州市庚办法》,申报期限延长至2028年12月31日。",
        "《湖州市庚办法》第三条的执行期限延长至2028年12月31日。",
        "《湖州市庚办法》有效期不再延长。",
        "《湖州市庚办法》废止后,本办法有效期延长至2028年12月31日。",
        "《湖州市庚办法》有效期至2028年12月31日,到期自动失效。",
    ],
)
def test_what_prolongs_something_else_prolongs_no_document(sentence: str) -> None:
    assert told(f"一、{sentence}", "湖州市人民政府关于有关事项的通知") == []
