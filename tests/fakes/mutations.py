"""Makes false sentences out of true ones, one change each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.ledger import Ledger
from assistant.models import Draft, Sentence, SentenceKind
from tests.fakes.truths import Mutant, Scene, is_true_all_the_same, is_true_there

Mutate = Callable[["Scene"], Iterator[Sentence]]
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_COUNT = {"5": "五", "10": "十", "40": "四十", "200": "二百", "30": "三十", "3": "三", "500": "五百"}
_WRONG = {"5": "五十", "10": "一百", "40": "四百", "200": "八百", "30": "三百", "3": "三十", "500": "五千"}
_FOREIGN_UNITS = ("市民政局", "市财政局", "市税务局", "市生态环境局")
FACTS = (
    "上市企业的目标是50家以上。", "算力券每张最高50万元。", "补贴30%。", "由市财政局负责发放。",
    "申报截止到2027年底。", "联系电话:0572-2398662。", "文件规定每家企业可获得十万元。",
    "该政策已于8月1日施行。", "龙头企业可优先领取。",
)  # fmt: skip


_INVENTED = (
    ",最高50万元", ",补贴30%", ",每家奖励一百万元", ",减免三成租金", ",可获得资金支持", ",即可申领"
)  # fmt: skip


def _numbers(scene: Scene) -> Iterator[Sentence]:
    number = r"(?<![0-9.\-+/])([0-9]+)(?=家|个|亿元|项|条|处|位)"
    yield from scene.replacing(number, r"\g<1>0")
    yield from scene.replacing(number, lambda match: str(4 * int(match[1])))
    yield from scene.replacing(number, lambda match: str(int(match[1]) + 1))
    yield from scene.replacing(number, lambda match: match[1][::-1] if match[1] != match[1][::-1] else "7")


def _measures(scene: Scene) -> Iterator[Sentence]:
    yield from scene.replacing("(?<=[0-9])家", "个")
    yield from scene.replacing("(?<=[0-9])个(?=以上|。|,|\\()", "家")
    yield from scene.replacing("(?<=[0-9])亿元", "万元")
    yield from scene.replacing("(?<=[0-9])亿元", "亿美元")


def _dates(scene: Scene) -> Iterator[Sentence]:
    yield from scene.replacing("2027", "2030")
    yield from scene.replacing("2030", "2027")
    yield from scene.replacing("2027年底", "2027年")
    yield from scene.replacing("2027年底", "2027年初")
    yield from scene.replacing("2030年底", "2030年")
    yield from scene.replacing("2025-07-10", "2025-07-20")
    yield from scene.replacing("2025-07-01", "2025-07-10")
    yield from scene.replacing("7月10日", "7月20日")
    yield from scene.replacing("2025(?=-)", "2026")
    yield from scene.replacing("2025—2027年", "2025—2030年")


def _comparators(scene: Scene) -> Iterator[Sentence]:
    yield from scene.replacing("(?<=[家个])以上", "")
    yield from scene.replacing("(?<=[家个])以上", "以下")
    yield from scene.replacing("(?<=[家个])以上", "左右")
    yield from scene.replacing("(?<=30个)(?!以上)", "以上")
    yield from scene.replacing("超(?=[0-9])", "")
    yield from scene.replacing("力争", "")
    yield from scene.replacing("超(?=[25]00亿)", "不超过")
    yield from scene.replacing("超(?=200亿)", "力争超")
    yield from scene.replacing("(?<![0-9])(?=[0-9]+家以上)", "力争")
    yield from scene.replacing("及以上", "")


def _units(scene: Scene) -> Iterator[Sentence]:
    names = sorted(scene.ledger.unit_names, key=len, reverse=True)
    listed = [name for name in names if name in scene.text]
    for place, name in enumerate(listed):
        other = names[(names.index(name) + 1 + place) % len(names)]
        yield from scene.saying(scene.text.replace(name, other))
        yield from scene.saying(scene.text.replace(name, _FOREIGN_UNITS[place % len(_FOREIGN_UNITS)]))


def _orders(scene: Scene) -> Iterator[Sentence]:
    for clause in scene.clauses:
        listed = [unit.name for unit in clause.units]
        shown = "、".join(listed)
        for part in (shown, "、".join(listed[1:])):
            names = part.split("、")
            if len(names) < 2 or part not in scene.text:
                continue
            yield from scene.saying(scene.text.replace(part, "、".join(reversed(names))))
            yield from scene.saying(scene.text.replace(part, "、".join([names[1], names[0], *names[2:]])))
            yield from scene.saying(scene.text.replace(part, "、".join(names[:-1])))
            yield from scene.saying(scene.text.replace(part, "、".join(names[1:])))
            yield from scene.saying(scene.text.replace(part, f"{part}、市财政局"))
            extra = next(name for name in scene.ledger.unit_names if name not in listed)
            yield from scene.saying(scene.text.replace(part, f"{part}、{extra}"))
            break
        if len(listed) > 1 and re.search("列第一", scene.text):
            yield from scene.saying(scene.text.replace(listed[0], listed[1]))


def _leads(scene: Scene) -> Iterator[Sentence]:
    yield from scene.replacing("列第一的责任单位", "牵头单位")
    yield from scene.replacing("列第一的责任单位", "主管部门")
    yield from scene.replacing("列第一的责任单位", "唯一责任单位")
    yield from scene.replacing("责任单位:([^、]+)、", r"\1牵头,")
    yield from scene.replacing("没有点名具体的局", "由市经信局牵头")


def _ranks(scene: Scene) -> Iterator[Sentence]:
    yield from scene.replacing("第([0-9])位", lambda match: f"第{int(match[1]) % 8 + 1}位")
    yield from scene.replacing(r"列名第[0-9]位|\(统称\)", "列第一")
    yield from scene.replacing(r"\(列第一\)", "(列名第2位)")
    yield from scene.replacing("列(?:在)?第[2-9]位", "列第1位")


def _counts(scene: Scene) -> Iterator[Sentence]:
    for wrong in ("5", "3", "1", "99"):
        yield from scene.replacing("(?<=共)[0-9]+(?=项|处|条|个)", wrong)
        yield from scene.replacing("(?<=[有另])[0-9]+(?=项|处|条|个)", wrong)
        yield from scene.replacing("(?<=列第一的)[0-9]+(?=项)|(?<=参与的)[0-9]+(?=项)", wrong)


def _clauses(scene: Scene) -> Iterator[Sentence]:
    ids = [place.clause_id for place in scene.ledger.places]
    own = scene.sentence.clause_ids
    for place, clause_id in enumerate(own):
        for step in (1, 5, 11, 17, 29):
            other = ids[(ids.index(clause_id) + step) % len(ids)]
            changed = (*own[:place], other, *own[place + 1 :])
            if other not in own and not is_true_there(scene, clause_id, other):
                yield scene.sentence.model_copy(update={"clause_ids": changed})


def _headings(scene: Scene) -> Iterator[Sentence]:
    headings = [place.clause.heading for place in scene.ledger.places if place.clause.heading]
    if scene.sentence.kind is SentenceKind.QUOTE:
        return
    for heading in sorted((one for one in headings if one in scene.text), key=len, reverse=True)[:1]:
        for step in (1, 7):
            other = headings[(headings.index(heading) + step) % len(headings)]
            text = scene.text.replace(heading, other)
            yield from scene.saying(text)
            yield scene.sentence.model_copy(update={"text": text, "quotes": (other,)})


def _quotes(scene: Scene) -> Iterator[Sentence]:
    if scene.sentence.kind is not SentenceKind.QUOTE:
        return
    quote, clause = scene.sentence.quotes[0], scene.clauses[0]
    middle = len(quote) // 2
    forged = [
        quote[:middle] + "的" + quote[middle:],
        quote[:middle] + quote[middle + 1 :],
        quote[: middle - 1] + quote[middle + 4 :],
        quote[:middle] + "……" + quote[middle + 3 :],
        quote[: middle - 1] + "不" + quote[middle:],
        quote.replace("、", "和", 1),
        quote + "。",
        " " + quote,
    ]
    forged += [quote[: match.end()] for match in re.finditer("[0-9]+[家个](?=以上)", quote)]
    limited = re.finditer("(?<=符合条件的)科创型|(?<=力争)到2030", quote)
    forged += [quote[match.start() :] for match in limited]
    forged += [place.clause.text.strip()[:40] for place in scene.ledger.places[5:45:9]]
    for other in forged:
        if (other != quote and other not in clause.text) or re.search("[家个]$|^科创型|^到2030", other):
            yield scene.sentence.model_copy(update={"text": f"「{other}」", "quotes": (other,)})


def _indicators(scene: Scene) -> Iterator[Sentence]:
    if scene.sentence.kind is SentenceKind.QUOTE:
        return
    targets = [entry.target for entry in scene.ledger.targets if entry.target]
    for target in targets:
        if target.indicator not in scene.text:
            continue
        for other in targets:
            if other.indicator != target.indicator:
                yield from scene.saying(scene.text.replace(target.indicator, other.indicator))
        yield from scene.saying(scene.text.replace(target.indicator, "独角兽企业"))
        break


def _instruments(scene: Scene) -> Iterator[Sentence]:
    for name, other in (
        ("算力券", "场景券"), ("场景券", "算力券"), ("模型券", "数据券"), ("专项基金", "专项资金"),
        ("揭榜挂帅", "赛马制"), ("无还本续贷", "贷款贴息"), ("耐心资本", "产业基金"),
    ):  # fmt: skip
        yield from scene.replacing(name, other)


def _negations(scene: Scene) -> Iterator[Sentence]:
    yield from scene.replacing("(?=支持|鼓励|提供|发放|给予|推动)", "不")
    yield from scene.replacing("(?<!不)(?<!就)是(?!否|指|超|最|承)", "不是")
    yield from scene.replacing("没有写明", "写明了")
    yield from scene.replacing("未载明", "已载明")
    yield from scene.replacing("列名的", "未列名的")
    yield from scene.replacing("中写到", "中没有写到")


def _amounts(scene: Scene) -> Iterator[Sentence]:
    for words in _INVENTED:
        yield from scene.saying(re.sub("(?=[。:」]?$)", words, scene.text, count=1))


def _contacts(scene: Scene) -> Iterator[Sentence]:
    yield from scene.replacing("0572-2398661", "0572-2398662")
    yield from scene.replacing("0572-2398661", "2398661-0572")
    yield from scene.replacing("0572-2398661", "13905720000")
    yield from scene.replacing("730号", "703号")
    yield from scene.replacing("313000", "310000")
    yield from scene.replacing("313000", "31300")
    yield from scene.replacing("顾莹萍", "顾莹平")
    yield from scene.replacing("顾莹萍", "顾莹")
    yield from scene.replacing("凤凰路", "龙凤路")
    yield from scene.replacing("吴兴区", "南浔区")
    yield from scene.replacing("数字经济处", "综合处")
    yield from scene.replacing("12345", "12355")


def _uncited(scene: Scene) -> Iterator[Sentence]:
    if scene.sentence.clause_ids:
        bare = {"clause_ids": (), "quotes": ()}
        if re.search("[0-9]|单位|「", scene.text) and not re.search("有[0-9]+(?:项|处相关)", scene.text):
            yield scene.sentence.model_copy(update=bare)
        return
    for fact in FACTS:
        yield scene.sentence.model_copy(update={"text": scene.text + fact})
        yield scene.sentence.model_copy(update={"text": fact})


def _disguises(scene: Scene) -> Iterator[Sentence]:
    if scene.sentence.kind is SentenceKind.QUOTE:
        return
    number = "([0-9]+)(?=家|个|亿元)"
    yield from scene.replacing(number, lambda match: f"{match[1]}0".translate(_FULL))
    yield from scene.replacing(number, lambda match: _WRONG.get(match[1], "九十九"))
    yield from scene.replacing(number, lambda match: f"{match[1][0]}\u200b{match[1][1:]}0")
    yield from scene.replacing("2027(?=年)", lambda match: "2030".translate(_HAN_DIGITS))
    yield from scene.replacing("2027(?=年)", lambda match: "2030".translate(_FULL))
    yield from scene.replacing("([0-9]+家)以上", r"百分之三十")
    yield from scene.replacing("([0-9]+[家个])以上", r"近\1")
    yield from scene.replacing("([0-9]+[家个])以上", r"至多\1")
    yield from scene.replacing("超(?=[0-9])", "大约")


CLASSES: dict[str, Mutate] = {
    "numbers": _numbers, "measures": _measures, "dates": _dates, "comparators": _comparators, "units": _units,
    "orders and lists": _orders, "lead words": _leads, "ranks": _ranks, "counts": _counts,
    "clauses": _clauses, "headings": _headings, "quotes": _quotes, "indicators": _indicators,
    "instruments": _instruments,
    "negations": _negations, "amounts": _amounts, "contacts": _contacts, "uncited": _uncited,
    "disguises": _disguises,
}  # fmt: skip


def mutants(drafts: list[Draft], ledger: Ledger) -> Iterator[Mutant]:
    """Yield every mutant of every sentence; the same change of the same sentence only once."""
    seen: set[tuple[str, Sentence, tuple[str, ...]]] = set()
    for draft in drafts:
        for position, sentence in enumerate(draft.sentences):
            for kind, mutate in CLASSES.items():
                for changed in mutate(Scene(sentence, ledger)):
                    if is_true_all_the_same(changed, ledger):
                        continue
                    key = (kind, changed.model_copy(update={"counted": ()}), sentence.clause_ids)
                    if key not in seen and changed != sentence:
                        seen.add(key)
                        yield Mutant(kind, sentence, changed, draft, position)
