from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import SourceFaultError
from ingest.factory import build_client
from ingest.syncing.addresses import Gate, Resolver, authority
from ingest.syncing.fetching import Fetcher
from ingest.syncing.settings import SyncSettings
from tests.fakes.site import Reply, Site, running
from tests.unit.ingest.syncing.conftest import LIMITS, html, page

PRIVATE = (
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1",
    "2002:7f00:1::", "64:ff9b:1::1", "64:ff9b::a00:1", "not an address",
)  # fmt: skip


def resolved(*addresses: str) -> Resolver:
    return lambda host, port: addresses


def gate(*addresses: str, hosts: tuple[str, ...] = ("www.huzhou.gov.cn",)) -> Gate:
    return Gate(hosts, resolver=resolved(*addresses))


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_into_a_private_network_is_not_visited(address: str) -> None:
    with pytest.raises(SourceFaultError, match="内网地址"):
        gate("60.191.1.1", address).check("https://www.huzhou.gov.cn/a.html")


@pytest.mark.parametrize("address", ["60.191.1.1", "2408:8000::1"])
def test_a_public_address_of_a_listed_host_is_the_one_that_is_asked(address: str) -> None:
    target = gate(address).check("https://www.huzhou.gov.cn/a.html")
    assert (target.address, target.host, target.port) == (address, "www.huzhou.gov.cn", 443)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.huzhou.gov.cn.evil.example/",
        "https://evil.example/www.huzhou.gov.cn",
        "https://www.huzhou.gov.cn:8443/",
        "http://user:word@www.huzhou.gov.cn/",
        "https://www.huzhou.gov.cn@evil.example/",
        "ftp://www.huzhou.gov.cn/",
        "file:///etc/passwd",
        "//www.huzhou.gov.cn/",
        "https://www.huzhou.gov.cn:port/",
        "https://www.huzhou.gov.cn:99999/",
        "https://[::1/",
        "https://www.huzhou.gov.cn/\r\nX: 1",
        "",
    ],
)
def test_an_address_off_the_list_or_malformed_is_refused(url: str) -> None:
    with pytest.raises(SourceFaultError):
        gate("60.191.1.1").check(url)


def test_a_name_that_does_not_resolve_is_one_line() -> None:
    def missing(host: str, port: int) -> tuple[str, ...]:
        raise OSError("no such host")

    with pytest.raises(SourceFaultError, match=r"找不到网站 www\.huzhou\.gov\.cn"):
        Gate(("www.huzhou.gov.cn",), resolver=missing).check("https://www.huzhou.gov.cn/")


@given(st.text(max_size=60))
def test_any_text_as_an_address_is_refused_or_on_the_list(text: str) -> None:
    for url in (text, f"http://{text}", f"https://www.huzhou.gov.cn{text}"):
        try:
            target = gate("60.191.1.1").check(url)
        except SourceFaultError:
            continue
        assert target.host == "www.huzhou.gov.cn" and authority(url) == "www.huzhou.gov.cn"


def test_the_connection_goes_to_the_address_that_was_checked(site: Site) -> None:
    """A name that means something else a moment later (DNS rebinding) changes nothing: it is asked once."""
    asked: list[str] = []

    def once(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",)

    site.play("/robots.txt", Reply(404))
    site.play("/a.html", html())
    host = f"no-such-name.gov.cn.invalid:{site.port}"
    with build_client(LIMITS) as client:
        fetcher = Fetcher(LIMITS, Gate((host,), allow_private=True, resolver=once), client, lambda _: None)
        assert fetcher.fetch(f"http://{host}/a.html").body == page()
    assert asked == ["no-such-name.gov.cn.invalid"] * 2, "robots.txt and the page, once each"
    assert [headers["host"] for _, headers in site.asked] == [host, host]


def test_a_private_address_is_refused_unless_configured(site: Site) -> None:
    url = site.play("/a.html", html())
    settings = SyncSettings(attempts=1, pause_s=0)
    with build_client(settings) as client, pytest.raises(SourceFaultError, match="内网地址"):
        Fetcher(settings, Gate((site.authority,)), client, lambda _: None).fetch(url)
    assert site.asked == []


def test_cookies_of_one_site_are_not_shown_to_another(site: Site) -> None:
    site.play("/robots.txt", Reply(404))
    url = site.play("/a.html", html(Set_Cookie="session=1"))
    with build_client(LIMITS) as client:
        fetcher = Fetcher(LIMITS, Gate((site.authority,), allow_private=True), client, lambda _: None)
        fetcher.fetch(url)
        fetcher.fetch(url)
    assert all("cookie" not in headers for _, headers in site.asked)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate with its key, for docs.gov.cn.invalid alone."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not here to make a certificate")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    name = "docs.gov.cn.invalid"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={name}",
    ]
    command += ["-addext", f"subjectAltName=DNS:{name}", "-keyout", str(path), "-out", f"{path}.crt"]
    subprocess.run(command, check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


@pytest.mark.parametrize(
    ("name", "is_good"), [("docs.gov.cn.invalid", True), ("other.gov.cn.invalid", False)]
)
def test_a_certificate_must_be_the_one_of_the_name_not_of_the_address(
    certificate: Path, name: str, is_good: bool
) -> None:
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=f"{certificate}.crt")
    settings = LIMITS.model_copy(update={"attempts": 1})
    with running(ours) as site, httpx.Client(verify=trusting, trust_env=False) as client:
        site.play("/a.html", html())
        host = f"{name}:{site.port}"
        gate = Gate((host,), allow_private=True, resolver=resolved("127.0.0.1"))
        fetcher = Fetcher(settings, gate, client, lambda _: None)
        if is_good:
            assert fetcher.fetch(f"https://{host}/a.html").body == page()
        else:
            with pytest.raises(SourceFaultError, match="连接不上网站"):
                fetcher.fetch(f"https://{host}/a.html")
