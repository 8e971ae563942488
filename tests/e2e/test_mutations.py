"""One change to a true sentence of an answer, and it does not go out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.factory import Assistant, build_assistant
from assistant.models import Draft, Question, SentenceKind
from assistant.pipeline import Journey
from assistant.settings import AssistantSettings, RootSettings
from assistant.verification import Rejection, Verifier
from tests.fakes.mutations import CLASSES, mutants
from vectorstore.settings import VectorStoreSettings

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 1, 5)
LEAST_MUTANTS = 2000
QUESTIONS = """
到2027年底上市企业要达到多少家?|专精特新小巨人企业的目标是多少?|规模以上企业要集聚多少家|龙头企业要引育几家
特色产业园要建多少个?|人工智能核心产业产值2027年要到多少亿?|2030年产值目标是多少亿元?|2027年和2030年的产值目标相差多少?
垂直大模型要打造几个?|省级以上实验室要培育多少个|标杆示范场景打造多少个?|国家级领航级工厂要培育几家?
行业应用解决方案要遴选多少个|列出全部指标|主要措施一共有多少条?|重点应用场景有哪些,一共几个?
上市企业要达到50家以上对吗?|产值2028年要超200亿元吗?|小巨人企业是不是要400家|这个计划管几年?
算力券由哪个部门负责?|人工智能+交通由谁负责?|人工智能+农业的责任单位有哪些?|数据基础由市经信局牵头吗?
人才引育是市科技局牵头吗?|揭榜挂帅归谁管?|场景供需对接的责任单位是谁|组织保障由谁负责?
人工智能+医疗和人工智能+教育的共同责任单位有哪些?|市经信局负责哪些条款?|市科技局参与哪些任务?|市数据局列名哪几条?
德清县政府要承担什么任务?|各区县政府有哪些任务?|市级相关部门有哪些任务?|市市场监管局有什么任务
我们是小微人工智能企业,有什么扶持?|中小企业融资难有什么支持?|初创企业买算力贵怎么办?|新产品打开市场有什么帮助
高校能得到哪些支持?|企业招不到人才有什么政策|农业企业想用无人机有支持吗|算力券一张多少钱?
无还本续贷要什么条件?|怎么申领场景券?|什么是算力券?|耐心资本是什么意思?|什么叫湖小政?|可信数据空间是什么
意见往哪里寄?|联系电话是多少?|联系人是谁?|征求意见什么时候截止?|邮编是多少|这个文件已经施行了吗?
什么时候发布的?有没有邮箱可以提意见?|起草依据是什么?|算力券和场景券有什么区别?|垂直模型在哪些条款提到?
人工智能+工业和人工智能+农业有什么不同?|揭榜挂帅在文件里出现在哪些地方?|低空经济有什么安排?|包容审慎监管是怎么说的?
湖州天气怎么样?|杭州有什么人工智能政策?|你是谁?
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    data_dir = tmp_path_factory.mktemp("index")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HUXZ_")}
    variables = {"HUXZ_VECTORSTORE__DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-m", "ingest", "ensure"],
        cwd=ROOT, env=kept | variables, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    settings = RootSettings(
        assistant=AssistantSettings(today=TODAY), vectorstore=VectorStoreSettings(data_dir=data_dir)
    )
    return build_assistant(settings)


@pytest.fixture(scope="module")
def journeys(assistant: Assistant) -> Sequence[Journey]:
    questions = [one for one in re.split(r"[|\n]", QUESTIONS) if one]
    assert len(questions) >= 60
    chain = assistant.pipeline.current().chain
    return [
        chain.invoke(Journey(question=Question(turns=(one,)), started=time.perf_counter()))
        for one in questions
    ]


@pytest.fixture(scope="module")
def drafts(journeys: Sequence[Journey]) -> list[Draft]:
    return [journey.draft for journey in journeys if journey.draft is not None]


@pytest.fixture(scope="module")
def verifier(assistant: Assistant) -> Verifier:
    ledger = assistant.ledger
    clauses = {place.clause_id: place.clause for place in ledger.places}
    return Verifier(clauses, ledger.unit_names, lambda: TODAY)


def test_no_true_sentence_of_any_answer_is_rejected(journeys: Sequence[Journey]) -> None:
    rejected: list[tuple[str, tuple[Rejection, ...]]] = [
        (journey.question.turns[-1], journey.rejections) for journey in journeys if journey.rejections
    ]
    assert rejected == []
    routes = {journey.understanding.route for journey in journeys if journey.understanding}
    assert len(routes) >= 8, routes


def test_no_mutant_of_any_sentence_goes_out(
    assistant: Assistant, drafts: list[Draft], verifier: Verifier, capsys: pytest.CaptureFixture[str]
) -> None:
    made: Counter[str] = Counter()
    survived = []
    for mutant in mutants(drafts, assistant.ledger):
        made[mutant.kind] += 1
        kept, _ = verifier.verify(mutant.whole)
        if mutant.changed in kept.sentences and mutant.changed not in mutant.draft.sentences:
            survived.append(
                (mutant.kind, mutant.changed.text, mutant.changed.clause_ids, mutant.original.text)
            )
    with capsys.disabled():
        print(f"\n{made.total()} mutants, {len(survived)} survived:", dict(made.most_common()))
    assert survived == []
    assert made.total() >= LEAST_MUTANTS
    assert set(made) == set(CLASSES), "a class made no mutant"


def test_the_questions_lead_to_every_kind_of_sentence(drafts: list[Draft]) -> None:
    assert {one.kind for draft in drafts for one in draft.sentences} == set(SentenceKind)
