"""The conditions that an official text writes, against a profile: met only where every word of one is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.normalizing import normalize
from assistant.support.granting import STATES_SUM, Receiver, grants_in
from assistant.support.money import exact, say_money
from assistant.support.offers import Offer
from assistant.support.pieces import pieces, whom_of, without_amount
from assistant.support.profile import HOME, Profile
from assistant.support.rows import Role
from assistant.support.sums import sum_of
from assistant.support.ticking import State, Tick
from assistant.support.vocabulary import Named, Vocabulary
from prompts.loader import Messages
from vectorstore.models import Clause, ClauseKind

_OF_ALL = re.compile("本政策|本办法|本细则|上述|享受|申报|申请|承诺")
_CLAUSES = re.compile(
    r"条件|(?:支持|补助|补贴|奖励|奖补|扶持|资助|受益|政策|享受)(?:对象|范围)|应当?(?:同时)?(?:具备|符合|满足)|(?:须|需)(?:同时)?(?:具备|符合|满足)|申报(?:对象|主体)|适用(?:于|对象|范围)|"
    r"(?:企业|公司|单位|主体|项目|申请人?|申报人?|享受)[^。;]{0,40}?(?:应当?|须|需|不得|限于|仅限)|失信|违法|违规|"
    r"不予(?:支持|补助|受理|奖励)|不得(?:申报|申请|享受)|评审|择优|入选|总量控制|额度内|名额"
)
"""What a clause holds that may keep an enterprise from what another clause of the text gives."""
_ITEM = re.compile(
    r"^\s*(?:\(\s*[一二三四五六七八九十\d]{1,3}\s*\)|\d{1,2}[.、]|[①-⑳])\s*(?P<text>.+?)[;。,]?\s*$"
)
_NUMBER = re.compile(r"^\s*(?:第\s*\S{1,9}?条|[一二三四五六七八九十]{1,3}、|\(\S{1,3}\)|\d{1,2}[.、])\s*")
_BINDS = re.compile(
    r"须|需|应|条件|限|仅|只|不得|不予|不再|验收|评审|评定|认定|其中|首次|完成后|达标|择优|排名|前\S{1,3}名|除外|另行"
    r"|(?<!不)超过|达到|的,|的再|未"
)
"""What may bind in the words beside those that say to whom something is given."""
_APPLIES = re.compile(
    r"(?:本[\u4e00-\u9fff]{2,6}适用于|(?:本[\u4e00-\u9fff]{2,6})?的?(?:支持|补助|补贴|奖励|奖补|扶持|资助)对象(?:为|是|:|限于))(?P<whom>.+)$"
)
_OF_CAPTION = re.compile(
    "适用|限|仅|规上|规模以上|高新|专精特新|小微|中小|科技型|重点|龙头|新建|[^的]类(?:企业|项目)"
)
"""What in the caption of a table says for whom it is."""
_HOME = re.compile(
    rf"(?:凡|已?在|注册地?在|住所在)?(?:{HOME}|{HOME.removesuffix('市')}|本市|市内|全市|我市)(?:行政)?(?:区?域)?(?:范围)?(?:以?内)?(?:的)?"
    r"(?:依法|合法|已)?(?:登记|注册|设立|成立|纳税|经营|和|并|、|生产)*(?:的)?(?:独立)?(?:法人)?"
)
_SUM = re.compile(
    r"(?P<kind>[\u4e00-\u9fff]{2,10}?)(?:总?额|总计|合计)?(?:达到|不低于|不少于|在|超过|大于|达)?(?P<sum>[\d.,]+[十百千]?[万亿]?)元"
    r"(?:\(含\))?(?:\(含本数\))?(?:及?以上|\(含\)以上)"
)
_QUOTES = re.compile("[“”\"'‘’]")
_OF_TITLE = re.compile(r"获得|取得|获评|获|通过|经|被|认定|评定|为|属于|是|企业|称号|资质|的|在有效期内|已")
_OF_NEED = re.compile(r"租用|租赁|购买|采购|使用|调用|开展|实施|进行|服务|项目|智能|企业|用于|等|的")
_READ = frozenset({ClauseKind.CLAUSE, ClauseKind.PARAGRAPH, ClauseKind.ROW})
_SIZES = {"中小微": ("微型", "小型", "中型"), "中小": ("微型", "小型", "中型"), "小微": ("微型", "小型")}


class TextTicker:
    """Ticks what an official text asks for; whatever is not understood to the last word is open."""

    def __init__(self, vocabulary: Vocabulary, messages: Messages) -> None:
        self._vocabulary = vocabulary
        self._say = messages

    def ticks(self, offer: Offer, quote: str, profile: Profile) -> tuple[Tick, ...]:
        """Return the conditions of a quoted sentence and of the rest of its text; () where it names none."""
        own = self._own(offer, quote)
        if own is None:
            return ()
        others = [part for clause in offer.document.clauses for part in self._of_clause(clause, offer)]
        texts = list(dict.fromkeys((*own, *others)))
        return (*self._purpose(offer, profile), *(self._tick(text, offer, profile) for text in texts))

    def _own(self, offer: Offer, quote: str) -> Sequence[str] | None:
        """Return what the quoted sentence or row asks for; None where it does not say to whom it gives."""
        if offer.row is not None:
            whom = normalize(offer.row.said(Role.OBJECT))
            return [*pieces(whom), *offer.row.conditions, *_beside_table(offer)] if whom else None
        said = whom_of(normalize(_NUMBER.sub("", quote)))
        if said is None:
            return None
        return [*pieces(without_amount(said)), *_beside(offer, quote, said)]

    def _purpose(self, offer: Offer, profile: Profile) -> Iterator[Tick]:
        """Yield as open what a sum is for, where the enterprise has not said that it needs it: 贷款贴息."""
        if offer.grant is None or set(offer.needs) & set(profile.needs):
            return
        titles = self._vocabulary.enterprises.certifications
        held = [word for one in titles if one.name in (profile.certifications or ()) for word in one.every]
        said = normalize(offer.sentence).lower()
        for word in sorted(held, key=len, reverse=True):
            said = said.replace(word.lower(), "")
        for need in self._vocabulary.needs:
            if need.id in offer.needs and any(word.lower() in said for word in need.words):
                yield self._open(self._say("tick.purpose", need=need.name), "needs")

    def _of_clause(self, clause: Clause, offer: Offer) -> Iterator[str]:
        """Yield the conditions of another clause: its items, or its sentences that hold one.

        What stands under a heading on conditions is one whatever its words.
        """
        if clause.path == offer.clause.path or clause.kind not in _READ:
            return
        ruled = {rule.text for rule in offer.rules}
        lines = [line for line in clause.text.splitlines() if line.strip()]
        if _CLAUSES.search(" > ".join(clause.heading_path.split(" > ")[:-1])):
            yield from (normalize(_NUMBER.sub("", line)).strip(" ;。,") for line in lines)
            return
        if not _CLAUSES.search(clause.text):
            return
        items = [match["text"] for line in lines[1:] if (match := _ITEM.match(normalize(line)))]
        if items and _CLAUSES.search(lines[0]):
            yield from items
            return
        others = [one.sentence for one in grants_in(clause) if one.receiver is not Receiver.OPEN]
        for sentence in re.findall(r"[^。;\n]+", _NUMBER.sub("", clause.text)):
            is_other = any(sentence in one for one in others) and not _OF_ALL.search(sentence)
            if _CLAUSES.search(sentence) and not is_other and not any(sentence in text for text in ruled):
                applies = _APPLIES.match(normalize(sentence.strip()))
                yield from pieces(applies["whom"]) if applies else (normalize(sentence.strip()),)

    def _tick(self, text: str, offer: Offer, profile: Profile) -> Tick:
        found = (
            self._home(text, profile)
            or self._figure(text, profile)
            or self._title(text, profile)
            or self._size(text, profile)
            or self._project(text, profile)
            or self._trade(text, profile)
            or self._need(text, offer, profile)
        )
        return found or self._open(text, "")

    def _home(self, text: str, profile: Profile) -> Tick | None:
        named = [one.name for one in self._vocabulary.enterprises.districts if one.name in text]
        if len(named) == 1 and _HOME.fullmatch(
            re.sub(f"(?:{HOME})?{named[0]}", HOME, text.removesuffix("企业"))
        ):
            return self._district(text, named[0], profile)
        if not _HOME.fullmatch(text):
            return None
        if profile.region is None:
            return self._open(text, "district")
        state = State.MET if profile.is_local else State.UNMET
        return Tick(text=text, state=state, why=self._say("tick.said", value=profile.region), by="region")

    def _district(self, text: str, district: str, profile: Profile) -> Tick:
        """Tick what asks for a district of this city: 在长兴县注册."""
        if profile.is_local and profile.district is None:
            return self._open(text, "district")
        state = State.MET if profile.is_local and profile.district == district else State.UNMET
        why = self._say("tick.said", value=profile.district or profile.region or "")
        return Tick(text=text, state=state, why=why, by="district")

    def _figure(self, text: str, profile: Profile) -> Tick | None:
        match = _SUM.fullmatch(text)
        least = sum_of(match["sum"]) if match else None
        kind = _named(match["kind"], self._vocabulary.enterprises.figures) if match else None
        if match is None or least is None or kind is None:
            return None
        is_revenue = kind == "营业收入"
        value = profile.revenue if is_revenue else profile.figures.get(kind)
        if value is None:
            return self._open(text, "revenue" if is_revenue else "figures")
        key, state = ("tick.reached", State.MET) if value >= least else ("tick.below", State.UNMET)
        why = self._say(key, value=say_money(exact(value)), least=say_money(exact(least)))
        return Tick(text=text, state=state, why=why)

    def _title(self, text: str, profile: Profile) -> Tick | None:
        for entry in self._vocabulary.enterprises.certifications:
            text_plain = _QUOTES.sub("", text)
            word = max((one for one in entry.every if one in text_plain), key=len, default=None)
            if word is None or _OF_TITLE.sub("", text_plain.replace(word, "", 1)):
                continue
            if entry.name in (profile.certifications or ()):
                why = self._say("tick.holds", title=entry.name)
                return Tick(text=text, state=State.MET, why=why, by="certifications")
            if profile.certifications == () or entry.name in profile.without:
                return Tick(text=text, state=State.UNMET, why=self._say("tick.lacks"))
            return self._open(text, "certifications")
        return None

    def _size(self, text: str, profile: Profile) -> Tick | None:
        plain = text.removesuffix("企业")
        allowed = _SIZES.get(plain) or tuple(
            one.name for one in self._vocabulary.enterprises.sizes if one.name == plain
        )
        if not allowed:
            return None
        if profile.size is None:
            return self._open(text, "size")
        state = State.MET if profile.size in allowed else State.UNMET
        return Tick(text=text, state=state, why=self._say("tick.said", value=profile.size), by="size")

    def _trade(self, text: str, profile: Profile) -> Tick | None:
        plain = re.sub(r"(?:类|行业|领域|产业)?(?:企业|公司)?$", "", text)
        known = self._vocabulary.industries_of((plain,))
        is_whole = any(plain in one.every for one in self._vocabulary.enterprises.industries)
        if plain and plain in profile.industry:
            why = self._say("tick.by_industry", words=plain)
            return Tick(text=text, state=State.MET, why=why, by="industry")
        if not (known and is_whole):
            return None
        why = self._say("tick.by_industry", words="、".join(profile.industry))
        ours = self._vocabulary.industries_of(profile.industry)
        if plain in ours or any(one.name in ours and plain in one.every for one in self._trades):
            return Tick(text=text, state=State.MET, why=why, by="industry")
        leaves = self._vocabulary.narrowest(ours)
        if not ours or ours & known or any(self._vocabulary.is_wider(a, b) for a in leaves for b in known):
            return self._open(text, "industry")
        return Tick(text=text, state=State.UNMET, why=why, by="industry")

    @property
    def _trades(self) -> Sequence[Named]:
        return self._vocabulary.enterprises.industries

    def _project(self, text: str, profile: Profile) -> Tick | None:
        """Tick what names a kind of project alone: 技术改造 is met by 技改, and not by 新建."""
        plain = _OF_NEED.sub("", text)
        kind = next((one.name for one in self._vocabulary.enterprises.projects if plain in one.every), None)
        if kind is None:
            return None
        if profile.project is None:
            return self._open(text, "project")
        why = self._say("tick.said", value=profile.project)
        return Tick(
            text=text, state=State.MET if kind == profile.project else State.UNMET, why=why, by="project"
        )

    def _need(self, text: str, offer: Offer, profile: Profile) -> Tick | None:
        for need in self._vocabulary.needs:
            if need.id not in offer.needs or need.id not in profile.needs:
                continue
            told = (need.name, *(one for one in need.words if one in need.name or one in profile.text))
            word = max((one for one in told if one in text), key=len, default=None)
            if word is not None and not _OF_NEED.sub("", text.replace(word, "", 1)):
                return Tick(text=text, state=State.MET, why=self._say("tick.by_need", need=need.name))
        return None

    def _open(self, text: str, asks: str) -> Tick:
        why = self._say("tick.unknown")
        return Tick(text=text, state=State.PAPERS, why=why, asks=asks, blocks=True)


def _beside(offer: Offer, quote: str, whom: str) -> Iterator[str]:
    """Yield what else may bind in a clause: behind the words that say to whom, and in its other sentences.

    What gives another sum to others binds nothing: ;省级的,给予50万元, or the next item of the clause.
    """
    plain, text = normalize(quote), _NUMBER.sub("", offer.clause.text)
    first, *rest = plain.partition(whom)[2].split(";")
    tail = (first, *(one for one in rest if not STATES_SUM.search(one)))
    for grant in grants_in(offer.clause) if offer.grant else ():
        if grant.sentence != quote:
            text = text.replace(grant.sentence, "")
    others = (normalize(one).strip() for one in re.findall(r"[^。;\n]+", text))
    yield from (
        one
        for one in (*(part.strip(",。; ") for part in tail), *(one for one in others if one not in plain))
        if _BINDS.search(one)
    )


def _beside_table(offer: Offer) -> Iterator[str]:
    """Yield what the words above, below and over a table ask for: 对规上企业按下列标准给予补助."""
    own, parent = offer.clause.path, offer.clause.path.rpartition("/")[0].rpartition("/")[0]
    caption = normalize(offer.clause.heading_path.split(" > ")[-1])
    if _OF_CAPTION.search(caption):
        yield caption
    for clause in offer.document.clauses:
        is_above = own.startswith(f"{clause.path}/")
        is_near = (
            bool(parent) and clause.kind is ClauseKind.PARAGRAPH and clause.path.startswith(f"{parent}/")
        )
        if clause.kind not in _READ or not (is_above or is_near):
            continue
        for sentence in re.findall(r"[^。;\n]+", normalize(_NUMBER.sub("", clause.text))):
            whom = whom_of(sentence)
            if whom is not None:
                yield from pieces(without_amount(whom))
            elif _BINDS.search(sentence):
                yield sentence


def _named(word: str, entries: Sequence[Named]) -> str | None:
    return next(
        (one.name for one in entries if word == one.name or word in (f"{one.name}额", *one.words)), None
    )
