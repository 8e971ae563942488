"""Whether a question asks if a document holds, since when, under which number; and which is meant."""

from __future__ import annotations

import re
from enum import StrEnum

from pydantic import Field

from assistant.ledger import Ledger
from assistant.matching import pairs
from assistant.normalizing import compact, normalize
from assistant.phrases import DOCUMENTS, names_a_thing, things_of
from assistant.understanding import Understanding
from vectorstore.models import Document, Record

_ABOUT = re.compile(
    "有效(?!的?(?:措施|途径|推进|方法|手段|办法|缓解|保障|提升))|失效|到期|过期|作废|废止|管用|能用(?:吗|不|嘛|么)|作数|算数|还算不算|现行"
    "|文号|发文字号|正式(?:的)?(?:发|印发|出台|公布|下发|稿|版|文件|施行|实施)"
    "|(?:什么时候|哪天|哪一天|何时|几号|啥时候|哪年|几时).{0,4}(?:施行|实施|生效|失效|到期|废止|发布|公布|印发|出台|执行)"
    "|(?:施行|实施|生效|执行|发布|公布|印发|出台)(?:的)?(?:日期|时间|了吗|了没|没有|是什么时候|是哪天)"
    "|成文(?:日期|时间)|落款|被.{0,6}(?:取代|替代|修改|废止)|(?:改|修订|修改)过吗|最新(?:版|的版本)|新版"
)
_HOW = re.compile(
    "(?:没写|没有写|没标|没注明|没有标|未标|不写).{0,6}(?:有效|效力|失效)|怎么(?:判断|知道|看).{0,8}(?:有效|失效|过期|作废)"
)
_WHICH = re.compile(
    "(?:新|旧|老|上级|下级|国家|省里|市里|(?:几|两)[个份](?:文件|政策|规定|办法|通知|意见|条例|法)|前后).{0,12}(?:冲突|矛盾|不一致|不一样|打架|对不上|有出入)"
    "|(?:听|按|以|看)哪(?:个|一个|份|一份|边)(?:的)?(?:为准|算|执行|说了算|$|\\?|吗|呢)"
)
_DATES = re.compile(
    "(?:成文|落款|发布|印发|公布|施行)(?:日期|时间).{0,10}(?:成文|落款|发布|印发|公布|施行)(?:日期|时间)?"
)
_THIS = re.compile(
    "(?:这|那|该|本)(?:个|份|部|项|条|些)?(?:三年)?(?:AI|人工智能)?(?:高质量发展)?(?:三年)?(?:行动)?(?:文件|计划|方案|办法|意见|通知|条例|规定|政策|公告|细则|法|稿)"
)
_FILLING = re.compile(
    "请问|麻烦|一下|我想|想问|问问|你们|湖州|市里|的话|是不是|是否|有没有|还有|现在|目前|如今|到底|究竟|已经|什么时候|哪一天|哪天|何时|几号"
    "|多少|什么|还|在|了|吗|呢|啊|呀|吧|的|是|没|有|就|都|也|么|不|和|哪个|文件|版本|正式|日期|时间|那个|这个|这份|那份|年|个|从|到|起|开始|自"
)
_SENTENCE = re.compile("[^。;!?\n]{4,}[。;!?]")
_STILL = re.compile("还(?:能|可以|来得及|让)(?:再)?(?:提|反馈|寄|交|补|说)")
_TITLE = re.compile("《([^《》]{3,60})》")
_OF_LAW = re.compile(
    "(?P<name>[\u4e00-\u9fff]{1,24}?(?:法典?|条例|办法|规定|细则))(?:的)?第[\\d一二三四五六七八九十百零〇]{1,7}[条章款]"
)
_OF_THIS = re.compile(
    "(?:这|那|本|该|此|哪|什么|上述|同一)(?:一)?(?:个|份|部|项|次)?(?:法典?|条例|办法|规定|细则)$"
)
_SAME_TITLE = 0.7
_BREAK = re.compile("[^0-9A-Za-z\u4e00-\u9fff]+")
_MOST_LEFT = 5
_LOCAL_LEVELS = frozenset({"市", "区县"})


class Asked(StrEnum):
    """What is asked about whether documents hold."""

    OF_DOCUMENT = "of_document"
    HOW = "how"
    WHICH = "which"
    DATES = "dates"
    UNNAMED = "unnamed"


