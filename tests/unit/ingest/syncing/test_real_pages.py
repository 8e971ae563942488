"""The real pages of the material, played by a site on this machine."""

from __future__ import annotations

import re

from ingest.document import read_document
from tests.fakes.material import material
from tests.fakes.site import Reply
from tests.unit.ingest.syncing.conftest import Desk, html, source


def test_real_pages_come_in_stay_change_and_vanish(desk: Desk) -> None:
    desk.limits = desk.limits.model_copy(update={"max_bytes": 5_000_000, "timeout_s": 5.0})
    files = sorted(material("samples/html").glob("*.html"))[::4]
    sources = []
    for number, path in enumerate(files):
        url = desk.site.play(f"/{number}.html", html(path.read_bytes(), ETag=f'"{number}"'))
        sources.append(source(url, f"real-{number}", read_document(path).title))
    assert desk.sync(*sources) == 0
    assert f"新取得 {len(files)} 份" in desk.said()
    for number, path in enumerate(files):
        assert desk.text(f"real-{number}") == read_document(path).text, path.name

    assert desk.sync(*sources) == 0
    assert f"未变 {len(files)} 份" in desk.said()

    old = desk.text("real-0")
    body = files[0].read_bytes()
    year = re.compile("20(?=2[0-9]年)".encode())
    assert year.search(body)
    desk.site.play("/0.html", html(year.sub(b"21", body)))
    desk.site.play("/1.html", Reply(404))
    desk.site.play("/2.html", Reply(body=files[2].read_bytes()[:2000], stated=99_000))
    desk.site.play("/3.html", Reply(302, headers={"Location": "/3.html"}))
    assert desk.sync(*sources) == 1
    said = desk.said()
    assert all(line in said for line in ("有变更 1 份", "页面已消失 1 份", "没有取到 2 份"))
    assert desk.text("real-0") != old and desk.text("real-2") == read_document(files[2]).text
