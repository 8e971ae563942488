"""Files that the staff page links to: tables for spreadsheets, evaluation reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import AwareDatetime
from starlette.responses import FileResponse, PlainTextResponse, Response

from assistant.feedback.records import Sieve, Verdict
from assistant.models import Status
from assistant.ui.staff.desk import StaffDesk
from assistant.ui.staff.door import PREFIX
from assistant.ui.staff.exports import as_csv, as_xlsx
from assistant.ui.staff.tables import Table, Tables
from prompts.loader import Messages

MOST_EXPORTED = 50_000
"""Questions in a file at most, the newest."""
_REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Kind = Literal["csv", "xlsx"]


def build_routes(desk: StaffDesk, tables: Tables, say: Messages) -> APIRouter:
    """Return the routes; the door before them lets nobody in without a session."""
    router = APIRouter(prefix=PREFIX)
    made: dict[str, Callable[[], Table]] = {
        "subjects": lambda: tables.subjects(desk.subjects()),
        "gaps": lambda: tables.gaps(desk.gaps()),
    }

    @router.get("/export/questions.{kind}")
    def questions(
        kind: Kind,
        status: Annotated[list[Status] | None, Query()] = None,
        verdict: Verdict | None = None,
        since: AwareDatetime | None = None,
        until: AwareDatetime | None = None,
        words: Annotated[str, Query(max_length=100)] = "",
        failing: bool = False,
    ) -> Response:
        sieve = Sieve(
            statuses=tuple(status or ()), verdict=verdict, since=since, until=until, words=words,
            failing=failing,
        )  # fmt: skip
        found = desk.questions(sieve, 0, MOST_EXPORTED).questions
        return _file(tables.questions(found), say("tabs.questions"), "questions", kind)

    @router.get("/export/{what}.{kind}")
    def export(what: Literal["subjects", "gaps"], kind: Kind) -> Response:
        return _file(made[what](), say(f"tabs.{what}"), what, kind)

    @router.get("/reports/{run}/{name}")
    def report(run: str, name: str) -> Response:
        path = desk.report_file(run, name)
        if path is None:
            return PlainTextResponse("no such report", status_code=404)
        return FileResponse(
            path,
            filename=f"{run}-{name}",
            headers={"Content-Security-Policy": _REPORT_POLICY, "Cache-Control": "no-store"},
        )

    return router


def _file(table: Table, title: str, name: str, kind: Kind) -> Response:
    body = as_csv(table) if kind == "csv" else as_xlsx(table, title)
    day = f"{datetime.now():%Y%m%d}"
    headers = {
        "Content-Disposition": f'attachment; filename="huxz-{name}-{day}.{kind}"',
        "Cache-Control": "no-store",
    }
    return Response(body, media_type="text/csv; charset=utf-8" if kind == "csv" else _XLSX, headers=headers)
