"""What people want to hear first is said first: whether the text holds it, and of what a number is."""

from __future__ import annotations

import pytest

from assistant.factory import Assistant
from assistant.models import Status
from tests.e2e.test_reported_answers import ask
from tests.e2e.test_whole_answers import paths

FUND, TRAFFIC, DATA = "三/(五)/14", "二/(二)/4", "三/(四)/10"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("专项基金盘子有多大", "所问的金额或比例,文件没有写明"),
        ("造好了没,莫干山那个AI影视城", "现在做到哪一步、是否已经做成,文件没有写明"),
        ("无人出租车撞了人谁赔", "出了问题由谁负责、怎么赔,文件没有写明"),
        ("AI会不会代替医生看病", "会不会代替人工、减少岗位,文件没有写明"),
        ("首台套产品政府必须采购吗", "文件没有写必须或者强制做什么"),
        ("湖州是不是禁止企业用国外大模型", "文件没有写禁止、不准或者取消什么"),
        ("AI看病收费吗", "要不要收费、收多少,文件没有写明"),
        ("进产业园房租免几年", "文件中没有出现「房租」一词"),
        ("这个计划到底定下来没有", "《湖州市人工智能高质量发展三年行动计划(2025—2027年)》现在是征求意见稿"),
    ],
)
def test_what_the_text_does_not_hold_is_said_before_its_clauses(
    assistant: Assistant, question: str, said: str
) -> None:
    assert ask(assistant, question).text.startswith(said)


def test_a_stock_remark_gives_way_to_what_is_really_missing(assistant: Assistant) -> None:
    assert "更细的安排" in ask(assistant, "车路云是怎么安排的").text
    assert "更细的安排" not in ask(assistant, "专项基金盘子有多大").text


@pytest.mark.parametrize(
    ("thing", "turns"),
    [
        ("利润", ("全市人工智能企业利润2027年要超200亿?",)),
        ("独角兽", ("小巨人要培育多少家", "独角兽也是40家?")),
        ("低空经济产值", ("低空经济产值2027年要到200亿吧",)),
        ("机器人产业", ("机器人产业2027年要做到100亿吗",)),
        ("无人超市", ("无人超市要开30个",)),
    ],
)
def test_a_number_is_not_answered_with_the_goal_of_another_thing(
    assistant: Assistant, thing: str, turns: tuple[str, ...]
) -> None:
    answer = ask(assistant, *turns)
    assert answer.text.startswith(f"文件列出的指标里没有「{thing}」。")
    assert "需要更正" not in answer.text
    assert "的目标是" not in answer.text
    assert answer.status is Status.UNSPECIFIED


def test_numbers_that_are_swapped_are_corrected_each(assistant: Assistant) -> None:
    text = ask(assistant, "规上企业10家,龙头企业200家,没错吧").text
    assert "规模以上企业,文件写的是200家以上" in text
    assert "龙头企业,文件写的是10家以上" in text
    assert "需要更正" not in ask(assistant, "规上企业200家,龙头企业10家,没错吧").text


def test_the_number_of_another_year_is_no_wrong_number(assistant: Assistant) -> None:
    text = ask(assistant, "2026年底应该完成多少个标杆场景,一半15个?").text
    assert text.startswith("文件没有写2026年的目标。")
    assert "需要更正" not in text


def test_the_nine_scenarios_are_not_taken_for_the_thirty(assistant: Assistant) -> None:
    assert "需要更正" not in ask(assistant, "九大场景是哪九个").text


@pytest.mark.parametrize(
    ("path", "turns"),
    [
        (TRAFFIC, ("无人快递车目前在湖州上路了没有",)),
        (DATA, ("数据开放清单是啥", "现在公布了没,哪里下")),
        ("四/第1段", ("若干政策出台了没",)),
        ("四/第1段", ("谁来统筹这个计划", "组长是哪位领导")),
    ],
)
def test_a_question_on_a_thing_is_none_for_the_notice(
    assistant: Assistant, path: str, turns: tuple[str, ...]
) -> None:
    answer = ask(assistant, *turns)
    assert path in paths(answer)
    assert "顾莹萍" not in answer.text
    assert "征求意见的截止日期" not in answer.text


def test_another_citys_rules_are_not_told_for_ours(assistant: Assistant) -> None:
    assert "廊坊" not in ask(assistant, "算力券的细则出台了没").text
    assert "廊坊" in ask(assistant, "廊坊的算力券细则还有效吗").text
    assert "半导体" not in ask(assistant, "桐乡那个固定资产投资最高奖15%的政策,湖州企业也能用吧").text


