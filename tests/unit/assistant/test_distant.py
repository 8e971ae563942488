"""Questions on distant laws: measured to be far, drawn the same each time, none of the nearest laws."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.routing.distant import A_LAW, distant_laws, distant_questions, questions_by_law
from vectorstore.embeddings import StaticEmbedder

ABOUT = ("通过发放算力券、模型券,加大优惠算力供给,支持企业使用本地智算。", "培育人工智能领域专精特新企业。")


def test_the_laws_nearest_to_the_texts_are_left_out() -> None:
    laws = {
        "corpus/laws/人工智能.md": ["人工智能企业能拿算力券吗", "买算力有没有优惠"],
        **{f"corpus/laws/{n}.md": ["离婚孩子归谁", "彩礼能要回来吗"] for n in range(20)},
    }
    kept = distant_laws(laws, ABOUT, StaticEmbedder())
    assert "corpus/laws/人工智能.md" not in kept and len(kept) == 20


def test_the_draw_is_fixed_and_takes_few_of_each_law() -> None:
    drawn = distant_questions(ABOUT, StaticEmbedder())
    laws = questions_by_law()
    law_of = {text: law for law, texts in laws.items() for text in texts}
    counts: dict[str, int] = {}
    for text in drawn:
        counts[law_of[text]] = counts.get(law_of[text], 0) + 1
    assert drawn == distant_questions(ABOUT, StaticEmbedder())
    assert len(drawn) > 1000 and max(counts.values()) <= A_LAW + 1  # a text may be asked of two laws


def test_questions_on_other_texts_than_laws_are_not_taken(tmp_path: Path) -> None:
    lines = [
        {"query": "a", "document": "corpus/laws/x.md"},
        {"query": "b", "document": "policies/related.yaml"},
    ]
    text = "\n".join(json.dumps(line) for line in lines)
    (tmp_path / "reference_pairs_1.jsonl").write_text(text + "\n", encoding="utf-8")
    assert questions_by_law(tmp_path) == {"corpus/laws/x.md": ["a"]}
