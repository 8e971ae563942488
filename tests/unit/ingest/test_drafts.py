"""What is a draft: by the state of the text in brackets, by a letter or page that asks for comments."""

from __future__ import annotations

import pytest

from ingest.document import document_of, parse_document
from ingest.formats.source import SourceText

BODY = "\n\n第一条 每台补贴8000元。\n第二条 由市农业农村局负责。\n"


@pytest.mark.parametrize(
    "title",
    [
        "湖州市茶机补贴办法(讨论稿)",
        "湖州市电动游船更新补贴办法（送审稿）",
        "湖州市某条例(草案)",
        "湖州市某条例（草案二次审议稿）",
        "湖州市某办法(修订草案送审稿)",
        "关于再次征求《湖州市某若干政策》意见的函",
        "关于公开征求《湖州市某办法》意见的公告",
        "湖州市农业农村局关于征求《湖州市某办法》意见建议的通知",
        "关于《湖州市某办法》公开征求意见的公告",
        "关于向社会公开征集《湖州市某办法》意见和建议的公告",
        "《湖州市某办法》意见征集",
    ],
)
def test_a_title_that_says_so_makes_a_draft(title: str) -> None:
    document = parse_document(title + BODY, "a.txt")
    assert (document.is_draft, document.status_basis.startswith("标题写明“")) == (True, True)


@pytest.mark.parametrize(
    "title",
    [
        "湖州市茶机补贴办法",
        "湖州市重大行政决策公开征求意见办法",
        "关于《湖州市某办法》征求意见采纳情况的公告",
        "《湖州市某办法》意见征集结果反馈",
        "关于做好征求意见工作的通知",
        "湖州市某实施意见",
        "湖州市草案审查办法",
    ],
)
def test_a_title_that_only_speaks_of_comments_makes_none(title: str) -> None:
    assert not parse_document(title + BODY, "a.txt").is_draft


def test_the_letter_before_a_text_makes_it_a_draft() -> None:
    letter = "关于公开征求《湖州市某办法》意见的公告\n现公开征求意见,请于2026年12月10日前反馈。\n"
    document = parse_document(f"{letter}湖州市某办法{BODY}", "a.txt")
    assert document.is_draft
    assert document.comment_deadline == "2026-12-10"
    assert document.status_basis == "公告写明“征求《湖州市某办法》意见的公告”"


def test_a_letter_that_issues_what_was_a_draft_makes_none() -> None:
    letter = "关于印发《湖州市某办法》的通知\n《湖州市某办法(送审稿)》已经市政府同意,现印发给你们。\n"
    assert not parse_document(f"{letter}湖州市某办法{BODY}", "a.txt").is_draft


def test_a_page_that_collects_comments_makes_a_draft() -> None:
    tail = "征集部门:湖州市经信局\n发布日期:2025-07-01\n截止日期:2025-07-10\n"
    document = parse_document(f"湖州市某若干政策{BODY}{tail}", "a.txt")
    assert document.is_draft
    assert (document.comment_deadline, document.published) == ("2025-07-10", "2025-07-01")
    assert "".join(one.text for one in document.clauses if one.path == "征集信息") == tail


def test_the_fields_of_a_page_that_collects_comments_make_a_draft() -> None:
    fields = {"征集部门": "湖州市经信局", "截止日期": "2025-07-10"}
    document = document_of(
        SourceText(text=f"湖州市某若干政策{BODY}", format="html", metadata=fields), "a.html"
    )
    assert document.is_draft
    assert document.comment_deadline == "2025-07-10"
