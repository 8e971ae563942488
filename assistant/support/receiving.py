"""What aid a description says was had already: 已经拿了省里的算力补贴 -> 省里的算力补贴."""

from __future__ import annotations

import re

from assistant.normalizing import normalize

_AID = (
    "(?:补贴|补助|奖励|奖补|奖金|资助|扶持|专项资金|贴息|代金券|创新券|[算模语场智]\\w{1,2}券)"
    "(?:资金|款|政策)?"
)
_GOT = (
    "(?:(?:领取|领|拿|享受|享有|获得|获|取得|得|申请|申领|申报|收)(?:到|取)?(?:过了?|了)"
    "|(?:已经?|曾经?)(?:领取|领|拿|享受|享有|获得|获|取得|得|申请|申领|收)(?:到|取)?)"
)
_AFTER_VERB = re.compile(f"(?P<verb>{_GOT})(?P<aid>[^,。;!?]{{0,24}}?{_AID})")
_BEFORE_VERB = re.compile(
    f"(?P<aid>[^,。;!?]{{0,24}}?{_AID})(?:我们|我司|公司|企业|厂里|已经?|都|早就?|也|去年|今年|前年|之前|曾经?){{0,4}}"
    "(?:(?:领取|领|拿|享受|获得|申请|申领)(?:到|取)?(?:过了?|了)|到账(?:过|了)?|到手(?:过|了)?)"
)
_SUM_PAID = re.compile(
    "(?:已经?|曾经?|去年|今年|前年|之前|以前)[^,。;!?\\d]{0,8}?(?P<aid>[补奖](?:贴|助|励)?(?:过|了)+\\d[\\d.,]*[万亿元]+)"
)
_DENIED = re.compile(
    "(?:没有?|未|不曾?|从未|能不能|能|可以|可否|想|要|怎么|如何|等|何时|哪里|多久)[^,。;!?]{0,4}$"
)
_ANY = "(?:任何|其他|其它|别的|什么|政府|财政|的)*(?:补贴|补助|奖励|奖补|资助|扶持|政策)"
_NONE_HAD = re.compile(
    f"(?:没有?|从未|未|不曾)(?:享受|享有|拿到?|领取?|获得|取得|申请|申领|申报)过?(?:了)?{_ANY}"
    f"|(?:^|[,。;!?]|我们|目前|之前|以前){_ANY}(?:都|也|还|一[个项分]|从来?){{0,3}}(?:没有?|未)(?:享受|拿|领取?|获得|申请|申领)"
)
_PREFIX = re.compile(
    "^(?:因为|如果|但是?|而且|另外|我们|我司|我厂|公司|企业|之前|以前|去年|今年|前年|已经?|曾经?|还|也|把|一笔|一项|了|过|的)+"
)


def denies_received(text: str) -> bool:
    """Whether a text says that its enterprise has had no aid at all; aid of one kind or level is not all."""
    return _NONE_HAD.search(normalize(text)) is not None


def read_received(text: str) -> tuple[str, ...]:
    """Return the aid that a text says its enterprise has had, in its words; what it only wants is none."""
    plain = normalize(text)
    found: dict[str, int] = {}
    for match in _AFTER_VERB.finditer(plain):
        if not _DENIED.search(plain[: match.start()]):
            found.setdefault(_cleaned(match["aid"]), match.start())
    for match in (*_BEFORE_VERB.finditer(plain), *_SUM_PAID.finditer(plain)):
        said = _cleaned(match["aid"])
        verbal = _AFTER_VERB.search(match["aid"]) or _DENIED.search(match["aid"])
        if not verbal and not any(said in one or one in said for one in found):
            found.setdefault(said, match.start())
    return tuple(sorted(found, key=lambda one: found[one]))


def _cleaned(aid: str) -> str:
    return _PREFIX.sub("", aid).strip() or aid
