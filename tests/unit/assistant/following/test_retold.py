from __future__ import annotations

import pytest

from assistant.following.retold import retold

COUNTIES = ("德清", "长兴")


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("2030年产值多少", "不是,我问的是2027年"), ("2027年产值多少",)),
        (("算力券咋领", "不对,我问的是模型券"), ("算力券咋领", "模型券呢")),
        (("学校能用算力券吗", "我说的是企业不是学校"), ("企业能用算力券吗",)),
        (("算力券谁能用", "我说的是企业不是学校"), ("算力券企业能用吗",)),
        (("产值目标多少", "不对吧,不是500亿吗"), ("产值目标多少", "产值目标是500亿吗")),
        (("文旅谁牵头", "不对吧,不是市科技局吗"), ("文旅谁牵头", "不是市科技局吗")),
        (("文旅谁牵头", "啊?不是市商务局吗"), ("文旅谁牵头", "不是市商务局吗")),
        (("交通讲什么", "有没有提到公交车", "那无人机呢"), ("交通讲什么", "有没有提到无人机")),
        (("龙头几家", "谢谢", "那上市的呢"), ("龙头几家", "那上市的呢")),
        (("龙头几家", "说人话", "你确定吗"), ("龙头几家", "你确定吗")),
        (("算力券谁管", "不是市数据局吗"), ("算力券谁管", "不是市数据局吗")),
        (("算力券谁管", "那个不是我要的"), ("算力券谁管", "那个不是我要的")),
    ],
)
def test_what_a_turn_corrects_is_put_right_where_it_was_said(
    turns: tuple[str, ...], told: tuple[str, ...]
) -> None:
    assert retold(turns, COUNTIES) == told


def test_who_introduces_himself_over_several_turns_has_done_so_in_one() -> None:
    told = ("我是做数据标注的", "在德清", "20个人", "能拿什么")
    assert retold(told, COUNTIES) == ("我是做数据标注的,在德清,20个人,能拿什么",)
    again = ("我是做数据标注的", "在德清", "能拿什么", "刚才说错了,在长兴")
    assert retold(again, COUNTIES) == ("我是做数据标注的,在长兴,能拿什么",)
    assert retold(("我是做数据标注的", "能拿什么"), COUNTIES) == ("我是做数据标注的", "能拿什么")
