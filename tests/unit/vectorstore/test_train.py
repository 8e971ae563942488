"""Training of the embedded model, end to end on a made-up town of a few hundred sentences."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch
from typer.testing import CliRunner

from vectorstore.embeddings import StaticEmbedder
from vectorstore.train.contrastive import Example, TokenTable, batch_loss, batches, character_pieces, thin
from vectorstore.train.export import quantise, save_model
from vectorstore.train.material import (
    Pair,
    law_articles,
    law_title,
    newest_versions,
    read_pairs,
    split_of,
    unique_pairs,
    write_pairs,
)
from vectorstore.train.pipeline import Material, make_examples, train
from vectorstore.train.recipe import Recipe
from vectorstore.train.references import Reference, resolve
from vectorstore.train.validation import validate
from vectorstore.train.vocabulary import build_tokenizer, choose_vocabulary, count_words, token_texts

TINY = Recipe(vocabulary=600, dimension=16, epochs=20, batch_size=16, window=3, learning_rate=0.02, members=2)
THINGS = {
    "显卡": "算力券",
    "宽带": "网络提速",
    "路灯": "照明设施",
    "垃圾": "生活废弃物",
    "奶奶": "高龄津贴",
    "娃": "托育服务",
}
ASKS = ["{}太贵了怎么办", "我家{}谁来管", "{}这事找哪个部门", "有没有人管管{}"]
RULES = ["对{}给予补助", "各区县推进{}建设", "主管部门负责{}工作", "鼓励企业参与{}", "将{}纳入年度计划"]


def _write_jsonl(path: Path, pairs: list[Pair]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(pair.model_dump_json() for pair in pairs), encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A material folder in its usual layout."""
    root = tmp_path_factory.mktemp("material")
    order = random.Random(0)
    lay = [
        Pair(query=ask.format(thing), passage=f"{rule.format(term)}，第{order.randint(1, 99)}期")
        for thing, term in THINGS.items()
        for rule in RULES
        for ask in ASKS
    ]
    _write_jsonl(root / "lay.jsonl", lay)
    _write_jsonl(root / "training" / "legal_advice_pairs.jsonl", lay[:10])
    _write_jsonl(root / "training" / "reading_pairs.jsonl", [*lay[10:20], Pair(query="", passage="空")])
    laws = root / "corpus" / "laws" / "地方"
    laws.mkdir(parents=True)
    articles = "\n\n".join(
        f"第{number}条 {rule.format(term)}，由市人民政府依照有关规定办理。"
        for number, (term, rule) in enumerate(((t, r) for t in THINGS.values() for r in RULES), start=1)
    )
    numbered = articles.replace("第1条", "第一条")
    (laws / "某市条例(2020-01-01).md").write_text(f"# 某市条例\n\n## 第一章\n\n{numbered}", encoding="utf-8")
    (root / "training" / "news").mkdir()
    (root / "training" / "news" / "part").write_text(
        "2023-01-01，正文：市里今天发布了算力券。\n" * 3 + "他说路灯亮了。\n", encoding="utf-8"
    )
    return root


def test_a_model_is_made_that_finds_unseen_passages_and_comes_with_its_card(
    folder: Path, tmp_path: Path
) -> None:
    told: list[str] = []
    figures = train(Material.of(folder, [folder / "lay.jsonl"]), tmp_path, TINY, told.append)
    embedder = StaticEmbedder(tmp_path)
    assert embedder.dimension == 16
    assert figures.questions > 0
    assert figures.recall_at_10 > 0.5
    question, own, other = embedder.embed_queries(["显卡好贵啊", "推进算力券发放", "推进照明设施更新"])
    assert question @ own > question @ other
    card = (tmp_path / "MODEL_CARD.md").read_text(encoding="utf-8")
    for word in (embedder.name, "CC BY-SA", "Apache-2.0", "STARD", "outside copyright"):
        assert word in card
    assert any("training 2/2, epoch 20/20" in line for line in told)


def test_questions_on_real_texts_are_kept_as_references_and_found_in_the_material(folder: Path) -> None:
    reference = Reference(
        query="路灯谁管", document="corpus/laws/地方/某市条例(2020-01-01).md", clause="第一条"
    )
    (pair,) = resolve([reference], folder)
    assert pair.query == "路灯谁管"
    assert pair.passage.startswith("某市条例第一条\n")
    assert "由市人民政府依照有关规定办理" in pair.passage


