"""Who gets in: the right password, not too often a wrong one, no longer than the settings say."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import httpx
import pytest
from pydantic import SecretStr, ValidationError
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from assistant.ui.staff.attempts import Attempts
from assistant.ui.staff.door import COOKIE, StaffDoor
from assistant.ui.staff.passwords import PasswordBook, hash_password
from assistant.ui.staff.sessions import Sessions
from assistant.ui.staff.settings import StaffSettings
from prompts.loader import load_messages

PASSWORD = "correct horse battery"
HASH = hash_password(PASSWORD)
SAY = load_messages("staff_messages")


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def inside(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(f"inside {scope['path']}")(scope, receive, send)


class Visit:
    """A browser before the door."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.door = StaffDoor(
            inside, PasswordBook({"wang": SecretStr(HASH)}), Sessions(3600, 600, self.clock),
            Attempts(3, self.clock), SAY,
        )  # fmt: skip
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, *, address: str = "10.0.0.1", scheme: str = "http", **options: object
    ) -> httpx.Response:
        """Ask in a thread of its own: the browser tests of the same run leave a loop in this one."""
        with ThreadPoolExecutor(max_workers=1) as beside:
            asked = self._ask(method, path, address=address, scheme=scheme, **options)
            return beside.submit(asyncio.run, asked).result()

    async def _ask(
        self, method: str, path: str, *, address: str, scheme: str, **options: object
    ) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.door, client=(address, 1))
        async with httpx.AsyncClient(
            transport=transport, base_url=f"{scheme}://staff.test", cookies=self.cookies
        ) as client:
            answer = await client.request(method, path, **options)  # type: ignore[arg-type]
            self.cookies = dict(client.cookies)
            return answer

    def log_in(self, user: str = "wang", password: str = PASSWORD, **options: object) -> httpx.Response:
        form = {"user": user, "password": password}
        return self.ask("POST", "/staff/login", data=form, **options)  # type: ignore[arg-type]


@pytest.fixture
def visit() -> Iterator[Visit]:
    yield Visit()


@pytest.mark.parametrize(
    "path", ["/staff/config", "/staff/export/gaps.csv", "/staff/gradio_api/queue/join", "/staff/assets/x.js"]
)
def test_nothing_is_served_without_a_session(visit: Visit, path: str) -> None:
    assert (visit.ask("GET", path)).status_code == 401
    assert (visit.ask("POST", path)).status_code == 401


def test_the_page_itself_leads_to_the_login(visit: Visit) -> None:
    for path in ("/staff", "/staff/"):
        answer = visit.ask("GET", path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/staff/login")


def test_other_pages_are_not_the_doors_business(visit: Visit) -> None:
    assert (visit.ask("GET", "/")).text == "inside /"
    assert (visit.ask("GET", "/staffing")).text == "inside /staffing"


def test_the_right_password_opens_the_page_until_logging_out(visit: Visit) -> None:
    answer = visit.log_in()
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "path=/staff" in cookie
    assert "secure" not in cookie
    assert (visit.ask("GET", "/staff/")).text == "inside /staff/"
    token = visit.cookies[COOKIE]
    assert (visit.ask("POST", "/staff/logout")).status_code == 303
    visit.cookies = {COOKIE: token}
    assert (visit.ask("GET", "/staff/config")).status_code == 401, "the token is dead on the server"


def test_behind_https_the_cookie_is_secure(visit: Visit) -> None:
    assert "secure" in (visit.log_in(scheme="https")).headers["set-cookie"].lower()


def test_a_session_ends_by_idleness_and_by_age(visit: Visit) -> None:
    visit.log_in()
    visit.clock.now += 601
    assert (visit.ask("GET", "/staff/config")).status_code == 401
    visit.cookies = {}
    visit.log_in()
    for _ in range(7):
        visit.clock.now += 590
        last = (visit.ask("GET", "/staff/config")).status_code
    assert last == 401


def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(visit: Visit) -> None:
    wrong = visit.log_in(password="wrong password")
    unknown = visit.log_in(user="nobody")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text == unknown.text
    assert COOKIE not in visit.cookies


def test_too_many_wrong_passwords_make_even_the_right_one_wait(visit: Visit) -> None:
    for _ in range(3):
        visit.log_in(password="wrong password")
    refused = visit.log_in()
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 31
    elsewhere = visit.log_in(address="10.0.0.2")
    assert elsewhere.status_code == 429, "the user waits whatever the address"
    visit.clock.now += 31
    assert (visit.log_in()).status_code == 303


def test_an_address_that_tries_many_names_has_to_wait(visit: Visit) -> None:
    for number in range(3):
        visit.log_in(user=f"user{number}")
    assert (visit.log_in()).status_code == 429
    assert (visit.log_in(address="10.0.0.2")).status_code == 303


def test_each_further_wrong_password_doubles_the_wait(visit: Visit) -> None:
    waits = []
    for _ in range(6):
        answer = visit.log_in(password="wrong password")
        while answer.status_code == 429:
            visit.clock.now += int(answer.headers["retry-after"])
            waits.append(int(answer.headers["retry-after"]))
            answer = visit.log_in(password="wrong password")
    assert waits == sorted(waits) and waits[-1] > waits[0]


@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.test"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
)
def test_a_form_of_another_site_is_refused(visit: Visit, headers: dict[str, str]) -> None:
    assert (visit.log_in(headers=headers)).status_code == 403


def test_a_form_of_our_own_page_is_taken(visit: Visit) -> None:
    own = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert (visit.log_in(headers=own)).status_code == 303


def test_a_very_large_form_is_refused(visit: Visit) -> None:
    assert (visit.log_in(password="x" * 5000)).status_code == 413


def test_the_form_escapes_and_loads_nothing(visit: Visit) -> None:
    answer = visit.log_in(user="<script>alert(1)</script>")
    assert "<script" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert not re.search(r"https?://|src=", answer.text)


def test_an_unknown_user_costs_as_much_time_as_a_known_one() -> None:
    book = PasswordBook({"wang": SecretStr(HASH)})

    def took(user: str) -> float:
        times = []
        for _ in range(5):
            started = time.perf_counter()
            assert not book.fits(user, "wrong password")
            times.append(time.perf_counter() - started)
        return median(times)

    known, unknown = took("wang"), took("nobody")
    assert 0.4 < known / unknown < 2.5


def test_a_user_without_a_name_or_a_hash_is_refused_at_the_start() -> None:
    assert StaffSettings(users={"wang": SecretStr(HASH)}).users["wang"].get_secret_value() == HASH
    with pytest.raises(ValidationError, match="hash-password"):
        StaffSettings(users={"wang": SecretStr("plain text")})
    with pytest.raises(ValidationError, match="用户名"):
        StaffSettings(users={"a b": SecretStr(HASH)})
    assert HASH not in repr(StaffSettings(users={"wang": SecretStr(HASH)}))
