from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.chat import ChatServer, DraftingSettings
from ingest.document import parse_document
from ingest.drafting import draft_glosses, fault_of
from ingest.errors import ChatModelError
from ingest.glosses import attach, read_glosses
from tests.e2e.openai_server import openai_server

TEXT = (
    "某市行动计划\n一、目标\n到2027年建成园区5个。\n"
    "二、措施\n1.发放算力券。支持企业用算力。\n2.引进人才。给予住房。\n"
)
DOCUMENT = parse_document(TEXT, "plan.txt")


class Scripted:
    """Replies with what it was given, one after the other."""

    def __init__(self, *replies: str) -> None:
        self.replies = list(replies)
        self.asked: list[str] = []

    def reply(self, system: str, user: str) -> str:
        self.asked.append(user)
        return self.replies.pop(0)


def gloss(text: str) -> str:
    return json.dumps({"gloss": text}, ensure_ascii=False)


def test_a_draft_is_written_for_review_and_does_not_count_until_then(tmp_path: Path) -> None:
    model = Scripted(*[gloss("政府发抵扣券。")] * 9)
    drafted = draft_glosses(DOCUMENT, tmp_path, model, lambda done, total: None)
    kept = read_glosses(tmp_path, "plan")
    assert [one.path for one in kept] == list(drafted.written)
    assert drafted.written and all(one.draft for one in kept)
    assert all(clause.gloss is None for clause in attach(DOCUMENT.clauses, kept).clauses)
    reviewed = [one.model_copy(update={"draft": False}) for one in kept]
    assert any(clause.gloss for clause in attach(DOCUMENT.clauses, reviewed).clauses)


def test_what_was_drafted_is_not_asked_for_again(tmp_path: Path) -> None:
    draft_glosses(DOCUMENT, tmp_path, Scripted(*[gloss("发券。")] * 9), lambda done, total: None)
    again = Scripted()
    assert draft_glosses(DOCUMENT, tmp_path, again, lambda done, total: None).written == ()
    assert again.asked == []


def test_a_draft_after_an_interruption_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with pytest.raises(IndexError):
        draft_glosses(DOCUMENT, tmp_path, Scripted(gloss("发券。")), lambda done, total: None)
    first = {one.path for one in read_glosses(tmp_path, "plan")}
    rest = draft_glosses(DOCUMENT, tmp_path, Scripted(*[gloss("发券。")] * 9), lambda done, total: None)
    assert len(first) == 1
    assert not first & set(rest.written)


@pytest.mark.parametrize(
    ("text", "word"),
    [("每家补50万。", "50"), ("三百万元随便领。", "三百万"), ("", "没有内容"), ("券" * 400, "超过")],
)
def test_a_draft_with_a_figure_of_its_own_is_not_taken(text: str, word: str) -> None:
    fault = fault_of(text, "发放算力券,支持企业用算力。")
    assert fault is not None
    assert word in fault


def test_a_figure_of_the_clause_may_be_repeated() -> None:
    assert fault_of("到2027年要建5个园区。", "到2027年建成园区5个。") is None


def test_a_reply_that_is_no_object_is_refused_with_its_clause(tmp_path: Path) -> None:
    model = Scripted(*["好的,我来写。", '["x"]', '{"gloss": 5}', *[gloss("发券。")] * 9])
    drafted = draft_glosses(DOCUMENT, tmp_path, model, lambda done, total: None)
    assert [reason for _, reason in drafted.refused] == ["没有内容"] * 3


def test_without_a_model_the_message_names_the_settings() -> None:
    with pytest.raises(ChatModelError, match="HUXZ_INGEST__DRAFTING__BASE_URL"):
        ChatServer(DraftingSettings())


def test_a_real_server_is_asked_with_the_clause_and_its_faults_are_one_line() -> None:
    with openai_server() as server:
        server.script.text = gloss("发券。")
        settings = DraftingSettings(base_url=server.url, model="some", attempts=1)
        assert json.loads(ChatServer(settings).reply("system", "clause")) == {"gloss": "发券。"}
        assert server.script.requests[0]["messages"][1]["content"] == "clause"
        server.script.mode = "unauthorized"
        with pytest.raises(ChatModelError, match="HTTP 401"):
            ChatServer(settings).reply("system", "clause")
    with pytest.raises(ChatModelError, match="Connect"):
        ChatServer(settings).reply("system", "clause")