def test_a_measure_is_found_by_policy_and_number(tmp_path: Path) -> None:
    policies = [
        {
            "id": "p",
            "title": "某政策",
            "measures": [{"topic": "券", "cap": None}, {"topic": "屋", "amount": "一百"}],
        }
    ]
    (tmp_path / "p.yaml").write_text(json.dumps(policies, ensure_ascii=False), encoding="utf-8")
    (pair,) = resolve([Reference(query="?", document="p.yaml", clause="p#2")], tmp_path)
    assert pair.passage == "某政策\n屋，一百"


@pytest.mark.parametrize(("document", "clause"), [("nowhere.md", "第一条"), ("x.md", "第九条")])
def test_a_reference_to_nothing_is_named(tmp_path: Path, document: str, clause: str) -> None:
    (tmp_path / "x.md").write_text("第一条 有。\n", encoding="utf-8")
    with pytest.raises(ValueError, match=clause):
        resolve([Reference(query="?", document=document, clause=clause)], tmp_path)


def test_training_takes_references_and_the_card_tells_their_figures(folder: Path, tmp_path: Path) -> None:
    labels = ["第一条", *(f"第{number}条" for number in "二三四五六七八九")]
    law = folder / "corpus" / "laws" / "地方" / "另一条例(2021-01-01).md"
    law.write_text("\n".join(f"{label} 关于{label}的事项由部门办理。" for label in labels), encoding="utf-8")
    path = tmp_path / "reference_pairs_1.jsonl"
    place = str(law.relative_to(folder))
    lines = [
        Reference(query=f"{ask}{label}", document=place, clause=label).model_dump_json()
        for label in labels
        for ask in ("谁管", "怎么办", "找谁问")
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    told: list[str] = []
    material = Material.of(folder, [folder / "lay.jsonl"], [path])
    train(material, tmp_path / "out", TINY.model_copy(update={"epochs": 1}), told.append)
    law.unlink()
    assert "on real texts" in told[0]
    assert "clauses of real texts" in (tmp_path / "out" / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_the_same_seed_makes_the_same_model(folder: Path, tmp_path: Path) -> None:
    material = Material.of(folder, [folder / "lay.jsonl"])
    quick = TINY.model_copy(update={"epochs": 1})
    for name in ("first", "second"):
        train(material, tmp_path / name, quick, lambda line: None)
    assert StaticEmbedder(tmp_path / "first").name == StaticEmbedder(tmp_path / "second").name


def test_the_command_says_which_material_is_missing(tmp_path: Path) -> None:
    import typer

    from vectorstore.train.__main__ import main

    app = typer.Typer()
    app.command()(main)
    result = CliRunner().invoke(app, ["--material", str(tmp_path), "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "laws" in result.output
    assert not (tmp_path / "out").exists()


def test_every_passage_stays_on_its_side_of_the_split() -> None:
    assert split_of("同一段") == split_of(" 同一段\n")
    held_out = sum(split_of(f"第{number}段") == "validation" for number in range(6000))
    assert 400 < held_out < 600


def test_pairs_are_kept_once_and_written_with_their_split(tmp_path: Path) -> None:
    pair = Pair(query="谁管", passage="市政府办公室牵头", subject="分工")
    assert unique_pairs([pair, pair]) == [pair]
    assert write_pairs(tmp_path / "pairs.jsonl", [pair]) == 1
    assert read_pairs(tmp_path / "pairs.jsonl") == [pair]
    row = json.loads((tmp_path / "pairs.jsonl").read_text(encoding="utf-8"))
    assert row["split"] in ("train", "validation")


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"query": "a", "passage": "b"}\n{"query": 1}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.jsonl:2"):
        read_pairs(tmp_path / "bad.jsonl")


def test_articles_come_without_number_and_heading(tmp_path: Path) -> None:
    path = tmp_path / "某市条例(2020-01-01).md"
    path.write_text(
        "# 某市条例\n\n## 第一章 总则\n\n第一条 为了公平。\n\n续句。\n\n第二条 适用本市。", encoding="utf-8"
    )
    assert list(law_articles(path)) == ["为了公平。续句。", "适用本市。"]
    assert law_title(path) == "某市条例"


def test_the_tokenizer_takes_whole_words_and_falls_back_to_characters() -> None:
    counts = count_words(["算力券和算力", "租用算力 ABC 2027年"] * 5)
    tokenizer = build_tokenizer(choose_vocabulary(counts, 100))
    assert "算力" in tokenizer.encode("租用算力").tokens
    assert tokenizer.encode("abc").tokens == ["abc"]
    assert "".join(tokenizer.encode("xyz,9 8").tokens) == "xyz98"
    assert tokenizer.encode("！？ ").ids == []
    assert token_texts(tokenizer)[0] == ""


def test_rows_survive_quantisation_to_a_127th() -> None:
    vectors = np.random.default_rng(0).normal(size=(20, 8)).astype(np.float32)
    vectors[3] = 0
    weights, scales = quantise(vectors)
    assert weights.dtype == np.int8
    assert np.abs(weights * scales[:, None] - vectors).max() <= np.abs(vectors).max() / 254 + 1e-6


def test_a_text_without_a_known_character_still_has_a_direction(tmp_path: Path) -> None:
    tokenizer = build_tokenizer([("算", 3), ("力", 2)])
    save_model(tmp_path, tokenizer, np.zeros((3, 4), np.float32), coarse=4)
    assert np.linalg.norm(StaticEmbedder(tmp_path).embed_passages(["", "？"]), axis=1) == pytest.approx(1.0)


def test_passages_shared_within_a_batch_are_no_negatives() -> None:
    pieces = character_pieces(["", "甲", "乙", "丙"])
    table = TokenTable(np.eye(4, 8, dtype=np.float32), np.zeros(4, np.float32), pieces)
    recipe = Recipe(dimension=8, token_dropout=0.0)
    order = np.random.default_rng(0)
    shared = [Example([1], [2], 7, 0), Example([3], [2], 7, 0)]
    assert batch_loss(table, shared, recipe, order).item() == pytest.approx(0.0)
    apart = [Example([1], [2], 7, 0), Example([3], [2], 8, 0)]
    assert batch_loss(table, apart, recipe, order).item() > 0.5


def test_mined_negatives_raise_the_loss() -> None:
    table = TokenTable(
        np.eye(4, 8, dtype=np.float32), np.zeros(4, np.float32), character_pieces(["", "甲", "乙", "丙"])
    )
    recipe, order = Recipe(dimension=8, token_dropout=0.0), np.random.default_rng(0)
    plain = [Example([1], [1], 1, 0), Example([2], [2], 2, 0)]
    hard = [Example([1], [1], 1, 0, negative=[1, 1]), Example([2], [2], 2, 0)]
    assert batch_loss(table, hard, recipe, order).item() > batch_loss(table, plain, recipe, order).item()


def test_a_question_that_is_seen_again_takes_its_next_negative() -> None:
    tokenizer = build_tokenizer(choose_vocabulary(count_words(["甲乙丙丁"] * 3), 20))
    pair = Pair(query="甲", passage="乙")
    negatives = {"甲": ("丙", "丁")}
    examples = make_examples(tokenizer, [], [[pair] * 3], TINY, negatives)
    first, second, third = (example.negative for example in examples)
    assert first != second
    assert first == third
    assert make_examples(tokenizer, [], [[pair]], TINY)[0].negative is None


def test_of_the_versions_of_a_law_the_newest_is_taken() -> None:
    files = [Path("甲法(2012-12-28).md"), Path("乙法.md"), Path("甲法(2025-03-17).md")]
    assert newest_versions(files) == [files[2], files[1]]


def test_batches_hold_one_source_each_and_every_example_once() -> None:
    examples = [Example([number], [number], number, number % 2) for number in range(40)]
    found = list(batches(examples, 8, np.random.default_rng(0)))
    assert all(len({example.source for example in batch}) == 1 for batch in found)
    assert sorted(example.passage_key for batch in found for example in batch) == list(range(40))


def test_a_thinned_text_is_never_empty() -> None:
    order = np.random.default_rng(0)
    assert all(thin([5, 6], 0.9, order) for _ in range(50))
    assert thin([5, 6], 0.0, order) == [5, 6]


def test_validation_counts_ranks_and_refuses_no_pairs() -> None:
    def embed(texts: list[str]) -> np.ndarray:
        return np.array([[1.0, 0.0] if "a" in text else [0.0, 1.0] for text in texts], dtype=np.float32)

    figures = validate(embed, [Pair(query="a?", passage="a"), Pair(query="a!", passage="b")], ["other"])
    assert figures.recall_at_1 == 0.5
    assert figures.candidates == 3
    with pytest.raises(ValueError, match="held-out"):
        validate(embed, [], [])


def test_tokens_that_no_pair_contains_move_with_the_shared_map() -> None:
    table = TokenTable(
        np.ones((4, 8), np.float32), np.zeros(4, np.float32), character_pieces(["", "a", "b", "c"])
    )
    with torch.no_grad():
        table.map.weight.mul_(2.0)
    assert table.vectors()[3] == pytest.approx(2.0)
