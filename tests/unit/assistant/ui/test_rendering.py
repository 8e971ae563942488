from __future__ import annotations

from html import escape, unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.models import Answer, Audience, Citation, Status
from assistant.ui.cards import CardRenderer, highlighted
from assistant.ui.markdown import AnswerMarkdown, plain_text
from assistant.ui.ports import DocumentBanner
from assistant.ui.rendering import TurnRenderer, banner
from assistant.ui.state import Conversation, Outcome, Turn
from assistant.ui.texts import load_texts

TEXTS = load_texts()
LABEL = TEXTS.generated_label
TAGS = {
    "a", "article", "b", "blockquote", "br", "button", "code", "details", "div", "footer", "h2", "h3", "h4",
    "header",
    "hr", "li", "mark", "ol", "p", "pre", "section", "span", "strong", "summary", "table", "tbody", "td",
    "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "aria-busy", "aria-hidden", "aria-label", "aria-labelledby", "class", "data-back", "data-card",
    "data-copy", "data-source", "data-turn", "hidden", "href", "id", "start", "tabindex", "type",
}  # fmt: skip

HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>", '<img src=x onerror="alert(1)">', "[a](javascript:alert(1))",
        "![i](http://x)",
        "[1]: http://evil", "<a href='//evil'>", '" onclick="x', "'><b>", "&lt;script&gt;", "<!--", "]]>",
        "`<b>`",        "**<i>**", "[1](x)",
        "<http://evil>", "http://evil", "```\n<b>\n```", "| a |\n|---|\n| <b> |", "\x00",
        '```x" onload="y\n```', "&#60;script&#62;", "\\<b>",
    ]
)  # fmt: skip
TEXT = st.lists(st.one_of(HOSTILE, st.text(max_size=20)), min_size=1, max_size=8).map("".join).filter(bool)


