"""The staff page as the server takes it: the page, the files beside it, the door before both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import gradio as gr
from fastapi import APIRouter
from starlette.types import ASGIApp

from assistant.ui.settings import UiSettings
from assistant.ui.staff.attempts import Attempts
from assistant.ui.staff.desk import StaffDesk
from assistant.ui.staff.door import StaffDoor
from assistant.ui.staff.page import build_staff_page
from assistant.ui.staff.passwords import PasswordBook
from assistant.ui.staff.routes import build_routes
from assistant.ui.staff.sessions import Sessions
from assistant.ui.staff.tables import Tables
from assistant.ui.texts import UiTexts
from prompts.loader import Messages

_STYLE = Path(__file__).parent / "assets" / "staff.css"


@dataclass(frozen=True)
class StaffSite:
    """Everything under /staff."""

    page: gr.Blocks
    routes: APIRouter
    head: str
    guarded: Callable[[ASGIApp], ASGIApp]
    """puts the door before an application"""


def build_site(desk: StaffDesk, say: Messages, texts: UiTexts, settings: UiSettings) -> StaffSite:
    """Return the staff page over a desk, for the users of its settings."""
    staff, tables = desk.settings, Tables(say, texts)
    passwords = PasswordBook(staff.users)
    sessions = Sessions(60.0 * staff.session_minutes, 60.0 * staff.idle_minutes)
    attempts = Attempts(staff.attempts)
    return StaffSite(
        page=build_staff_page(desk, tables, say, texts, settings),
        routes=build_routes(desk, tables, say),
        head=f"<style>\n{_STYLE.read_text('utf-8')}\n</style>",
        guarded=lambda app: StaffDoor(app, passwords, sessions, attempts, say),
    )
