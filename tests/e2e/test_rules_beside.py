"""Rules taken in beside the plan: what is in force and pays is told before what a draft promises."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.factory import Assistant, build_assistant
from assistant.models import Answer, Question, Status
from assistant.settings import AssistantSettings, RootSettings
from tests.e2e.conftest import run_module
from tests.fakes.rules import write_rules
from vectorstore.settings import VectorStoreSettings

TODAY = date(2026, 11, 23)
VOUCHERS, CITY, PROVINCE = "湖州市算力券发放办法", "湖州市民宿消防改造补助办法", "浙江省民宿消防改造补助办法"
UNSURE = "不能确定收录的文件是否写了您问的事"


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("rules")
    where = {"HUXZ_VECTORSTORE__DATA_DIR": str(folder / "data")}
    for arguments in (("ensure",), ("add", *map(str, write_rules(folder)))):
        done = run_module(folder, "ingest", *arguments, **where)
        assert done.returncode == 0, done.stderr
    return build_assistant(
        RootSettings(
            assistant=AssistantSettings(today=TODAY),
            vectorstore=VectorStoreSettings(data_dir=Path(where["HUXZ_VECTORSTORE__DATA_DIR"])),
        )
    )


def ask(assistant: Assistant, *turns: str) -> Answer:
    return assistant.pipeline.answer(Question(turns=turns))


def cited(answer: Answer) -> set[str]:
    return {citation.document_id for citation in answer.citations}


@pytest.mark.parametrize("question", ["算力券最高补多少", "算力券能补百分之几"])
def test_the_rule_that_carries_a_promise_out_is_told_and_no_lack_of_a_sum(
    rules: Assistant, question: str
) -> None:
    answer = ask(rules, question)
    assert answer.status is Status.ANSWERED and cited(answer) == {VOUCHERS}
    assert "按合同额的20%补贴,每家每年最高100万元" in answer.text
    assert "文件没有写明,不能给出数字" not in answer.text and "文件未载明" not in answer.text


def test_what_a_word_means_is_still_asked_of_the_plan(rules: Assistant) -> None:
    assert VOUCHERS not in cited(ask(rules, "算力券是什么"))


def test_an_enterprise_is_told_the_rule_that_pays_and_what_bars_it(rules: Assistant) -> None:
    answer = ask(rules, "我们在湖州租了80万算力,能补多少")
    assert "合同额80万元×20%=16万元,不超过上限100万元" in answer.text and VOUCHERS in cited(answer)
    barred = ask(rules, "我们已经拿了省里的算力补贴,还能拿算力券吗")
    assert "已享受省级算力补贴的,不得重复享受" in barred.text


def test_what_no_list_of_measures_holds_is_answered_by_the_rules_that_pay(rules: Assistant) -> None:
    answer = ask(rules, "民宿消防改造花了20万能补多少")
    assert {CITY, PROVINCE} <= cited(answer)
    assert "没有一项" not in answer.text and "万能" not in answer.text


def test_of_two_levels_both_texts_are_shown_where_it_is_asked_which_holds(rules: Assistant) -> None:
    answer = ask(rules, "民宿消防改造补助省里和市里规定不一样,按哪个")
    assert "按改造费用的30%给予补助" in answer.text and "按改造费用的20%给予补助" in answer.text
    assert "我不替您下结论" in answer.text


def test_what_is_only_near_is_shown_with_a_word_of_doubt_and_what_is_far_is_refused(
    rules: Assistant,
) -> None:
    near = ask(rules, "大单位付货款最长多少天")
    assert near.status is Status.UNSPECIFIED and near.text.startswith(UNSURE)
    assert "六十日内支付货款" in near.text
    assert ask(rules, "今天天气怎么样").status is Status.OUT_OF_SCOPE


def test_a_clause_of_a_rule_without_units_is_quoted_where_nobody_asks_who(rules: Assistant) -> None:
    answer = ask(rules, "湖州市民宿消防改造补助办法第三条")
    assert "没有列出责任单位" not in answer.text and "60日内提交" in answer.text
