"""Several questions in one message: found apart, answered one by one, put together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, zip_longest

from assistant.conversation import leans_on
from assistant.models import Answer, Citation, Status, Trace
from assistant.normalizing import normalize
from assistant.phrases import names_a_thing
from prompts.loader import Messages

_PLACES = ("first", "second", "third")
MOST = len(_PLACES)
_SHORTEST = 4
_SAME_ENDING = 2
_ANOTHER = "还有|另外|顺便|顺带|再问|同时想问"
_BOUNDARY = re.compile(f"(?<=[?;。!])|,(?=(?:{_ANOTHER}))")
_COMMA = re.compile("(?<=[^\\d]),|,(?=[^\\d])")
_ADDS = re.compile("^(?:除了|跟|和|与|比)")
_ASKS = re.compile(
    "[?]$|谁|哪|几[个家条项号天年位名]|多少|什么|啥|怎么|如何|吗|有没有|能不能|可不可以|是不是|讲没讲|写没写"
)
_COAXES = re.compile("(?:[不没呗吧]|一下|一个|(?P<verb>.)不(?P=verb))[。!?]*$")
_OF_SUPPORT = re.compile("申请|申报|申领|领|报名|补|钱|条件|流程|材料|能拿")
_KINDS = {
    "unit": re.compile(
        "谁(?:来|在)?(?:管|负责|牵头|发|抓|主管)|归谁|(?:哪个|哪家|什么|多少个?|几个?)(?:单位|部门|局|处)"
    ),
    "contact": re.compile("(?:电话|号码|邮编|地址|联系人)(?:是|写的?|给的?)?(?:多少|几|什么|啥|谁|哪)"),
    "consultation": re.compile("(?:征求|反馈|提).{0,6}(?:意见|建议).{0,8}(?:哪天|什么时候|啥时候|几号|截止)"),
    "person": re.compile(
        "(?:[长任理记]|负责人|组长|会长|专员|成员|第一人)(?:是|叫)(?:谁|哪|啥|什么)|谁(?:当|担任|是)"
    ),
    "people": re.compile("(?:多少|几)(?:个|名|位|号)?人|(?:有|共|配)(?:多少|几)(?:个|名|位)$"),
    "count": re.compile("(?:多少|几)[家个座所项条]?"),
    "content": re.compile("[做搞干][些]?(?:什么|啥|哪些)|(?:什么|啥)(?:内容|意思)|是(?:什么|啥)|怎么做"),
}
"""What is asked for: a question for another kind of thing is another question, even behind a comma."""
_NEEDS_NO_NAME = frozenset({"unit", "contact", "consultation", "people"})
_ELLIPTIC = re.compile("^(?:那么?)?(?P<name>[^,。;!?]{2,14})呢[?]?$")
"""国家级工厂呢: what was asked before is asked of another thing."""
_ALTERNATIVE = re.compile("还是")
_TWO = 2
_OF_IT = re.compile("[这那](?:事|个|些|块|项)|它")
_OPENS = re.compile(f"^(?:{_ANOTHER})(?:想|再)?(?:请)?(?:问)?(?:一?下)?")
_MARKER = re.compile(r"\[(\d+)\]")
_ANSWERS = frozenset({Status.ANSWERED, Status.UNSPECIFIED})
_NOWHERE = frozenset({Status.BLOCKED, Status.FAILED})


def questions_in(
    turn: str,
    names_subject: Callable[[str], bool] = lambda _: False,
    is_outside: Callable[[str], bool] = lambda _: False,
) -> tuple[str, ...]:
    """Return the two or three questions of a message, each with what is said before it; () for one.

    A question that names nothing of its own (是硬指标吗, 到什么时候) belongs to the one before. Between
    commas parts have to ask alike (X建几个,Y建几个), or each to name a subject (`names_subject`), or to ask
    for things of different kinds (谁管, 几家), or one of them something far outside (`is_outside`).
    """
    found: list[str] = []
    said = ""
    for piece in _pieces(normalize(turn), names_subject, is_outside):
        piece = piece.strip(" ,")
        apart = names_a_thing(piece) or _asks_otherwise(piece, found[-1:]) or is_outside(piece)
        if found and piece and not apart:
            found[-1] = f"{found[-1]}{piece}"
        elif len(piece) >= _SHORTEST and _asks(piece, is_outside):
            found.append(f"{said}{_OPENS.sub('', piece)}")
            said = ""
        elif piece:
            said = f"{said}{piece},"
    return tuple(found) if 1 < len(found) <= MOST else ()


def _pieces(
    text: str, names_subject: Callable[[str], bool], is_outside: Callable[[str], bool]
) -> Iterator[str]:
    """Yield the parts of a message; of one those between commas, where each asks of a subject of its own."""
    parts = [part for part in _BOUNDARY.split(text) if part.strip(" ,")]
    asking = _COMMA.split(parts[0]) if len(parts) == 1 else []
    alike = len(asking) > 1 and len({one.rstrip("?")[-_SAME_ENDING:] for one in asking}) == 1
    apart = alike or all(_stands_alone(one, names_subject) for one in asking)
    apart = apart or _asks_of_kinds(asking) or _asks_of_another(asking)
    apart = apart or _turns_outside(asking, names_subject, is_outside)
    yield from asking if asking and apart else parts


def _asks(text: str, is_outside: Callable[[str], bool]) -> bool:
    """Whether a part of a message asks for something."""
    asks = _ASKS.search(text) or _ALTERNATIVE.search(text) or _ELLIPTIC.match(text)
    return bool(asks) or _coaxes(text, is_outside)


def _coaxes(text: str, is_outside: Callable[[str], bool]) -> bool:
    """Whether a text asks for something outside in words that ask nothing of the documents: 讲个笑话呗."""
    return bool(_COAXES.search(text)) and is_outside(text)


def _kind_of(text: str) -> str:
    """Return what kind of thing a text asks for, '' where it is none that another could not be taken for."""
    if _OF_SUPPORT.search(text):
        return ""
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(text)), "")


def _asks_otherwise(piece: str, before: Sequence[str]) -> bool:
    """Whether a part asks for another kind of thing than the one before: 哪个局管 behind 目标几家."""
    kinds = [_kind_of(text) for text in (*before, piece)]
    return len(kinds) > 1 and bool(kinds[0]) and kinds[0] != kinds[1] and kinds[1] in _NEEDS_NO_NAME


def _asks_of_kinds(asking: Sequence[str]) -> bool:
    """Whether all parts ask, each for another kind of thing, the first of a subject that it names."""
    kinds = [_kind_of(one) for one in asking]
    return bool(asking) and all(kinds) and len(set(kinds)) == len(kinds) and names_a_thing(asking[0])


def _asks_of_another(asking: Sequence[str]) -> bool:
    """Whether the last of two parts asks of another thing what the first asks: 场景30个还是50个,工厂呢."""
    if len(asking) != _TWO or not names_a_thing(asking[0]):
        return False
    other = _ELLIPTIC.match(asking[1].strip())
    asks = _ASKS.search(asking[0]) or _ALTERNATIVE.search(asking[0])
    return bool(other and asks and names_a_thing(other["name"]) and not _ADDS.search(asking[0]))


def _turns_outside(
    asking: Sequence[str], names_subject: Callable[[str], bool], is_outside: Callable[[str], bool]
) -> bool:
    """Whether a part asks of a subject at hand, and another of something far from all that."""
    ours = any(_ASKS.search(one) and names_subject(one) for one in asking)
    away = any(is_outside(one) and (_ASKS.search(one) or _coaxes(one, is_outside)) for one in asking)
    return ours and away


def _stands_alone(text: str, names_subject: Callable[[str], bool]) -> bool:
    asks = bool(_ASKS.search(text)) and not _ADDS.search(text)
    return asks and names_subject(text) and not leans_on(text, names_subject)


def leaning_on(parts: Sequence[str], at: int) -> tuple[str, ...]:
    """Return a question of a message behind those that it points back to (里面提到哪些), else alone."""
    of_notice = _kind_of(parts[at]) == "contact" and "unit" not in map(_kind_of, parts)
    is_bare = not names_a_thing(parts[at]) and not of_notice
    points_back = leans_on(parts[at], lambda _: True) or _OF_IT.search(parts[at]) or is_bare
    of_another = _ELLIPTIC.match(parts[at])
    return tuple(parts[: at + 1]) if points_back or of_another else (parts[at],)


def is_loose(turn: str) -> bool:
    """Whether nothing but commas parts the questions of a message, so that each must be answered alone."""
    return len([part for part in _BOUNDARY.split(normalize(turn)) if part.strip(" ,")]) == 1


def answered_apart(
    answers: Sequence[Answer], say: Messages, each: bool = False, outside: Sequence[bool] = ()
) -> Answer | None:
    """Return the answers to several questions as one; None where they are none that can stand together.

    Each part keeps its words; the markers count on, and a clause that several cite has one.

    Args:
        answers: to the questions, in their order.
        say: the messages file.
        each: whether every one must be answered for them to stand together.
        outside: whether each question is far outside, so that its refusal stands with the others.
    """
    if any(one.status in _NOWHERE for one in answers) or not any(one.status in _ANSWERS for one in answers):
        return None
    away = outside or [False] * len(answers)
    if each and not all(one.status in _ANSWERS or far for one, far in zip(answers, away, strict=True)):
        return None
    if len({one.text for one in answers}) < len(answers):
        return None
    citations, numbers = _numbered(answers)
    parts = [
        f"**{say(f'parts.{_PLACES[at]}')}**\n\n{_renumbered(one.text, numbers(at))}"
        for at, one in enumerate(answers)
    ]
    everywhere = all(one.status is Status.ANSWERED for one in answers)
    return Answer(
        status=Status.ANSWERED if everywhere else Status.UNSPECIFIED,
        text="\n\n".join(parts),
        citations=citations,
        notices=tuple(dict.fromkeys(chain.from_iterable(one.notices for one in answers))),
        elapsed_ms=round(sum(one.elapsed_ms for one in answers), 2),
        trace=_traced([one.trace for one in answers]),
    )


def put_beside(answer: Answer, other: Answer) -> Answer:
    """Return an answer with another behind it; the markers count on."""
    citations, numbers = _numbered((answer, other))
    first, last = answer.notices[:-1], answer.notices[-1:]
    return answer.model_copy(
        update={
            "text": f"{answer.text}\n\n{_renumbered(other.text, numbers(1))}",
            "citations": citations,
            "notices": tuple(dict.fromkeys((*first, *other.notices, *last))),
        }
    )


def _numbered(answers: Sequence[Answer]) -> tuple[tuple[Citation, ...], Callable[[int], dict[int, int]]]:
    """Return the citations of all answers under new markers, and of each answer the new of its old ones."""
    found: dict[tuple[str, str], Citation] = {}
    renamed: list[dict[int, int]] = []
    for answer in answers:
        new: dict[int, int] = {}
        for one in answer.citations:
            key = (one.document_id, one.path)
            known = found.get(key)
            marker = known.marker if known else len(found) + 1
            quotes = tuple(dict.fromkeys((*(known.quotes if known else ()), *one.quotes)))
            found[key] = one.model_copy(update={"marker": marker, "quotes": quotes})
            new[one.marker] = marker
        renamed.append(new)
    return tuple(found.values()), renamed.__getitem__


def _renumbered(text: str, numbers: dict[int, int]) -> str:
    return _MARKER.sub(lambda match: f"[{numbers.get(int(match[1]), int(match[1]))}]", text)


def _traced(traces: Sequence[Trace]) -> Trace:
    """Return the trace of the first part with what all found, the best of each first."""
    turns = chain.from_iterable(zip_longest(*(one.retrieved for one in traces)))
    retrieved = tuple(dict.fromkeys(one for one in turns if one is not None))
    confidences = [one.confidence for one in traces if one.confidence is not None]
    return traces[0].model_copy(
        update={
            "retrieved": retrieved,
            "scores": (),
            "confidence": max(confidences, default=None),
            "rejected": tuple(chain.from_iterable(one.rejected for one in traces)),
        }
    )
