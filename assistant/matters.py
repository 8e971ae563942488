"""Matters that people fear or hope of a policy, and that it may say nothing about: duty, ban, liability.

Whoever asks 误诊了算谁的 wants to hear that the text does not say, not the clause on medicine alone. What is
asked and what would be an answer are told by words; composers say what is lacking, and verification looks
again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PAUSE = re.compile("[,。;!?,;!?]+")
_FEARS = re.compile("怕|担心|下岗了|失业了|被裁了")


@dataclass(frozen=True)
class Matter:
    """A matter that is asked about in some words, and written of in some."""

    key: str
    """of the messages file, below `stake`"""
    asked: re.Pattern[str]
    written: re.Pattern[str]

    def is_open(self, texts: Iterable[str]) -> bool:
        """Whether none of the texts writes of it."""
        return not any(self.written.search(text) for text in texts)


def _matter(key: str, asked: str, written: str) -> Matter:
    return Matter(key, re.compile(asked), re.compile(written))


MATTERS = (
    _matter(
        "liability",
        "赔偿|赔钱|谁赔|怎么赔|赔不赔|担责|算谁的|谁的(?:责任|错|锅)|谁(?:来)?(?:负|承担|担)(?:法律)?责任|责任(?:怎么|算谁|归谁|在谁)",
        "赔偿|担责|承担.{0,8}责任|法律责任",
    ),
    _matter(
        "penalty",
        "(?<!惩)罚(?:款|多少|钱|不|吗|$|[,。??])|处罚|处分|撤职|问责|追责|背锅|免职|追究|倒查",
        "罚款|处罚|处分|问责|追责|追究",
    ),
    _matter(
        "jobs",
        "下岗|失业|裁员|裁掉|裁人|饭碗|丢(?:了)?工作|没活干|(?:代替|替代|取代|顶替|抢走?).{0,6}(?:人|医生|老师|司机|岗位|工作|活)",
        "下岗|失业|裁员|就业|岗位|代替|替代|取代",
    ),
    _matter(
        "ban",
        "禁止|(?<![拿说吃])不准|不让|不允许|不许|取消(?!征)|关停|封杀",
        "禁止|不准|不允许|不许|不得|取消|关停|限制",
    ),
    _matter(
        "duty",
        "必须|强制|硬性|必修|非.{1,8}不可|(?:要求|规定).{0,10}(?:都|全部|一律)|都得|(?:是不是|要不要|会不会).{0,8}都要|有义务",
        "必须|强制|应当|一律|必修",
    ),
    _matter(
        "promise",
        "(?:能|可以|敢)?保证|打包票|包(?:过|拿|批|中)|(?:一定|肯定|百分百|稳)(?:能|会|可以).{0,8}(?:批|拿|进|入|通过|给|中|领)",
        "保证",
    ),
    _matter(
        "privacy",
        "隐私|泄露|泄漏|个人信息|信息安全|数据安全|被监控|偷看|偷拍",
        "隐私|泄露|个人信息|信息安全|数据安全",
    ),
    _matter(
        "licence",
        "考(?:个|一个)?证|执照|驾照|驾驶证|资格证|许可证|持证|办证|(?:要|用|得|需)(?:不)?要?.{0,4}(?:备案|报备|审批|许可)",
        "执照|驾驶证|资格证|许可|备案|报备|持证",
    ),
    _matter(
        "only",
        "(?:[只光单]|仅仅?)(?:限|让|给|准|许|发给?|对|面向|针对|支持|允许|能?由|许可|招|收|引进?|选|扶持|开放|服务于?|在(?![^,。]{0,10}(?:条|项|处|次|列|露面|参与|负责|出现|场景|领域)))(?![^,。]{0,8}(?:什么|哪|谁|多少|几))|仅限|只限|限于|(?:只|仅)有[^,。]{1,8}?(?:才能|才可以|能|可以)",
        "仅限|只限|只对|仅对|只能|限于|仅支持|只支持",
    ),
    _matter(
        "fee",
        "收费|涨价|收(?:不收)?[^,。]{0,3}钱|免费|要(?:不要)?钱(?!生)|花钱|票价|自费|掏钱|付费|交(?:多少)?钱",
        "收费|免费|票价|费用由|自费",
    ),
)


def matters_in(text: str) -> tuple[Matter, ...]:
    """Return the matters that a question asks about; 就怕被罚 only tells what moves the asker."""
    asking = [piece for piece in _PAUSE.split(text) if not _FEARS.search(piece)]
    return tuple(matter for matter in MATTERS if any(matter.asked.search(piece) for piece in asking))
