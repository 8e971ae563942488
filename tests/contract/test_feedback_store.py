"""What every feedback store does, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from secrets import token_hex

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from assistant.feedback.database import migrate, open_engine
from assistant.feedback.errors import FeedbackStoreError, UnknownQuestionError
from assistant.feedback.models import Base
from assistant.feedback.records import (
    CitedClause,
    NewQuestion,
    NewVote,
    Reason,
    Sieve,
    Source,
    Verdict,
    Versions,
)
from assistant.feedback.store import SqlFeedbackStore
from assistant.models import Audience, Status
from tests.contract.postgres import running_postgres

NOON = datetime(2025, 7, 15, 12, tzinfo=UTC)
VERSIONS = Versions(app="0.1.0", corpus="c" * 64, embedding="embedded", model=None)
CITED = CitedClause(document_id="plan", path="三/(四)/12", digest="d" * 64)


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    with running_postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'feedback' / 'feedback.sqlite'}"
    address: str = request.getfixturevalue("postgres_address")
    name = f"t{token_hex(6)}"
    engine = create_engine(address.format(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return address.format(database=name)


@pytest.fixture
def store(url: str) -> Iterator[SqlFeedbackStore]:
    opened = SqlFeedbackStore(open_engine(url))
    yield opened
    opened.close()


def question(receipt: str = "receipt-1", words: str = "算力券怎么领", **changes: object) -> NewQuestion:
    fields: dict[str, object] = {
        "receipt": receipt, "asked_at": NOON, "turns": ("有什么券", words), "audience": Audience.ENTERPRISE,
        "status": Status.ANSWERED, "elapsed_ms": 12.5, "found_first": CITED.clause_id, "citations": (CITED,),
        "versions": VERSIONS, "answer_digest": "a" * 64,
    }  # fmt: skip
    return NewQuestion.model_validate({**fields, **changes})


def vote(verdict: Verdict = Verdict.DOWN, **changes: object) -> NewVote:
    fields: dict[str, object] = {
        "verdict": verdict, "voted_at": NOON, "text": "计划提出发放算力券[1]。",
        "sources": (Source(
            marker=1, document_id="plan", title="计划", path="三/(四)/12", heading_path="三 > 12",
            text="12.提升普惠服务水平。", quotes=("提升",), digest="d" * 64,
        ),), "notices": ("征求意见稿",),
    }  # fmt: skip
    return NewVote.model_validate({**fields, **changes})


def numbers(store: SqlFeedbackStore, **sieve: object) -> list[str]:
    return [one.text for one in store.page(Sieve.model_validate(sieve), 0, 50).questions]


def test_a_kept_question_comes_back_whole(store: SqlFeedbackStore) -> None:
    store.keep([question()])
    (kept,) = store.page(Sieve(), 0, 10).questions
    answer = store.answer(kept.number)
    assert answer.turns == ("有什么券", "算力券怎么领")
    assert answer.citations == (CITED,)
    assert answer.versions == VERSIONS
    assert answer.vote is None
    assert (kept.asked_at, kept.text, kept.status) == (NOON, "算力券怎么领", Status.ANSWERED)


def test_a_moment_in_another_time_zone_is_the_same_moment(store: SqlFeedbackStore) -> None:
    in_huzhou = NOON.astimezone(timezone(timedelta(hours=8)))
    store.keep([question(asked_at=in_huzhou)])
    assert store.page(Sieve(), 0, 1).questions[0].asked_at == NOON
    assert numbers(store, since=in_huzhou) == ["算力券怎么领"]


def test_the_same_receipt_is_kept_once(store: SqlFeedbackStore) -> None:
    store.keep([question(), question(words="别的")])
    store.keep([question(words="再来")])
    assert store.page(Sieve(), 0, 10).total == 1


def test_a_vote_keeps_the_whole_answer_and_a_later_one_replaces_it(store: SqlFeedbackStore) -> None:
    store.keep([question()])
    assert store.vote("receipt-1", "a" * 64, vote())
    with_reason = vote(reason=Reason.WRONG, comment="金额不对")
    assert store.vote("receipt-1", "a" * 64, with_reason)
    (kept,) = store.page(Sieve(verdict=Verdict.DOWN), 0, 10).questions
    assert (kept.reason, kept.comment) == (Reason.WRONG, "金额不对")
    assert store.answer(kept.number).vote == with_reason


@pytest.mark.parametrize(("receipt", "digest"), [("receipt-2", "a" * 64), ("receipt-1", "b" * 64)])
def test_a_vote_on_an_answer_that_was_not_given_is_not_kept(
    store: SqlFeedbackStore, receipt: str, digest: str
) -> None:
    store.keep([question()])
    assert not store.vote(receipt, digest, vote())
    assert store.mark().votes == 0


def test_the_sieve_lets_through_what_it_names(store: SqlFeedbackStore) -> None:
    store.keep(
        [
            question("receipt-a", "甲100%", asked_at=NOON - timedelta(days=3)),
            question("receipt-b", "乙", status=Status.NO_EVIDENCE, asked_at=NOON - timedelta(days=2)),
            question("receipt-c", "丙", status=Status.BLOCKED, asked_at=NOON - timedelta(days=1)),
        ]
    )
    store.vote("receipt-a", "a" * 64, vote())
    assert numbers(store) == ["丙", "乙", "甲100%"]
    assert numbers(store, statuses=(Status.BLOCKED,)) == ["丙"]
    assert numbers(store, failing=True) == ["乙", "甲100%"]
    assert numbers(store, verdict=Verdict.DOWN) == ["甲100%"]
    assert numbers(store, verdict=Verdict.UP) == []
    assert numbers(store, since=NOON - timedelta(days=2)) == ["丙", "乙"]
    assert numbers(store, until=NOON - timedelta(days=2)) == ["甲100%"]
    assert numbers(store, words="0%") == ["甲100%"]
    assert numbers(store, words="%") == ["甲100%"], "a sign of the query language is a sign"
    assert numbers(store, words="_") == []


def test_pages_follow_each_other_without_gap_or_overlap(store: SqlFeedbackStore) -> None:
    store.keep([question(f"receipt-{n}", f"问{n}") for n in range(7)])
    pages = [store.page(Sieve(), offset, 3) for offset in (0, 3, 6)]
    assert [page.total for page in pages] == [7, 7, 7]
    assert sorted(one.text for page in pages for one in page.questions) == [f"问{n}" for n in range(7)]


def test_counts_tell_which_clauses_are_asked_for_and_how_it_ended(store: SqlFeedbackStore) -> None:
    store.keep(
        [
            question("receipt-a"),
            question("receipt-b"),
            question("receipt-c", status=Status.UNSPECIFIED),
            question("receipt-d", found_first=None, status=Status.BLOCKED),
        ]
    )
    store.vote("receipt-b", "a" * 64, vote())
    found = {(one.found_first, one.status, one.verdict): one.n for one in store.counts(None)}
    assert found == {
        (CITED.clause_id, Status.ANSWERED, None): 1,
        (CITED.clause_id, Status.ANSWERED, Verdict.DOWN): 1,
        (CITED.clause_id, Status.UNSPECIFIED, None): 1,
        (None, Status.BLOCKED, None): 1,
    }
    assert store.counts(NOON + timedelta(days=1)) == ()


def test_the_mark_moves_with_every_change(store: SqlFeedbackStore) -> None:
    marks = [store.mark()]
    store.keep([question()])
    marks.append(store.mark())
    store.vote("receipt-1", "a" * 64, vote())
    marks.append(store.mark())
    store.vote("receipt-1", "a" * 64, vote(Verdict.UP, voted_at=NOON + timedelta(seconds=1)))
    marks.append(store.mark())
    store.forget(NOON + timedelta(days=1))
    marks.append(store.mark())
    assert len({mark.model_dump_json() for mark in marks[:4]}) == 4
    assert marks[0] == marks[4]


def test_old_questions_go_with_their_citations_and_votes(store: SqlFeedbackStore, url: str) -> None:
    store.keep([question("receipt-a", asked_at=NOON - timedelta(days=200)), question("receipt-b")])
    store.vote("receipt-a", "a" * 64, vote())
    assert store.forget(NOON - timedelta(days=180)) == 1
    engine = create_engine(url)
    with engine.connect() as connection:
        left = [
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
            for table in ("questions", "citations", "votes")
        ]
    engine.dispose()
    assert left == [1, 1, 0]


def test_asked_gives_the_newest_first(store: SqlFeedbackStore) -> None:
    store.keep([question(f"receipt-{n}", f"问{n}", asked_at=NOON + timedelta(hours=n)) for n in range(3)])
    assert [one.text for one in store.asked(NOON + timedelta(hours=1), 5)] == ["问2", "问1"]
    assert [one.text for one in store.asked(None, 1)] == ["问2"]


def test_an_unknown_number_is_told(store: SqlFeedbackStore) -> None:
    with pytest.raises(UnknownQuestionError, match="没有编号为 7 的问题"):
        store.answer(7)


def test_the_migrations_make_exactly_the_tables_of_the_models(store: SqlFeedbackStore, url: str) -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_a_database_of_the_first_revision_keeps_its_questions(url: str, tmp_path: Path) -> None:
    (tmp_path / "feedback").mkdir(exist_ok=True)
    engine = create_engine(url)
    migrate(engine, "0001")
    assert not inspect(engine).has_table("votes")
    columns = "id, receipt, asked_at, text, turns, audience, status, elapsed_ms, app_version, corpus_digest"
    with engine.begin() as connection:
        connection.execute(
            text(
                f"INSERT INTO questions ({columns}, embedding, answer_digest) VALUES (1, 'receipt-1', "
                "'2025-07-15 12:00:00', '旧问题', '[\"旧问题\"]', 'citizen', 'answered', 1.0, '0', 'c', 'e', "
                ":digest)"
            ),
            {"digest": "a" * 64},
        )
    engine.dispose()
    store = SqlFeedbackStore(open_engine(url))
    assert store.vote("receipt-1", "a" * 64, vote())
    assert store.answer(1).question.text == "旧问题"
    store.close()


def test_opening_again_changes_nothing(url: str) -> None:
    for _ in range(2):
        store = SqlFeedbackStore(open_engine(url))
        store.keep([question()])
        assert store.mark().questions == 1
        store.close()


def test_a_table_that_is_gone_is_a_fault_told_without_what_was_asked(
    store: SqlFeedbackStore, url: str, drop_tables: Callable[[], None]
) -> None:
    drop_tables()
    with pytest.raises(FeedbackStoreError) as caught:
        store.keep([question(words="秘密的问题")])
    assert "秘密" not in str(caught.value)
    assert "反馈数据库出了故障" in str(caught.value)


@pytest.fixture
def drop_tables(url: str, store: SqlFeedbackStore) -> Callable[[], None]:
    def drop() -> None:
        engine = create_engine(url)
        with engine.begin() as connection:
            for table in ("votes", "citations", "questions"):
                connection.execute(text(f"DROP TABLE {table}"))
        engine.dispose()

    return drop
