"""Which addresses may be visited: hosts on the list, and none that lead into a private network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from ingest import messages
from ingest.errors import SourceFaultError

Resolver = Callable[[str, int], tuple[str, ...]]
"""Host and port -> the numeric addresses that the name stands for."""

_PORTS = {"http": 80, "https": 443}
_CONTROL = 0x20
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.IPv6Network("64:ff9b:1::/48")


@dataclass(frozen=True)
class Target:
    """An address that was checked; the request goes to `address`, whatever the name means a moment later."""

    url: str
    host: str
    authority: str
    address: str
    port: int


def authority(url: str) -> str:
    """Return host, or host:port where the port is not the scheme's own; '' where the address is malformed."""
    try:
        return _authority(urlsplit(url))
    except ValueError:
        return ""


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the numeric addresses of a host, as this machine resolves it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Gate:
    """Lets only requests through that go to a listed host at a public address."""

    def __init__(
        self, hosts: Collection[str], *, allow_private: bool = False, resolver: Resolver = resolve
    ) -> None:
        """Open the gate for hosts (host or host:port)."""
        self._hosts = frozenset(host.lower() for host in hosts)
        self._allow_private = allow_private
        self._resolve = resolver

    def check(self, url: str) -> Target:
        """Return where a request to an address goes.

        Raises:
            SourceFaultError: another scheme, a host off the list, no such host, or a private address.
        """
        parts = self._parts(url)
        host = parts.hostname or ""
        port = parts.port or _PORTS[parts.scheme]
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise SourceFaultError(messages.SYNC_NO_HOST.format(host=host), passing=True) from error
        if not addresses:
            raise SourceFaultError(messages.SYNC_NO_HOST.format(host=host), passing=True)
        if not self._allow_private:
            for address in addresses:
                if not _is_public(address):
                    raise SourceFaultError(messages.SYNC_PRIVATE.format(host=host, address=address))
        return Target(url=url, host=host, authority=_authority(parts), address=addresses[0], port=port)

    def _parts(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            name = _authority(parts)
        except ValueError as error:
            raise SourceFaultError(messages.SYNC_BAD_ADDRESS.format(url=url[:200])) from error
        odd = any(ord(sign) <= _CONTROL for sign in url) or "@" in parts.netloc
        if parts.scheme not in _PORTS or not parts.hostname or odd:
            raise SourceFaultError(messages.SYNC_BAD_ADDRESS.format(url=url[:200]))
        if name not in self._hosts:
            raise SourceFaultError(messages.SYNC_OFF_LIST.format(host=name))
        return parts


def _authority(parts: SplitResult) -> str:
    host, port = (parts.hostname or "").lower(), parts.port
    return host if port in (None, _PORTS.get(parts.scheme)) else f"{host}:{port}"


def _is_public(address: str) -> bool:
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        inner = _inner(number)
        if number in _NAT64_LOCAL or (inner is not None and not inner.is_global):
            return False
    return number.is_global and not number.is_multicast


def _inner(number: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for (mapped, 6to4, Teredo, NAT64)."""
    if number in _NAT64:
        return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
    return number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
