"""One request at a time a host, with a pause between two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Pacer:
    """Waits until a host may be asked again; `sleep` and `clock` are the machine's but in tests."""

    pause_s: float
    sleep: Callable[[float], None]
    clock: Callable[[], float]
    longest_s: float
    _last: dict[str, float] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def slow_down(self, host: str, pause_s: float) -> None:
        """Keep the pause that a host asks for, where it is longer than ours and bearable."""
        self._asked[host] = min(pause_s, self.longest_s)

    def wait(self, host: str) -> None:
        """Wait for the pause since the last request to the host."""
        pause = max(self.pause_s, self._asked.get(host, 0.0))
        last = self._last.get(host)
        if last is not None and (left := last + pause - self.clock()) > 0:
            self.sleep(left)

    def done(self, host: str) -> None:
        """Count the pause from now on."""
        self._last[host] = self.clock()
