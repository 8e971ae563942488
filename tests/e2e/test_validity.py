"""Answers rest on what is in force on the day asked: two versions of a rule, a lapsed notice, a draft."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from assistant.dates import AskedDay
from assistant.factory import Assistant, build_assistant
from assistant.models import Answer, Draft, Question, Sentence, SentenceKind, Status
from assistant.settings import AssistantSettings, RootSettings
from tests.e2e.conftest import run_module
from tests.fakes.versions import write_versions
from vectorstore.settings import VectorStoreSettings

TODAY = date(2026, 11, 23)
SAID = (Status.ANSWERED, Status.UNSPECIFIED)


@pytest.fixture(scope="module")
def data(plan_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the plan and the documents of our own writing."""
    folder = tmp_path_factory.mktemp("versions")
    where = {"HUXZ_VECTORSTORE__DATA_DIR": str(folder / "data")}
    built = run_module(folder, "ingest", "ensure", **where)
    assert built.returncode == 0, built.stderr
    added = run_module(folder, "ingest", "add", *map(str, write_versions(folder)), **where)
    assert added.returncode == 0, added.stderr
    return folder / "data"


@pytest.fixture(scope="module")
def versions(data: Path) -> Assistant:
    return build_assistant(
        RootSettings(assistant=AssistantSettings(today=TODAY), vectorstore=VectorStoreSettings(data_dir=data))
    )


def ask(assistant: Assistant, *turns: str, as_of: date | None = None) -> Answer:
    return assistant.pipeline.answer(Question(turns=turns, as_of=as_of))


def cited(answer: Answer) -> set[str]:
    return {citation.document_id for citation in answer.citations}


NOW = "采购单位向小企业采购货物,付款期限最长多少日"


@pytest.mark.parametrize(
    ("question", "as_of", "days", "version"),
    [
        (NOW, None, "三十日", "payment-2025"),
        (NOW, date(2021, 5, 1), "六十日", "payment-2020"),
        (NOW, date(2025, 2, 28), "六十日", "payment-2020"),
        (NOW, date(2025, 3, 1), "三十日", "payment-2025"),
        (f"2021年的时候{NOW}", None, "六十日", "payment-2020"),
        (f"2023年6月那会儿,{NOW}", None, "六十日", "payment-2020"),
        (f"现在{NOW}", None, "三十日", "payment-2025"),
    ],
)
def test_two_versions_of_a_rule_answer_by_date(
    versions: Assistant, question: str, as_of: date | None, days: str, version: str
) -> None:
    answer = ask(versions, question, as_of=as_of)
    assert answer.status in SAID and days in answer.text
    assert version in cited(answer) and not cited(answer) & {"payment-2020", "payment-2025"} - {version}
    assert ({"六十日", "三十日"} - {days}).pop() not in answer.text


def test_a_follow_up_may_ask_for_another_day(versions: Assistant) -> None:
    answer = ask(versions, NOW, "那2021年的时候呢")
    assert "六十日" in answer.text and "三十日" not in answer.text


def test_an_answer_for_another_day_says_for_which(versions: Assistant) -> None:
    assert any("2021-12-31" in one for one in ask(versions, f"2021年的时候{NOW}").notices)
    assert any("2021-05-01" in one for one in ask(versions, NOW, as_of=date(2021, 5, 1)).notices)
    assert not any("您问的是" in one for one in ask(versions, NOW).notices)


@pytest.mark.parametrize("question", ["2024年的时候有算力券吗", "2024年的时候算力券每年多少"])
def test_an_answer_from_a_document_that_was_not_yet_out_says_so_first(
    versions: Assistant, question: str
) -> None:
    answer = ask(versions, question)
    assert answer.status not in SAID or answer.text.index("尚未发布") < answer.text.index("算力券")
    assert not any("以上按这一天有效的文件回答" in one for one in answer.notices)
    now = ask(versions, question.removeprefix("2024年的时候"))
    assert now.status in SAID and "尚未发布" not in now.text


def test_a_question_for_history_shows_both_versions_and_the_quotes_tell_which(versions: Assistant) -> None:
    answer = ask(versions, f"以前的规定里{NOW}")
    assert {"payment-2020", "payment-2025"} <= cited(answer)
    for line in re.findall("^> .*$", answer.text, re.M):
        assert "——《" in line
    assert any("(2020-06-01版)" in one and "不能作为办事" in one for one in answer.notices)
    titles = {one.title for one in answer.citations}
    assert {"云溪市货款支付规定(2020-06-01版)", "云溪市货款支付规定(2025-02-01版)"} <= titles


def test_a_lapsed_document_is_never_a_ground_for_money(versions: Assistant) -> None:
    answer = ask(versions, "云溪市关于支持风筝产业发展的通知里,买裁剪设备补助多少")
    assert "kites" in cited(answer) and "50万元" in answer.text
    assert "不能作为申领的依据" in answer.text and "已失效" in answer.text
    assert any("已于2025-01-01失效" in one for one in answer.notices)
    held = ask(versions, "云溪市关于支持风筝产业发展的通知里,买裁剪设备补助多少", as_of=date(2023, 1, 1))
    assert "50万元" in held.text and "不能作为申领的依据" not in held.text


