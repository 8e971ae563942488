"""Opens the feedback database and brings its tables up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from assistant.feedback.errors import FeedbackStoreError

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x48555A58
"""Key of the advisory lock that lets one process at a time migrate a PostgreSQL database ('HUXZ')."""
_CANNOT_OPEN = "打不开反馈数据库 {where}({why})。请检查 HUXZ_FEEDBACK__DATABASE_URL、数据库服务和目录权限。"


def open_engine(url: str) -> Engine:
    """Return the engine of the database at an address, its tables up to date.

    Raises:
        FeedbackStoreError: The database cannot be opened, or its tables cannot be made.
    """
    try:
        where = make_url(url)
        if where.get_backend_name() not in ("sqlite", "postgresql"):
            raise FeedbackStoreError(_CANNOT_OPEN.format(where="", why="只支持 SQLite 和 PostgreSQL"))
        if where.get_backend_name() == "sqlite" and where.database not in (None, "", ":memory:"):
            Path(str(where.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = _engine(url)
        migrate(engine)
    except (SQLAlchemyError, ArgumentError, NoSuchModuleError, CommandError, OSError) as error:
        raise FeedbackStoreError(_CANNOT_OPEN.format(where=_told(url), why=first_line(error))) from error
    return engine


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the tables up to a revision, the newest by default."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def first_line(error: Exception) -> str:
    """Return what a fault says in one line, without the statement and what people wrote."""
    cause = getattr(error, "orig", None) or error
    lines = str(cause).strip().splitlines()
    return f"{type(cause).__name__}: {lines[0]}" if lines else type(cause).__name__


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": 10}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    return create_engine(
        url, pool_pre_ping=True, pool_size=5, max_overflow=5, pool_timeout=10, hide_parameters=True,
        connect_args={"connect_timeout": 5, "application_name": "huxz"},
    )  # fmt: skip


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _told(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "(地址写法不对)"