class Checker(HTMLParser):
    """Collects what a piece of HTML would put into a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.classes: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.classes += [value or "" for name, value in attrs if name == "class"]

    def handle_comment(self, data: str) -> None:
        self.tags.add("!--")

    def handle_decl(self, decl: str) -> None:
        self.tags.add("!")


def citation(marker: int = 1, **changes: object) -> Citation:
    fields: dict[str, object] = {
        "marker": marker,
        "document_id": "plan",
        "title": "计划",
        "path": "三/(四)/12",
        "heading_path": "三、主要措施 > (四)聚焦数据算力 > 12.提升普惠服务水平",
        "text": "12.提升普惠服务水平。通过发放算力券、模型券,加大优惠算力供给。\n\n",
        "quotes": ("发放算力券、模型券",),
        "digest": "0" * 64,
    }
    return Citation.model_validate({**fields, **changes})


def done(answer: Answer, question: str = "有什么券") -> Turn:
    return Turn(question=question, audience=Audience.ENTERPRISE, outcome=Outcome.DONE, answer=answer)


def answered(text: str = "有算力券[1]。", *citations: Citation, **changes: object) -> Answer:
    answer = Answer(status=Status.ANSWERED, text=text, citations=citations or (citation(),))
    return answer.model_copy(update=changes)


def render(turn: Turn) -> str:
    return TurnRenderer(TEXTS).turn(turn)


def assert_safe(html: str) -> None:
    seen = Checker(html)
    assert seen.tags <= TAGS
    assert seen.attributes <= ATTRIBUTES
    assert all(link.startswith("#") for link in seen.links)


@given(text=TEXT, other=TEXT)
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_anywhere_becomes_text_or_known_marks(text: str, other: str) -> None:
    referred = ({"text": text, "path": other, "part": text, "words": other},)
    cited = citation(
        title=text, path=other, heading_path=text, text=text, quotes=(other, text), gloss=other,
        references=referred,
    )  # fmt: skip
    answer = answered(text, cited, notices=(other,))
    turn = done(answer, question=other)
    assert_safe(render(turn))
    assert_safe(CardRenderer(TEXTS).conversation(Conversation(turns=(turn,))))
    partial = Turn(question=text, audience=Audience.CITIZEN, outcome=Outcome.STOPPED, partial=other)
    assert_safe(render(partial))


@given(text=TEXT, quotes=st.lists(TEXT, max_size=3))
@settings(max_examples=200, deadline=None)
def test_highlighting_neither_loses_nor_adds_a_character(text: str, quotes: list[str]) -> None:
    marked = highlighted(text, [*quotes, text[1:4]])
    assert unescape(marked.replace("<mark>", "").replace("</mark>", "")) == unescape(escape(text))


def test_overlapping_and_repeated_quotes_are_marked_once_each() -> None:
    assert highlighted("甲乙丙丁甲乙", ["甲乙", "乙丙"]) == "<mark>甲乙丙</mark>丁<mark>甲乙</mark>"


def test_a_quote_that_the_clause_does_not_hold_marks_nothing() -> None:
    assert highlighted("甲乙", ["丙", ""]) == "甲乙"


def test_a_marker_of_a_citation_is_a_link_and_any_other_stays_text() -> None:
    turn = done(answered("有算力券[1]和别的[7]。"))
    html = render(turn)
    assert f'href="#card-{turn.turn_id}-1"' in html
    assert f"card-{turn.turn_id}-7" not in html
    assert "别的[7]" in html


def test_markers_in_code_stay_code() -> None:
    assert "<code>[1]</code>" in AnswerMarkdown().html("`[1]`", lambda n: "LINK")


@pytest.mark.parametrize("text", ["有**“小巨人”**企业", "**40家以上**,力争", "到**2027年底**。"])
def test_bold_works_beside_chinese_punctuation(text: str) -> None:
    assert "<strong>" in AnswerMarkdown().html(text, lambda _: None)


def test_line_starts_of_clauses_are_not_taken_for_lists() -> None:
    html = AnswerMarkdown().html("12.提升普惠服务水平\n    缩进不是代码", lambda _: None)
    assert "<ol" not in html and "<code" not in html


def test_plain_text_reads_without_marks() -> None:
    assert plain_text("# 标题\n- **算力券**[1]\n> 引用[12]") == "标题 算力券 引用"


@pytest.mark.parametrize("status", list(Status))
def test_every_answer_shows_its_status_in_words_and_that_it_is_generated(status: Status) -> None:
    html = render(done(answered(status=status)))
    assert TEXTS.statuses[status] in html
    assert LABEL in html


def test_a_notice_that_repeats_the_label_is_not_shown_twice() -> None:
    assert render(done(answered(notices=(LABEL, "是草案")))).count(LABEL) == 1


def test_only_the_latest_turns_cards_are_shown() -> None:
    turns = (done(answered()), done(answered()), Turn(question="问", audience=Audience.CITIZEN))
    html = CardRenderer(TEXTS).conversation(Conversation(turns=turns))
    assert f'id="cards-{turns[0].turn_id}" data-turn="{turns[0].turn_id}" hidden' in html
    assert f'id="cards-{turns[1].turn_id}" data-turn="{turns[1].turn_id}">' in html


def test_a_card_shows_where_the_clause_stands_and_labels_the_gloss() -> None:
    turn = done(answered("有[1]", citation(gloss="发券帮企业省钱")))
    html = CardRenderer(TEXTS).conversation(Conversation(turns=(turn,)))
    for part in (
        "《计划》",
        "三/(四)/12",
        "<li>三、主要措施</li>",
        "12.提升普惠服务水平</h4>",
        TEXTS.gloss_note,
    ):
        assert part in html
    assert "<mark>发放算力券、模型券</mark>" in html


def test_many_sources_are_listed_short() -> None:
    cited = tuple(citation(marker) for marker in range(1, 21))
    html = render(done(answered("全部[20]", *cited)))
    assert html.count('class="source"') == 6 and "+14" in html


def test_the_banner_tells_whether_comments_are_still_taken() -> None:
    draft = DocumentBanner(
        document_id="p", title="计划<b>", status="征求意见稿", is_draft=True, comment_deadline="2025-07-10"
    )
    assert "截止 2025-07-10" in banner([draft], TEXTS)
    assert "已于 2025-07-10 截止" in banner([draft.model_copy(update={"deadline_passed": True})], TEXTS)
    assert "<b>" not in banner([draft], TEXTS)


def test_documents_in_force_are_listed_but_raise_no_banner() -> None:
    law = DocumentBanner(document_id="l", title="条例", status="现行有效", is_draft=False)
    assert banner([law], TEXTS) == ""
    assert "《条例》（现行有效）" in banner([law, law], TEXTS)


def test_an_answer_from_excerpts_alone_does_not_claim_the_text_for_it() -> None:
    claims = TEXTS.statuses[Status.ANSWERED]
    told = render(done(answered("给地方的钱[1]。", citation(excerpt=True, quotes=()))))
    assert TEXTS.excerpts_alone in told and claims not in told
    assert claims in render(done(answered()))


def test_a_card_holds_the_words_that_its_clause_refers_to() -> None:
    referred = (
        {"text": "本办法第八条第二款", "path": "第八条", "part": "第二款", "words": "应当公示。"},
        {"text": "第九条第三款", "path": "第九条", "part": "第三款", "words": None},
    )
    turn = done(answered("见[1]。", citation(references=referred)))
    html = CardRenderer(TEXTS).conversation(Conversation(turns=(turn,)))
    assert "本办法第八条第二款" in html and "应当公示。" in html and "没有这一款" in html
