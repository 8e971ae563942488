from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import RouterError
from assistant.routing.classifier import FOLDER, Router
from assistant.routing.features import ngrams, vectorize
from assistant.routing.scope import load_questions, load_scope
from assistant.routing.train import LabelledQuestion, count_ngrams, out_of_fold, read_questions, train
from assistant.understanding import Detail, Route

SUBJECTS = ("算力券", "模型券", "场景券", "专项基金", "具身智能", "智能驾驶", "北斗", "文旅", "教育", "医疗")
FORMS = (
    ("{}由哪个单位负责?", "unit", "unit"),
    ("{}到2027年要有多少个?", "number", "count"),
    ("{}什么时候截止?", "contact", "date"),
    ("帮我写一段关于{}的代码", "out_of_scope", "any"),
)
DISTANT = ("离婚以后孩子归谁", "孩子的抚养费给到几岁", "离婚彩礼要退吗")


@pytest.fixture(scope="module")
def questions() -> list[LabelledQuestion]:
    return [
        LabelledQuestion(q=form.format(subject), route=route, detail=detail)
        for subject in SUBJECTS
        for form, route, detail in FORMS
    ]


@pytest.fixture(scope="module")
def trained(questions: list[LabelledQuestion], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("router") / "weights.npz"
    card = train(questions, DISTANT, path)
    assert card.n_questions == len(questions)
    assert card.route_accuracy == card.detail_accuracy == 1.0, "the forms are easy to tell apart"
    return path


def test_features_are_grams_of_the_normalised_text_with_its_ends() -> None:
    grams = ngrams("ＡＩ 券")
    assert grams == ngrams("ai券")
    assert {"^a", "券$", "ai券", "^", "$"} <= set(grams)


@given(st.text(max_size=40))
def test_a_vector_has_length_one_or_is_nought(text: str) -> None:
    vocabulary, idf = {"算": 0, "力": 1, "$": 2}, np.array([1.0, 2.0, 0.5], dtype=np.float32)
    vector = vectorize(text, vocabulary, idf)
    assert vector.dtype == np.float32 and vector.shape == (3,)
    assert np.linalg.norm(vector) == pytest.approx(1.0) or not vector.any()


def test_rare_grams_weigh_more_and_those_of_one_question_are_left_out() -> None:
    vocabulary, idf = count_ngrams(["算力券", "算力", "算法"])
    assert "券" not in vocabulary and "法" not in vocabulary
    assert idf[vocabulary["力"]] > idf[vocabulary["算"]]


def test_a_router_tells_what_it_was_taught_with_probabilities(trained: Path) -> None:
    routing = Router(trained).route("低空经济由哪个单位负责?")
    assert (routing.route, routing.detail) == (Route.UNIT, Detail.UNIT)
    assert sum(routing.routes.values()) == pytest.approx(1) and sum(
        routing.details.values()
    ) == pytest.approx(1)


def test_the_scope_learns_from_distant_questions_the_route_does_not(trained: Path) -> None:
    router = Router(trained)
    assert router.route("离婚孩子归谁").inside < 0.5 < router.route("北斗由哪个单位负责?").inside
    assert router.card.n_distant == len(DISTANT)


def test_training_twice_gives_the_same_router(
    trained: Path, questions: list[LabelledQuestion], tmp_path: Path
) -> None:
    train(questions, DISTANT, tmp_path / "again.npz")
    one, other = Router(trained), Router(tmp_path / "again.npz")
    assert one.route("北斗怎么样") == other.route("北斗怎么样") and one.card == other.card


def test_a_probability_out_of_fold_is_high_for_its_own_label(questions: list[LabelledQuestion]) -> None:
    labels = [question.route for question in questions]
    chances = out_of_fold([question.q for question in questions], labels, "out_of_scope")
    inside = [chance for chance, label in zip(chances, labels, strict=True) if label != "out_of_scope"]
    outside = [chance for chance, label in zip(chances, labels, strict=True) if label == "out_of_scope"]
    assert max(inside) < 0.5 < min(outside)


def test_the_same_question_in_two_files_is_read_once(tmp_path: Path) -> None:
    for name, route in (("a.jsonl", "unit"), ("b.jsonl", "number")):
        line = LabelledQuestion(q="x", route=route, detail="any").model_dump_json()
        (tmp_path / name).write_text(line + "\n\n", encoding="utf-8")
    assert [question.route for question in read_questions(tmp_path)] == ["number"]


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"not an archive",
        b"",
    ],
)
def test_weights_that_cannot_be_read_are_named(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "weights.npz"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(RouterError, match=r"weights\.npz"):
        Router(path)


def test_weights_without_a_head_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "weights.npz", vocabulary="[]", idf=np.zeros(0))
    with pytest.raises(RouterError, match=r"python -m assistant\.routing"):
        Router(tmp_path / "weights.npz")


@pytest.mark.parametrize("text", ["", "{}", '{"bias": 0, "weights": {}, "threshold": 2}'])
def test_a_scope_model_that_does_not_fit_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "scope.json").write_text(text, encoding="utf-8")
    with pytest.raises(RouterError, match=r"scope\.json"):
        load_scope(tmp_path / "scope.json")


def test_the_shipped_router_knows_every_route_and_was_trained_on_the_shipped_questions() -> None:
    router, questions = Router(), read_questions(FOLDER)
    assert router.card.n_questions == len(questions) and router.card.n_distant > 0
    assert set(router.route("x").routes) == set(Route)
    assert {Route(question.route) for question in questions} == set(Route)
    assert {Detail(question.detail) for question in questions} <= set(Detail)
    assert len(load_questions()) >= len(questions)


@given(st.text(max_size=60))
def test_no_question_makes_the_router_fail(text: str) -> None:
    assert SHIPPED.route(text).route in Route


SHIPPED = Router()
