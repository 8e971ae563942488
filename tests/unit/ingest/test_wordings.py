"""Everyday wordings: they hold for the unchanged clause and lie over the sentence that answers them."""

from __future__ import annotations

from pathlib import Path

from ingest.chunking import index_document
from ingest.document import parse_document, read_with_glosses
from ingest.settings import IngestSettings
from ingest.wordings import Asked, ClauseWordings, fit
from vectorstore.models import ChunkKind

TEXT = "某市行动计划\n\n一、主要措施\n\n1.算力服务。发放算力券。建设智算中心。\n"
PATH = "一/1"


def test_a_wording_is_indexed_over_the_sentence_that_answers_it() -> None:
    document = parse_document(TEXT, "plan.txt")
    chunks = index_document(document, {PATH: (Asked(about="智算中心", wordings=("机房盖在哪",)),)}).chunks
    wording = next(chunk for chunk in chunks if chunk.kind is ChunkKind.WORDING)
    assert document.text[wording.start : wording.end] == "建设智算中心。"
    assert wording.text == "机房盖在哪"
    assert wording.chunk_id == "plan:一/1#q1"


def test_wordings_of_a_changed_clause_are_stale() -> None:
    clauses = parse_document(TEXT, "plan.txt").clauses
    entry = ClauseWordings(path=PATH, digest="0" * 64, asked=(Asked(about="算力券", wordings=("券",)),))
    fitting = fit(clauses, (entry,))
    assert fitting.stale == (PATH,)
    assert fitting.by_path == {}


def test_a_part_that_stands_in_the_clause_twice_or_never_is_left_out() -> None:
    clauses = parse_document(TEXT, "plan.txt").clauses
    digest = next(clause.digest for clause in clauses if clause.path == PATH)
    asked = (Asked(about="算力", wordings=("甲",)), Asked(about="贷款", wordings=("乙",)))
    assert fit(clauses, (ClauseWordings(path=PATH, digest=digest, asked=asked),)).by_path == {PATH: ()}


def test_the_shipped_wordings_fit_the_shipped_plan() -> None:
    settings = IngestSettings()
    plan = next(iter(sorted(settings.corpus_dir.glob("*.txt"))))
    read = read_with_glosses(Path(plan), settings)
    assert read.stale_glosses == ()
    numbered = {clause.path for clause in read.document.clauses if clause.numbered}
    assert numbered <= set(read.wordings)
    assert all(asked.wordings for parts in read.wordings.values() for asked in parts)
