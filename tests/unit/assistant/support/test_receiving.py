"""Aid had already is read from a description; aid that is only wanted is none."""

from __future__ import annotations

import pytest

from assistant.support.receiving import denies_received, read_received


@pytest.mark.parametrize(
    ("text", "aid"),
    [
        ("已经享受了市里的设备补助", ("市里的设备补助",)),
        ("已经拿了省里的算力补贴,还能拿算力券吗", ("省里的算力补贴",)),
        ("去年领过区里的技改奖励", ("区里的技改奖励",)),
        ("我们获得过国家专项资金", ("国家专项资金",)),
        ("市里的补贴我们已经领了", ("市里的补贴",)),
        ("省级算力补贴已到账,设备又投了900万", ("省级算力补贴",)),
        ("去年市里补了50万", ("补了50万",)),
        ("拿到过50万元的技改补助", ("50万元的技改补助",)),
    ],
)
def test_aid_had_is_read_in_its_own_words(text: str, aid: tuple[str, ...]) -> None:
    assert read_received(text) == aid


@pytest.mark.parametrize(
    "text",
    [
        "能拿什么补贴",
        "没拿过补贴",
        "还没享受过市里的补助",
        "想申请算力券",
        "算力券怎么领",
        "我们拿到了高新技术企业证书",
        "补贴什么时候到账",
        "可以享受哪些奖励",
    ],
)
def test_what_is_only_wanted_or_denied_is_no_aid_had(text: str) -> None:
    assert read_received(text) == ()


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("没有享受过别的补助", True),
        ("技改设备投了650万,没拿过补贴", True),
        ("补助都没领过", True),
        ("还没享受过市里的补助", False),
        ("没有拿到算力补贴", False),
        ("想申请补贴", False),
        ("没有别的补助要申请吗", False),
    ],
)
def test_no_aid_at_all_is_told_apart_from_none_of_one_kind(text: str, none: bool) -> None:
    assert denies_received(text) is none
