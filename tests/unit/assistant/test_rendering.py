from __future__ import annotations

from assistant.ledger import Place
from assistant.models import Sentence, SentenceKind
from assistant.rendering import number_citations, render_lines
from tests.fakes.composing import plan_ledger

PLACES = {place.clause_id: place for place in plan_ledger().places}


def at(path: str) -> Place:
    return next(place for place in PLACES.values() if place.clause.path == path)


VOUCHER, SCENES = at("三/(四)/12").clause_id, at("三/(三)/7").clause_id
SENTENCES = (
    Sentence(kind=SentenceKind.LEAD, text="有两条:", clause_ids=(SCENES, VOUCHER)),
    Sentence(kind=SentenceKind.ITEM, text="甲", clause_ids=(VOUCHER,)),
    Sentence(kind=SentenceKind.ITEM, text="乙", clause_ids=(SCENES,)),
    Sentence(
        kind=SentenceKind.QUOTE,
        text="「发放算力券」",
        clause_ids=(VOUCHER,),
        quotes=("发放算力券", "不在其中"),
    ),
    Sentence(kind=SentenceKind.NOTE, text="完。"),
)


def test_clauses_are_numbered_in_the_order_in_which_they_are_cited() -> None:
    citations = number_citations(SENTENCES, PLACES)
    assert [(citation.marker, citation.path) for citation in citations] == [
        (1, "三/(三)/7"),
        (2, "三/(四)/12"),
    ]
    assert citations[1].text == at("三/(四)/12").clause.text
    assert citations[1].digest == at("三/(四)/12").clause.digest


def test_a_citation_holds_the_quotes_of_its_own_clause_alone() -> None:
    scenes, voucher = number_citations(SENTENCES, PLACES)
    assert (scenes.quotes, voucher.quotes) == ((), ("发放算力券",))


def test_lines_bear_their_markers_and_are_markdown() -> None:
    text = "".join(render_lines(SENTENCES, number_citations(SENTENCES, PLACES)))
    assert text == ("有两条:[1][2]\n\n- 甲[2]\n- 乙[1]\n\n> 「发放算力券」——三/(四)/12[2]\n\n完。")


def test_nothing_cited_is_nothing_numbered() -> None:
    assert number_citations((), PLACES) == ()
    assert list(render_lines((), ())) == []
