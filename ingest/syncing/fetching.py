"""Fetches one address politely: allowed hosts, robots.txt, pauses, conditions, retries, limits."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from ingest import messages
from ingest.errors import SourceFaultError, SourceVanishedError
from ingest.syncing.addresses import Gate, Target
from ingest.syncing.bodies import read_body
from ingest.syncing.deadlines import Deadline
from ingest.syncing.pacing import Pacer
from ingest.syncing.robots import MOST_BYTES, Robots
from ingest.syncing.settings import SyncSettings

_MOVED = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_BUSY = frozenset({408, 425, 429})
_NOT_MODIFIED = 304
_OK = 200


@dataclass(frozen=True)
class Fetched:
    """What a site answered; `body` is None where it says that nothing changed (304)."""

    final_url: str
    headers: Mapping[str, str]
    body: bytes | None


@dataclass
class Fetcher:
    """Fetches addresses, one at a time; `sleep` and `clock` are the machine's but in tests."""

    settings: SyncSettings
    gate: Gate
    client: httpx.Client
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _pacer: Pacer = field(init=False)
    _robots: Robots = field(init=False)

    def __post_init__(self) -> None:
        """Set up the pauses and the rules of sites."""
        longest = self.settings.max_wait_s
        self._pacer = Pacer(self.settings.pause_s, self.sleep, self.clock, longest)
        self._robots = Robots(self._robots_text, self.settings.user_agent)

    def fetch(self, url: str, condition: Mapping[str, str] | None = None) -> Fetched:
        """Return what is at an address; `condition` holds If-None-Match and If-Modified-Since.

        Raises:
            SourceVanishedError: the site says that there is nothing (404, 410).
            SourceFaultError: anything else that keeps the page from being had.
        """
        return self._trying(lambda: self._follow(url, dict(condition or {}), self.settings.max_bytes, True))

    def _trying(self, one: Callable[[], Fetched]) -> Fetched:
        tries = Retrying(
            stop=stop_after_attempt(self.settings.attempts),
            wait=self._wait,
            retry=retry_if_exception(lambda error: isinstance(error, SourceFaultError) and error.passing),
            sleep=self.sleep,
            reraise=True,
        )
        return tries(one)

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.wait_s if isinstance(error, SourceFaultError) else 0.0
        own = self.settings.backoff_s * 2.0 ** (state.attempt_number - 1)
        return min(max(own, asked), self.settings.max_wait_s)

    def _robots_text(self, url: str) -> str | None:
        try:
            found = self._trying(lambda: self._follow(url, {}, MOST_BYTES, False))
        except SourceVanishedError:
            return None
        except SourceFaultError as error:
            if error.http_status is not None and 400 <= error.http_status < 500 and not error.passing:
                return None
            raise
        return (found.body or b"").decode("utf-8", "replace")

    def _follow(self, url: str, condition: dict[str, str], most_bytes: int, obey: bool) -> Fetched:
        """Follow redirects by hand: every address is checked before it is asked."""
        seen: set[str] = set()
        for _ in range(self.settings.max_redirects + 1):
            if url in seen:
                raise SourceFaultError(messages.SYNC_LOOP)
            seen.add(url)
            target = self.gate.check(url)
            if obey and (pause := self._robots.check(url)) is not None:
                self._pacer.slow_down(target.authority, pause)
            answer = self._ask(target, condition, most_bytes)
            if isinstance(answer, Fetched):
                return answer
            url = answer
        raise SourceFaultError(messages.SYNC_LOOP)

    def _ask(self, target: Target, condition: dict[str, str], most_bytes: int) -> Fetched | str:
        """Return the answer, or the address that the site sends on to."""
        self._pacer.wait(target.authority)
        self.client.cookies.clear()
        with Deadline(self.settings.total_s) as deadline:
            try:
                with self.client.stream(
                    "GET",
                    httpx.URL(target.url).copy_with(host=target.address),
                    headers={"Host": target.authority, **condition},
                    extensions={"sni_hostname": target.host, "trace": deadline.trace},
                    follow_redirects=False,
                ) as response:
                    return self._answer(response, target, bool(condition), most_bytes, deadline)
            except (httpx.TransportError, httpx.InvalidURL) as error:
                raise _fault(error, deadline.passed) from error
            finally:
                self._pacer.done(target.authority)

    def _answer(
        self,
        response: httpx.Response,
        target: Target,
        conditional: bool,
        most_bytes: int,
        deadline: Deadline,
    ) -> Fetched | str:
        status = response.status_code
        if status in _MOVED and (place := response.headers.get("location")):
            return urljoin(target.url, str(place)).partition("#")[0]
        headers = {name.lower(): value for name, value in response.headers.items()}
        if status == _NOT_MODIFIED and conditional:
            return Fetched(target.url, headers, None)
        if status in _GONE:
            raise SourceVanishedError(messages.SYNC_GONE.format(status=status), http_status=status)
        if status != _OK:
            raise self._refusal(status, headers)
        return Fetched(target.url, headers, read_body(response, most_bytes, deadline))

    def _refusal(self, status: int, headers: Mapping[str, str]) -> SourceFaultError:
        busy = status in _BUSY or status >= 500
        asked = headers.get("retry-after", "")
        wait = _seconds(asked, headers.get("date", ""))
        if busy and wait > self.settings.max_wait_s:
            line = messages.SYNC_LATER.format(status=status, seconds=round(wait))
            return SourceFaultError(line, http_status=status)
        line = messages.SYNC_STATUS.format(status=status)
        return SourceFaultError(line, passing=busy, wait_s=wait, http_status=status)


def _fault(error: Exception, is_late: bool) -> SourceFaultError:
    if is_late or isinstance(error, httpx.TimeoutException):
        return SourceFaultError(messages.SYNC_SLOW, passing=True)
    if isinstance(error, httpx.RemoteProtocolError):
        return SourceFaultError(messages.SYNC_TRUNCATED, passing=True)
    reason = " ".join(str(error).split()) or type(error).__name__
    return SourceFaultError(messages.SYNC_NO_CONNECTION.format(reason=reason), passing=True)


def _seconds(asked: str, now: str) -> float:
    """Return the seconds of a Retry-After, a number or a date (RFC 9110, 10.2.3); 0 for anything else."""
    if asked.isascii() and asked.isdigit():
        return float(asked)
    try:
        wait = parsedate_to_datetime(asked) - parsedate_to_datetime(now)
    except (ValueError, TypeError):
        return 0.0
    return max(0.0, wait.total_seconds())
