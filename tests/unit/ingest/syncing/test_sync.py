from __future__ import annotations

import gzip

import pytest

from ingest.errors import UnknownSourceError
from tests.fakes.site import Reply
from tests.unit.ingest.syncing.conftest import TITLE, Desk, html, page, source


def test_a_new_document_goes_in_with_its_address_and_the_day_it_was_checked(desk: Desk) -> None:
    url = desk.site.play("/a.html", html())
    assert desk.sync(source(url)) == 0
    document = desk.index.document("demo-voucher")
    assert document is not None and "最高补助10万元" in document.text
    assert (document.url, document.validity.checked) == (url, "2026-03-01")
    assert "新取得 1 份" in desk.said()


def test_the_snapshot_holds_the_bytes_as_they_came_with_digest_time_and_headers(desk: Desk) -> None:
    url = desk.site.play("/a.html", html(ETag='"1"', Last_Modified="Mon, 02 Feb 2026 00:00:00 GMT"))
    desk.sync(source(url))
    snapshot = desk.snapshots.last("demo-voucher")
    assert snapshot is not None and desk.snapshots.path(snapshot).read_bytes() == page()
    assert snapshot.headers["etag"] == '"1"' and snapshot.fetched_at == desk.now
    assert snapshot.final_url == url


def test_an_unchanged_page_answers_304_and_only_the_day_checked_is_renewed(desk: Desk) -> None:
    url = desk.site.play("/a.html", html(ETag='"1"'))
    desk.sync(source(url))
    before = desk.index.document("demo-voucher")
    desk.now = desk.now.replace(day=9)
    assert desk.sync(source(url)) == 0
    after = desk.index.document("demo-voucher")
    assert before and after and after.validity.checked == "2026-03-09"
    assert after.clauses == before.clauses and desk.site.asked[-1][1]["if-none-match"] == '"1"'
    assert "未变 1 份" in desk.said()


def test_the_same_bytes_without_a_condition_count_as_unchanged(desk: Desk) -> None:
    url = desk.site.play("/a.html", html())
    desk.sync(source(url))
    desk.said()
    assert desk.sync(source(url)) == 0
    assert "未变 1 份" in desk.said()


def test_a_changed_page_is_taken_in_anew_and_the_old_snapshot_kept(desk: Desk) -> None:
    url = desk.site.play("/a.html", html(), html(page("20万元")))
    desk.sync(source(url))
    old = desk.snapshots.last("demo-voucher")
    desk.said()
    assert desk.sync(source(url)) == 0
    said = desk.said()
    assert "有变更 1 份" in said and "最高补助20万元" in desk.text() and "10万元" not in desk.text()
    assert old and desk.snapshots.path(old).read_bytes() == page()


@pytest.mark.parametrize("status", [404, 410])
def test_a_vanished_page_keeps_its_document_and_is_flagged(desk: Desk, status: int) -> None:
    url = desk.site.play("/a.html", html(), Reply(status))
    desk.sync(source(url))
    assert desk.sync(source(url)) == 1
    document = desk.index.document("demo-voucher")
    assert document is not None and "最高补助10万元" in document.text
    assert any("官方网页已不存在" in flag for flag in document.flags)
    assert "页面已消失 1 份" in desk.said()


def test_a_page_that_comes_back_loses_its_flag(desk: Desk) -> None:
    url = desk.site.play("/a.html", html(), Reply(404), html())
    for _ in range(3):
        code = desk.sync(source(url))
    document = desk.index.document("demo-voucher")
    assert code == 0 and document is not None
    assert not any("官方网页已不存在" in flag for flag in document.flags)


def test_a_page_that_was_never_there_leaves_nothing_behind(desk: Desk) -> None:
    assert desk.sync(source(desk.site.url("/a.html"))) == 1
    assert desk.index.documents() == () and "页面已消失" in desk.said()


def test_a_site_that_fails_once_is_asked_again_after_a_pause(desk: Desk) -> None:
    url = desk.site.play("/a.html", Reply(500), html())
    assert desk.sync(source(url)) == 0
    assert desk.site.paths().count("/a.html") == 2 and 0.25 in desk.slept


def test_a_busy_site_is_given_the_time_it_asks_for(desk: Desk) -> None:
    url = desk.site.play("/a.html", Reply(429, headers={"Retry-After": "7"}), html())
    assert desk.sync(source(url)) == 0
    assert 7.0 in desk.slept


def test_the_time_may_be_given_as_a_date(desk: Desk) -> None:
    later = {"Date": "Mon, 02 Feb 2026 10:00:00 GMT", "Retry-After": "Mon, 02 Feb 2026 10:00:09 GMT"}
    url = desk.site.play("/a.html", Reply(503, headers=later), html())
    assert desk.sync(source(url)) == 0
    assert 9.0 in desk.slept


