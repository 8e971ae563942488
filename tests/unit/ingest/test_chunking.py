from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from ingest.chunking import index_document
from ingest.document import parse_document
from ingest.errors import NoClauseError
from tests.fakes.policy_texts import TEXTS
from vectorstore.changes import check_chunks
from vectorstore.models import ChunkKind, Document


def test_every_citable_clause_has_one_clause_chunk_and_the_form_none(plan: Document) -> None:
    chunks = index_document(plan).chunks
    counts = Counter(chunk.path for chunk in chunks if chunk.kind is ChunkKind.CLAUSE)
    assert counts == Counter(clause.path for clause in plan.clauses if clause.citable)
    assert all(chunk.path != "表单" for chunk in chunks)


def test_sentences_are_verbatim_and_units_are_none_of_them(plan: Document) -> None:
    chunks = [c for c in index_document(plan).chunks if c.path == "三/(四)/12"]
    assert [c.chunk_id.rpartition("#")[2] for c in chunks] == ["clause", "s1", "s2", "s3"]
    assert chunks[0].text.startswith("三、主要措施 > ") and "(责任单位:" in chunks[0].text
    assert chunks[1].text == (
        "12.提升普惠服务水平。通过发放算力券、模型券,加大优惠算力供给,支持企业、高校、科研机构使用本地智算。"
    )
    assert all("责任单位" not in chunk.text for chunk in chunks[1:])


def test_chunks_carry_what_filters_ask_for(plan: Document) -> None:
    chunk = next(c for c in index_document(plan).chunks if c.path == "三/(四)/10")
    assert (chunk.status, chunk.region) == ("征求意见稿", "湖州市")
    assert chunk.units == ("市数据局", "市经信局", "各区县政府")


def test_a_gloss_is_a_chunk_of_its_own(plan: Document) -> None:
    clauses = tuple(
        clause.model_copy(update={"gloss": "租算力有优惠。"}) if clause.path == "三/(四)/12" else clause
        for clause in plan.clauses
    )
    chunks = index_document(plan.model_copy(update={"clauses": clauses})).chunks
    glosses = [chunk for chunk in chunks if chunk.kind is ChunkKind.GLOSS]
    assert [(g.chunk_id, g.text) for g in glosses] == [
        ("huzhou-ai-plan-2025-draft:三/(四)/12#gloss", "租算力有优惠。")
    ]


def test_articles_of_a_law_are_indexed_under_its_title_and_clauses_of_a_plan_are_not(plan: Document) -> None:
    law = parse_document("# 中华人民共和国养蜂法\n\n## 第一章 总则\n\n第一条 甲。\n\n第二条 乙。\n", "a.md")
    texts = {chunk.path: chunk.text for chunk in index_document(law).chunks}
    assert texts["第一章/第二条"].startswith("养蜂法 > 第一章 总则 > 第二条\n")
    assert texts["第一章"] == "养蜂法 > 第一章 总则"
    assert not texts["标题"].startswith("养蜂法")
    assert all(plan.title not in c.text for c in index_document(plan).chunks if c.path.startswith("三/"))


def test_comments_of_markdown_are_not_indexed() -> None:
    document = parse_document("# 条例\n\n2020年通过\n<!-- INFO END -->\n第一条 甲。\n", "a.md")
    assert all("INFO" not in chunk.text for chunk in index_document(document).chunks)


@settings(deadline=None)
@given(TEXTS)
def test_no_chunk_crosses_a_clause_and_sentences_give_the_text_back(text: str) -> None:
    try:
        document = parse_document(text, "a.txt")
    except NoClauseError:
        return
    item = index_document(document)
    check_chunks(item)
    clauses = {clause.path: clause for clause in document.clauses}
    for chunk in item.chunks:
        clause = clauses[chunk.path]
        assert clause.start <= chunk.start <= chunk.end <= clause.end
        if chunk.kind is ChunkKind.SENTENCE:
            assert text[chunk.start : chunk.end] == chunk.text
            assert chunk.text.strip() == chunk.text != ""