def test_kinds_of_things_are_listed_whole(assistant: Assistant) -> None:
    wanted = [place.clause.path for place in assistant.ledger.mentioning("试点")]
    assert paths(ask(assistant, "湖州拿了哪些国家级试点?一条条列出来")) == wanted


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("“各区县政府”包不包括长合区", "文件写明「各区县政府」含南太湖新区管委会、长合区管委会"),
        ("听说医疗没列进重点场景", "「(二)重点应用场景」下有「7.人工智能+医疗」"),
        ("九大场景里头没有养老和体育吧", "标题中没有「体育」"),
        ("德清元宇宙产业园归哪个局管", "需要更正:文件写的是「安吉元宇宙产业园」"),
        ("“1+5+N”是什么意思", "需要更正:文件写的是「1+4+N」"),
        ("可信数据空间由谁牵头建设", "正文里写到“牵头”的是"),
    ],
)
def test_what_a_question_asks_or_claims_is_settled_in_a_sentence(
    assistant: Assistant, question: str, said: str
) -> None:
    assert said in ask(assistant, question).text


def test_the_head_of_a_unit_is_not_guessed_at(assistant: Assistant) -> None:
    answer = ask(assistant, "市经信局局长叫什么")
    assert answer.text.startswith("所问的人选,文件没有写明。")
    assert not answer.citations


def test_a_follow_up_stays_with_the_measure_told_before(assistant: Assistant) -> None:
    text = ask(assistant, "国家给小巨人企业600万是真的?", "直接打到公司账上吗").text
    assert "不直接发给企业" in text


def test_a_known_measure_stands_beside_the_plan(assistant: Assistant) -> None:
    answer = ask(assistant, "想在湖州建算力中心,用电有没有优惠")
    assert "11.优化智能算力供给" in answer.text
    assert "另外,收录的要点摘录里还有" in answer.text
    assert [one.marker for one in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert [one.excerpt for one in answer.citations][-1]
    assert answer.notices[-1].startswith("以上内容由系统根据公开文件自动生成")


def test_whom_to_ask_is_the_unit_of_the_means_that_is_asked_for(assistant: Assistant) -> None:
    assert "可咨询列第一的责任单位市经信局" in ask(assistant, "我们租算力有没有补贴").text


def test_a_follow_up_on_a_consequence_is_about_its_topic(assistant: Assistant) -> None:
    answer = ask(assistant, "AI旅行助手是干啥的", "要收门票钱吗")
    assert answer.text.startswith("要不要收费、收多少,文件没有写明。")
    assert "二/(二)/6" in paths(answer)
    assert ask(assistant, "算力券怎么领", "病假工资怎么算").status is Status.OUT_OF_SCOPE


def test_a_goal_of_another_year_corrects_nothing(assistant: Assistant) -> None:
    text = ask(assistant, "小巨人要培育多少家", "那2030年呢,翻倍到80家?").text
    assert "需要更正" not in text
    assert "文件写的时间是2027年底" in text


def test_a_place_at_a_thing_is_no_word_that_the_text_lacks(assistant: Assistant) -> None:
    text = ask(assistant, "船上的智能化有讲吗?我们厂造内河船").text
    assert "没有出现" not in text
    assert "以船舶绿色智能为目标" in text


def test_what_a_question_quotes_is_looked_for_as_it_is(assistant: Assistant) -> None:
    text = ask(assistant, "“30个”在全文出现了两回,说的是同一码事吗").text
    assert text.startswith("文件中写到「30个」的条款共2条")
    assert "累计打造标杆示范场景30个" in text
    assert "遴选培育30个具有示范推广性的行业应用解决方案" in text


def test_what_a_question_asks_for_by_which_is_no_word_that_the_text_lacks(assistant: Assistant) -> None:
    text = ask(assistant, "安吉能沾到的项目有几个,分别在哪部分").text
    assert "「部分」" not in text
    assert "安吉元宇宙产业园" in text


@pytest.mark.parametrize(
    ("question", "word"), [("我开小餐馆,想用AI点餐,能补钱不", "钱"), ("AI看病有哪些应用,医保给报吗", "报")]
)
def test_what_is_hoped_for_is_no_thing_that_is_said_to_be_absent(
    assistant: Assistant, question: str, word: str
) -> None:
    assert f"「{word}」" not in ask(assistant, question).text


def test_a_phrase_is_absent_only_by_the_nouns_that_are(assistant: Assistant) -> None:
    assert "没有出现" not in ask(assistant, "人工智能大模型侵权预警有说吗").text
    text = ask(assistant, "我75了,计划里有没有讲机器人来养老院照顾老人").text
    assert text.startswith("文件中没有出现「养老院」一词。")
    assert "1.具身智能机器人" in text
