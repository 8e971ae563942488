from __future__ import annotations

import pytest

from ingest.instruments import shipped_instruments
from vectorstore.models import Document


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("三/(四)/12", ["算力券", "模型券"]),
        ("三/(三)/7", ["场景机会与需求清单", "场景券", "揭榜挂帅"]),
        ("三/(二)/6", ["产品目录", "首台(套)", "首版次", "政府采购"]),
        ("三/(五)/14", ["专项基金", "耐心资本", "容错免责", "无还本续贷"]),
    ],
)
def test_the_instruments_of_the_plan_are_found_in_order(plan: Document, path: str, names: list[str]) -> None:
    clause = plan.clause(path)
    assert clause is not None
    assert [instrument.name for instrument in clause.instruments] == names


def test_spellings_have_one_name_and_spans_are_those_of_the_text() -> None:
    text = "加强首（台）套、首台(套)推广。"
    found = shipped_instruments().find(text, offset=10)
    assert [instrument.name for instrument in found] == ["首台(套)", "首台(套)"]
    assert [text[i.start - 10 : i.end - 10] for i in found] == ["首（台）套", "首台(套)"]


def test_the_longest_spelling_wins() -> None:
    (found,) = shipped_instruments().find("成立人工智能产业专项基金")
    assert (found.name, found.end - found.start) == ("专项基金", len("人工智能产业专项基金"))
