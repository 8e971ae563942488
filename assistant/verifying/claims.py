"""Claims of free sentences that need the clause's own words: negation, promises, instruments, contacts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verifying.book import Book, Page
from assistant.verifying.quantities import find_quantities
from assistant.verifying.rejection import Rejection

_HAN = "\u4e00-\u9fff"
_BENIGN = re.compile("不断|不同|不仅|不但|无论|未来|非常|无人")
_NEGATION = re.compile(f"[不没未无非勿](?P<next>[{_HAN}]?)|禁止|取消|停止|暂停|终止|拒绝|除外|撤销")
_PROMISE = re.compile(
    "(?:可以?|能够?|均可|都可|即可|就能|都能|会|将|必)(?:获得|获取|得到|享受|享有|领取|领到|申领|申请|申报|拿到|报销|减免|免除|获|享|领)"
    "|一定|必定|必将|必然|肯定|保证|确保|承诺|务必|必须|应当|无条件|立即|马上|现已|现在可|即日起|自动"
    f"|已经?[{_HAN}]|正在[{_HAN}]|正式(?:施行|实施|生效|印发|出台|发布)|生效|现行有效|开始(?:申领|受理|发放|实施|施行)"
    "|免费|无偿|全额|全部|所有|一律|人人|每[家人位户]|任何|唯一|首个|最[大高低好强多少]|优先"
)
_BENEFIT = re.compile(
    "补贴|补助|奖励|奖补|奖金|资助|津贴|贴息|减免|免税|退税|减税|报销|返还|返现|红包|补偿|免息|担保|房租|租金|落户|住房|罚款|处罚"
    f"|[{_HAN}]{{2}}券"
)
# Whether a document holds, and its number and dates, are told by fixed sentences from the catalog alone.
_STANDING = re.compile("文号|效力|有效期|失效|废止|施行|生效|发布日期|成文|落款")
_LABELLED = re.compile(
    "(?P<label>联系人|联系电话|电话|地址|邮编|邮政编码|反馈至|征集部门)(?:是|为|:|:|叫|在|\\s)*"
    "(?P<value>[^,。;、\\s]+)"
)
_BRACKETED = re.compile('[「『“"](?P<words>[^」』”"]+)[」』”"]')


# Sentences that explain other clauses share at most 0.25 of their pairs of characters with a clause (99th
# percentile of the shipped glosses), rewordings of it 0.37 and more: below 0.3 it is not from there.
_LEAST_SHARED = 0.3


def check_claims(text: str, pages: Sequence[Page], book: Book) -> Rejection | None:
    """Return which claim of a sentence its clauses do not make, or None."""
    held = "\n".join(page.plain for page in pages)
    if _share(text, held) < _LEAST_SHARED:
        return Rejection(reason="support", detail=text)
    return (
        _check_words(text, held, pages)
        or _check_negation(text, held)
        or _check_literal(_PROMISE, text, held, "promise")
        or _check_literal(_BENEFIT, text, held, "instrument")
        or _check_literal(_STANDING, text, held, "standing")
        or _check_instruments(text, held, pages, book)
        or _check_contacts(text, held)
    )


def _share(text: str, held: str) -> float:
    """Return the share of neighbouring characters of a text that the clauses hold; 1 where it has none."""
    plain = re.sub("[^\u4e00-\u9fffA-Za-z0-9]", "", text)
    pairs = [plain[start : start + 2] for start in range(len(plain) - 1)]
    return sum(1 for pair in pairs if pair in held) / len(pairs) if pairs else 1.0


def _check_words(text: str, held: str, pages: Sequence[Page]) -> Rejection | None:
    for match in _BRACKETED.finditer(text):
        words = match["words"]
        if words not in held and not any(page.holds(words) for page in pages):
            return Rejection(reason="quote", detail=words)
    return None


def _check_negation(text: str, held: str) -> Rejection | None:
    left = _BENIGN.sub(" ", text)
    for quantity in reversed(list(find_quantities(left))):
        left = left[: quantity.start] + " " + left[quantity.end :]
    for match in _NEGATION.finditer(left):
        if len(match.group()) < 2 or match.group() not in held:
            return Rejection(reason="negation", detail=left[match.start() : match.end() + 4])
    return None


def _check_literal(pattern: re.Pattern[str], text: str, held: str, reason: str) -> Rejection | None:
    for match in pattern.finditer(text):
        if match.group() not in held:
            return Rejection(reason=reason, detail=match.group())
    return None


def _check_instruments(text: str, held: str, pages: Sequence[Page], book: Book) -> Rejection | None:
    annotated = {one.name for page in pages for one in page.clause.instruments}
    for name in book.instruments:
        if name in text and name not in held and name not in annotated:
            return Rejection(reason="instrument", detail=name)
    return None


def _check_contacts(text: str, held: str) -> Rejection | None:
    for match in _LABELLED.finditer(text):
        value = match["value"].strip()
        whole = f"{re.escape(match['label'])}[::]?\\s*{re.escape(value)}(?=[\\s,。;、()]|$)"
        if not re.search(whole, held, re.M):
            return Rejection(reason="contact", detail=match.group())
    return None
