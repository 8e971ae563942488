"""What the robots.txt of a site allows; a site whose rules cannot be had is left alone (RFC 9309, 2.3.1)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from ingest import messages
from ingest.errors import SourceFaultError

MOST_BYTES = 500 * 1024
"""What of a robots.txt is read at most; RFC 9309, 2.5 asks for no less."""

RobotsReader = Callable[[str], str | None]
"""Address of a robots.txt -> its text; None where the site has none (4xx)."""


class Robots:
    """Asks each site once in a run what it allows."""

    def __init__(self, read: RobotsReader, user_agent: str) -> None:
        """Ask through `read`, in the name of `user_agent`."""
        self._read = read
        self._user_agent = user_agent
        self._rules: dict[str, Protego | SourceFaultError | None] = {}

    def check(self, url: str) -> float | None:
        """Return the pause in seconds that the site asks for, where it does.

        Raises:
            SourceFaultError: the site forbids the address, or its rules cannot be had.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        rules = self._of(site)
        if rules is None:
            return None
        if not rules.can_fetch(url, self._user_agent):
            raise SourceFaultError(messages.SYNC_FORBIDDEN.format(host=parts.netloc))
        delay = rules.crawl_delay(self._user_agent)
        return None if delay is None else float(delay)

    def _of(self, site: str) -> Protego | None:
        if site not in self._rules:
            self._rules[site] = self._ask(site)
        rules = self._rules[site]
        if isinstance(rules, SourceFaultError):
            raise rules
        return rules

    def _ask(self, site: str) -> Protego | SourceFaultError | None:
        try:
            text = self._read(f"{site}/robots.txt")
        except SourceFaultError as error:
            return SourceFaultError(messages.SYNC_NO_ROBOTS.format(host=urlsplit(site).netloc, reason=error))
        return None if text is None else Protego.parse(text)