def test_a_site_that_asks_for_more_time_than_we_have_is_left_alone(desk: Desk) -> None:
    url = desk.site.play("/a.html", Reply(503, headers={"Retry-After": "99999"}), html())
    assert desk.sync(source(url)) == 1
    assert desk.site.paths().count("/a.html") == 1 and "要求 99999 秒后再来" in desk.said()


FAULTS = {
    "always 500": (Reply(500), "HTTP 500"),
    "forbidden": (Reply(403, page("20万元")), "HTTP 403"),
    "truncated": (Reply(body=page("20万元")[:300], stated=len(page("20万元"))), "没有传完"),
    "truncated gzip": (
        Reply(body=gzip.compress(page("20万元"))[:-40], headers={"Content-Encoding": "gzip"}),
        "没有传完",
    ),
    "gzip bomb": (
        Reply(body=gzip.compress(b"a" * 5_000_000), headers={"Content-Encoding": "gzip"}),
        "超过上限",
    ),
    "unknown packing": (Reply(body=b"x", headers={"Content-Encoding": "br"}), "压缩方式"),
    "huge, said so": (Reply(body=b"", stated=10_000_000), "超过上限"),
    "huge": (Reply(body=b"a" * 400_000), "超过上限"),
    "slow": (Reply(body=page("20万元"), drip_s=0.03), "太慢"),
    "slow, of no stated length": (
        Reply(
            body=page("20万元"),
            headers={"Content-Type": "text/html"},
            is_measured=False,
            drip_s=0.03,
            at_once=page("20万元").index("第三条".encode()),
        ),
        "太慢",
    ),
    "slow head": (Reply(endless_head_s=0.02), "太慢"),
    "login page": (html(page(title="统一身份认证登录平台")), f"没有《{TITLE}》"),
    "wrong encoding": (html(page("20万元").decode("latin-1").encode()), f"没有《{TITLE}》"),
    "unreadable bytes": (html(b"<html><meta charset=utf-8>" + bytes(range(128, 256)) * 40), ""),
    "empty": (html(b""), "空白页"),
    "without clauses": (html(f"<html><meta charset=utf-8><p>{TITLE}</p></html>".encode()), ""),
    "picture of a page": (html(b"\x89PNG\r\n\x1a\n" + b"0" * 99), ""),
    "loop": (Reply(302, headers={"Location": "/a.html"}), "反复跳转"),
    "off the list": (
        Reply(302, headers={"Location": "http://evil.example/a.html"}),
        "名单以外的 evil.example",
    ),
    "to a file": (Reply(302, headers={"Location": "file:///etc/passwd"}), "网址不合规"),
    "to another port": (Reply(302, headers={"Location": "http://127.0.0.1:1/"}), "名单以外的 127.0.0.1:1"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line_and_the_old_document_stays(desk: Desk, fault: str) -> None:
    reply, line = FAULTS[fault]
    if fault.startswith("slow"):
        desk.limits = desk.limits.model_copy(update={"total_s": 0.1, "attempts": 1})
    url = desk.site.play("/a.html", html(), reply)
    desk.sync(source(url))
    kept = desk.snapshots.last("demo-voucher")
    before = desk.index.document("demo-voucher")
    desk.said()
    assert desk.sync(source(url)) == 1
    row = next(row for row in desk.said().splitlines() if "没有取到" in row and "demo-voucher" in row)
    assert line in row and "仍用 2026-03-01 的快照" in row
    assert desk.snapshots.last("demo-voucher") == kept and desk.index.document("demo-voucher") == before
    assert len(list((desk.folder / "snapshots" / "demo-voucher").iterdir())) == 2, "one copy, one record"


def test_a_redirect_on_the_list_is_followed_and_remembered(desk: Desk) -> None:
    url = desk.site.play("/a.html", Reply(301, headers={"Location": "/b.html"}))
    desk.site.play("/b.html", html())
    assert desk.sync(source(url)) == 0
    snapshot = desk.snapshots.last("demo-voucher")
    assert snapshot is not None and (snapshot.url, snapshot.final_url) == (url, desk.site.url("/b.html"))


def test_a_chain_of_redirects_is_bounded(desk: Desk) -> None:
    for n in range(40):
        desk.site.play(f"/{n}", Reply(302, headers={"Location": f"/{n + 1}"}))
    assert desk.sync(source(desk.site.url("/0"))) == 1
    assert len(desk.site.paths()) <= desk.limits.max_redirects + 2


def test_what_robots_txt_forbids_is_not_fetched(desk: Desk) -> None:
    desk.site.play("/robots.txt", Reply(body=b"User-agent: *\nDisallow: /secret/\n"))
    url = desk.site.play("/secret/a.html", html())
    assert desk.sync(source(url)) == 1
    assert desk.site.paths() == ["/robots.txt"] and "robots.txt 不允许" in desk.said()


def test_a_redirect_into_what_robots_txt_forbids_is_not_followed(desk: Desk) -> None:
    desk.site.play("/robots.txt", Reply(body=b"User-agent: *\nDisallow: /secret/\n"))
    desk.site.play("/secret/a.html", html())
    assert (
        desk.sync(source(desk.site.play("/a.html", Reply(302, headers={"Location": "/secret/a.html"})))) == 1
    )
    assert "/secret/a.html" not in desk.site.paths()


def test_a_site_whose_rules_cannot_be_had_is_left_alone(desk: Desk) -> None:
    desk.site.play("/robots.txt", Reply(503))
    assert desk.sync(source(desk.site.play("/a.html", html()))) == 1
    assert "/a.html" not in desk.site.paths() and "按不允许处理" in desk.said()


def test_a_host_is_asked_with_pauses_and_for_its_rules_once(desk: Desk) -> None:
    desk.site.play("/robots.txt", Reply(body=b"User-agent: *\nCrawl-delay: 3\n"))
    sources = [source(desk.site.play(f"/{n}.html", html()), f"demo-{n}") for n in range(3)]
    assert desk.sync(*sources) == 0
    assert desk.site.paths() == ["/robots.txt", "/0.html", "/1.html", "/2.html"]
    assert len(desk.slept) == 3 and all(2.0 < pause <= 3.0 for pause in desk.slept)


def test_one_bad_source_does_not_keep_the_others_out(desk: Desk) -> None:
    bad = source(desk.site.play("/bad.html", Reply(500)), "demo-bad")
    good = source(desk.site.play("/good.html", html()), "demo-good")
    assert desk.sync(bad, good) == 1
    assert [document.document_id for document in desk.index.documents()] == ["demo-good"]


def test_only_the_sources_asked_for_are_visited(desk: Desk) -> None:
    one = source(desk.site.play("/1.html", html()), "demo-1")
    two = source(desk.site.play("/2.html", html()), "demo-2")
    assert desk.sync(one, two, only=("demo-2",)) == 0
    assert "/1.html" not in desk.site.paths() and "/2.html" in desk.site.paths()


def test_an_unknown_source_is_wrong_use(desk: Desk) -> None:
    with pytest.raises(UnknownSourceError, match="nope"):
        desk.sync(source(desk.site.url("/a")), only=("nope",))


def test_a_dry_run_tells_what_it_would_fetch_and_fetches_nothing(desk: Desk) -> None:
    url = desk.site.play("/a.html", html())
    assert desk.sync(source(url), dry_run=True) == 0
    assert desk.site.asked == [] and url in desk.said() and list(desk.folder.iterdir()) == []


def test_an_interrupted_run_goes_on_where_it_stopped(desk: Desk) -> None:
    one = source(desk.site.play("/1.html", html()), "demo-1")
    two = source(desk.site.play("/2.html", html()), "demo-2")
    desk.snapshots.begin(desk.now)
    desk.sync(one, only=("demo-1",))
    desk.index.items.clear()
    assert desk.sync(one, two) == 0
    assert desk.site.paths().count("/1.html") == 1 and "接着上次中断" in desk.said()
    assert len(desk.index.documents()) == 2, "what was fetched before the interruption is taken in as well"
    desk.sync(one, two)
    assert desk.site.paths().count("/1.html") == 2, "a run that came to its end is not carried on with"


def test_a_run_that_broke_off_long_ago_starts_anew(desk: Desk) -> None:
    one = source(desk.site.play("/1.html", html()), "demo-1")
    desk.snapshots.begin(desk.now)
    desk.sync(one, only=("demo-1",))
    desk.now = desk.now.replace(day=20)
    desk.sync(one)
    assert desk.site.paths().count("/1.html") == 2


def test_a_damaged_snapshot_is_fetched_anew_without_condition(desk: Desk) -> None:
    url = desk.site.play("/a.html", html(ETag='"1"'))
    desk.sync(source(url))
    snapshot = desk.snapshots.last("demo-voucher")
    assert snapshot is not None
    desk.snapshots.path(snapshot).write_bytes(b"half")
    assert desk.sync(source(url)) == 0
    assert "if-none-match" not in desk.site.asked[-1][1] and "最高补助10万元" in desk.text()


def test_an_index_that_lost_the_document_gets_it_back_from_the_snapshot(desk: Desk) -> None:
    url = desk.site.play("/a.html", html(ETag='"1"'))
    desk.sync(source(url))
    desk.index.items.clear()
    assert desk.sync(source(url)) == 0
    assert "最高补助10万元" in desk.text()