class ValidityQuestion(Record):
    """A question about whether documents hold."""

    asks: tuple[Asked, ...] = Field(min_length=1)
    documents: tuple[Document, ...] = Field(default=(), description="the documents that it means")


def validity_question(understanding: Understanding, ledger: Ledger) -> ValidityQuestion | None:
    """Return what a question asks about the validity of documents, or None where it asks something else."""
    text = normalize(understanding.asked)
    if _STILL.search(text):
        return None
    named = _meant(text, understanding, ledger)
    general = [
        kind
        for kind, pattern in ((Asked.HOW, _HOW), (Asked.WHICH, _WHICH), (Asked.DATES, _DATES))
        if pattern.search(text)
    ]
    if general:
        return ValidityQuestion(asks=tuple(general), documents=named)
    asked = [text, *_SENTENCE.findall(text)]
    if not any(_is_about(one, named) for one in asked):
        return None
    if not named:
        return ValidityQuestion(asks=(Asked.UNNAMED,)) if _THIS.search(text) else None
    return ValidityQuestion(asks=(Asked.OF_DOCUMENT,), documents=named)


def names_unheld(text: str, ledger: Ledger) -> bool:
    """Whether a text names a document that is not held, by its title in 《》 or with an article.

    One beside it that is held answers; 第十三条 of another law is no thirteenth clause of a document at hand.
    """
    named = (match["name"] for match in _OF_LAW.finditer(text))
    laws = [name for name in named if name not in DOCUMENTS and not _OF_THIS.search(name)]
    if laws and ledger.titles.find(text).documents:
        return False
    titles = [*_TITLE.findall(text), *laws]
    return bool(titles) and not any(_is_held(title, ledger) for title in titles)


def _is_held(title: str, ledger: Ledger) -> bool:
    """Whether a title, perhaps shortened, is that of a document or stands in one."""
    asked = pairs(title)
    held = [pairs(document.title) for document in ledger.all_documents]
    near = any(sum((asked & one).values()) >= _SAME_TITLE * sum(asked.values()) for one in held)
    return near or any(compact(title) in compact(place.clause.text) for place in ledger.places)


def _meant(text: str, understanding: Understanding, ledger: Ledger) -> tuple[Document, ...]:
    """Return the documents that a text means: by name, 这个文件 by the turns before, or the only one."""
    context = understanding.context
    guessed = ledger.titles.guess(text).documents
    named = ledger.titles.find(text).documents or _meant_of(guessed, text, understanding.elsewhere, ledger)
    if named:
        return named
    if not (_THIS.search(text) or context or len(ledger.documents) == 1):
        return ()
    for turn in context:
        earlier = ledger.titles.find(turn)
        if earlier.documents:
            return earlier.documents
    return ledger.documents if len(ledger.documents) == 1 else ()


def _meant_of(
    documents: tuple[Document, ...], text: str, elsewhere: tuple[str, ...], ledger: Ledger
) -> tuple[Document, ...]:
    """Return the documents guessed without those of other cities, unless a word says more than 若干政策.

    Another city's document that is known in excerpts alone is meant only where the city is named:
    算力券的细则 asks for no one else's.
    """
    words = [word for word in things_of(text) if word not in DOCUMENTS]
    regions = {document.region for document in ledger.documents if document.document_id in ledger.explained}
    return tuple(
        document
        for document in documents
        if document.level not in _LOCAL_LEVELS
        or any(region and region in (document.region or "") for region in regions)
        or (document.is_excerpt and any(place in (document.region or "") for place in elsewhere))
        or (not document.is_excerpt and any(word in document.title for word in words))
    )


def _is_about(text: str, named: tuple[Document, ...]) -> bool:
    """Whether a text asks whether documents hold, and of nothing else: 学区什么时候公布 asks of 学区."""
    if not _ABOUT.search(text):
        return False
    rest = _FILLING.sub(" ", _THIS.sub(" ", _ABOUT.sub(" ", text)))
    titles = "".join(compact(document.title) + compact(document.number or "") for document in named)
    words = ["".join(one for one in word if one not in titles) for word in _BREAK.split(rest)]
    left = sum(1 for word in words for one in word if not one.isdigit())
    return left <= _MOST_LEFT and not any(names_a_thing(word) for word in words if word)