def test_money_of_a_draft_is_marked_and_the_draft_told(versions: Assistant) -> None:
    answer = ask(versions, "陶艺工坊购买电窑补贴多少")
    assert "pottery-draft" in cited(answer) and "20万元" in answer.text
    assert "不能作为申领的依据" in answer.text and any("征求意见稿" in one for one in answer.notices)


def test_a_sentence_with_money_out_of_a_lapsed_text_goes_out_only_where_it_is_marked(
    versions: Assistant,
) -> None:
    parts = versions.pipeline.current()._parts
    place = next(one for one in parts.ledger.places if "最高50万元" in one.clause.text)
    words = "最高50万元"
    quote = "按设备投资额的10%给予补助,最高50万元。"
    sentence = Sentence(
        kind=SentenceKind.QUOTE, text=f"「{quote}」", clause_ids=(place.clause_id,), quotes=(quote,)
    )
    bare = Draft(status=Status.ANSWERED, sentences=(sentence,))
    kept, rejections = parts.verifier.verify(bare, TODAY)
    assert kept.sentences == () and [one.reason for one in rejections] == ["no_force"]
    marked = parts.marker.mark(bare, AskedDay(day=TODAY))
    assert len(parts.verifier.verify(marked, TODAY)[0].sentences) == 2
    assert words in parts.verifier.verify(bare, date(2023, 1, 1))[0].sentences[0].text


def test_what_is_not_yet_in_force_is_told_as_such(versions: Assistant) -> None:
    answer = ask(versions, "夜市摊位几点前收摊")
    assert "night-market" in cited(answer)
    assert any("尚未施行" in one for one in answer.notices)
    then = ask(versions, "夜市摊位几点前收摊", as_of=date(2027, 6, 1))
    assert "night-market" in cited(then) and not any("尚未施行" in one for one in then.notices)


@pytest.mark.parametrize(
    ("question", "said", "banner"),
    [
        ("云溪市关于支持风筝产业发展的通知还有效吗", ["已失效", "2024-12-31", "没有写明文号"], "失效"),
        ("云溪市货款支付规定2020年版还能用吗", ["已废止", "2025-02-01版"], "废止"),
        ("云溪市夜市管理规定哪天施行", ["尚未施行", "2027-05-01"], "尚未施行"),
        ("陶艺产业那个措施正式发了没有", ["征求意见稿"], "征求意见稿"),
        ("云溪市货款支付规定现在有效吗", ["现行有效", "推定", "2025-03-01"], "推定"),
        ("风筝那个通知到期了吗", ["已失效"], "失效"),
    ],
)
def test_a_question_on_validity_is_answered_from_the_catalog(
    versions: Assistant, question: str, said: list[str], banner: str
) -> None:
    answer = ask(versions, question)
    assert answer.status in SAID and not answer.trace.rejected
    assert [words for words in said if words not in answer.text] == []
    assert any(banner in one for one in answer.notices)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("新旧文件冲突听哪个", "由有权的机关认定"),
        ("网页没写有效性怎么判断", "未标注"),
        ("成文日期和发布日期哪个算", "分开列出"),
        ("这个文件还有效吗", "哪一份文件"),
    ],
)
def test_how_validity_is_told_is_said_in_fixed_words(versions: Assistant, question: str, said: str) -> None:
    answer = ask(versions, question)
    assert said in answer.text and not answer.trace.rejected


def test_questions_on_the_plan_stay_with_the_plan(versions: Assistant, assistant: Assistant) -> None:
    for question in ("算力券是什么", "到2027年底特色产业园要几个", "今天天气怎么样", "市教育局参与哪些任务"):
        ours, alone = ask(versions, question), ask(assistant, question)
        assert ours.status is alone.status and cited(ours) == cited(alone)


def test_the_command_takes_the_day(data: Path, tmp_path: Path) -> None:
    where = {"HUXZ_VECTORSTORE__DATA_DIR": str(data), "HUXZ_ASSISTANT__TODAY": "2026-11-23"}
    asked = run_module(tmp_path, "assistant", "ask", NOW, "--json", "--as-of", "2021-05-01", **where)
    assert asked.returncode == 0 and "六十日" in json.loads(asked.stdout)["text"]
    lines = [
        {"id": "now", "turns": [NOW]},
        {"id": "then", "turns": [NOW], "as_of": "2021-05-01"},
    ]
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    batch.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    ran = run_module(tmp_path, "assistant", "ask", "--batch", str(batch), "--out", str(out), **where)
    texts = {one["id"]: one["text"] for one in map(json.loads, out.read_text("utf-8").splitlines())}
    assert ran.returncode == 0 and "三十日" in texts["now"] and "六十日" in texts["then"]
    wrong = run_module(tmp_path, "assistant", "ask", NOW, "--as-of", "2021年", **where)
    assert wrong.returncode == 2 and "--as-of" in wrong.stderr
