from __future__ import annotations

import pytest

from assistant.composing.gaps import holds_money


@pytest.mark.parametrize(
    "text",
    [
        "给予最高50万元奖励",
        "按贷款额的30%贴息",
        "年担保费率不超过万分之五",
        "费率按千分之三计收",
        "年化费率不高于1‰",
        "按同期LPR的50%给予贴息",
        "利率不超过一年期LPR加点",
        "放大倍数为1.5倍",
        "按百分之十补助",
    ],
)
def test_sums_and_every_way_to_write_a_rate_count_as_an_amount(text: str) -> None:
    assert holds_money(text)


@pytest.mark.parametrize(
    "text", ["给予一定奖励", "加倍努力", "培育40家以上企业", "万分感谢", "通过发放算力券"]
)
def test_what_names_no_sum_and_no_rate_is_no_amount(text: str) -> None:
    assert not holds_money(text)
