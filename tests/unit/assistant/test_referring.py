"""What a cited clause refers to is reachable from the answer: the 款 or 项 meant, verbatim."""

from __future__ import annotations

from assistant.ledger import Ledger
from assistant.models import Answer, Citation, Status
from assistant.referring import with_references
from ingest.document import parse_document
from vectorstore.models import text_digest

TEXT = """湖州市算力补贴管理办法
第一条 为支持企业,制定本办法。
第二条 申请人应当符合下列条件:
(一)在本市注册;
(二)信用良好。
申请人应当对材料的真实性负责。
第三条 符合本办法第二条第一款第二项的,按第五条执行,并遵守本办法第二条第九款。
第四条 本办法自印发之日起施行。
第五条 给予补贴。
"""


def answer() -> Answer:
    document = parse_document(TEXT, "办法.txt")
    ledger = Ledger((document,))
    clause = document.clause("第三条")
    assert clause is not None
    citation = Citation(
        marker=1,
        document_id=document.document_id,
        title=document.title,
        path=clause.path,
        heading_path=clause.heading_path,
        text=clause.text,
        quotes=(),
        digest=text_digest(clause.text),
    )
    return with_references(Answer(status=Status.ANSWERED, text="见[1]", citations=(citation,)), ledger.by_id)


def test_the_part_meant_is_given_in_its_words_and_what_is_missing_is_none() -> None:
    (citation,) = answer().citations
    said = {(one.path, one.part): one.words for one in citation.references}
    assert said["第二条", "第一款第二项"] == "(二)信用良好。"
    assert said["第五条", ""] == "第五条 给予补贴。"
    assert said["第二条", "第九款"] is None


def test_a_citation_without_a_place_refers_to_nothing() -> None:
    assert with_references(answer(), {}).citations[0].references == ()
