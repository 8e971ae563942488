"""How the route of a follow-up is mixed with that of what it leans on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from assistant.conversation import is_elliptic
from assistant.phrases import names_attribute
from assistant.routing.classifier import Routing
from assistant.understanding import IN_SCOPE, Detail, Route

LEANING_WEIGHT = 0.5
_ASKS_WHOM = re.compile(
    "^(?:那么?|这事儿?|这个?)?(?:(?:[我他她]|我们|咱们?)?该?(?:要|得)?[找问]谁|找哪个|找哪家|归谁|谁管|谁来管)"
)
_ASKS_OTHERS = re.compile(
    "谁来?(?:赔|掏|付钱|付费|买单|出钱|担责任|负法律责任|能领|可以领|能用|能拿|能申请|受益)|谁(?:能|可以)来?(?:牵头|建|做|参与|承担)|(?:发|卖|送|补)给谁|给谁用|哪几家|第一批有哪"
)
"""Who pays, who gets it, who belongs to it: no question for responsible units."""
_MAY_HAVE = re.compile(
    "(?:能不能|可不可以|能|可以|有资格|够格|轮得?上).{0,6}(?:申请|申报|领|拿|享受|用|办|参加|贷).{0,3}(?:[吗么不]|$)"
)
"""Whether somebody may have what was explained before: 算力券是什么, 我是个体户能申请吗."""
_OF_CONSULTATION = 0.6
_OWN_SHARE = 0.75
"""Of a turn that names no subject, or says itself what it asks: 入了库有什么好处."""
_ASKS_ITSELF = re.compile("怎么|如何|咋|什么|啥|多少|谁|哪|几")
_ELLIPTIC_SHARE = 0.25
"""Of a turn such as 那文旅呢: what is asked was said before."""
_DETAILS = {
    "电话": Detail.PHONE,
    "号码": Detail.PHONE,
    "联系方式": Detail.PHONE,
    "地址": Detail.PLACE,
    "联系人": Detail.PERSON,
    "文号": Detail.STATUS,
}
_DETAIL_NAMED = re.compile(
    f"(?P<name>{'|'.join(_DETAILS)})(?:号码)?(?:是|为|有没有|给|写)?(?:多少|几|啥|什么|哪|谁|吗|呢|$)"
)
_Name = TypeVar("_Name", Route, Detail)


@dataclass(frozen=True, kw_only=True)
class Leaning:
    """What a turn leans on, see `Understanding`."""

    context: tuple[str, ...] = ()
    told: str = ""
    topic: str = ""
    is_bare: bool = False
    leans: bool = False
    strays: bool = False
    is_away: bool = False
    """whether it turns to matters of one's own life: 看病报销多少 behind 医疗场景讲什么"""
    standalone: str
    before: Routing | None = None
    """of the topic, where the turn leans on it"""


def routes_of(text: str, routing: Routing, back: Leaning) -> tuple[dict[str, float], dict[str, float]]:
    """Return the probabilities of routes and details, mixed with those of what a turn leans on."""
    is_open = is_elliptic(text) and not names_attribute(text)
    ours = _OWN_SHARE if back.is_bare or _ASKS_ITSELF.search(text) else LEANING_WEIGHT
    if back.leans and is_open:
        ours = _ELLIPTIC_SHARE
    own = _in_scope(routing.routes) if back.leans else routing.routes
    routes = _mixed(own, back.before.routes if back.before else None, ours)
    details = _mixed(routing.details, back.before.details if back.before else None, ours)
    routes = _with_own(Route.META, routing, routes)
    if back.is_bare and not is_open:  # what is asked of the subject is asked by this turn alone
        details = {str(name): value for name, value in routing.details.items()}
    details.update(_named_detail(text))
    if _ASKS_OTHERS.search(text):
        routes[Route.UNIT] = 0.0
    if back.before and _MAY_HAVE.search(text):
        routes[Route.DEFINITION] = 0.0
    if back.is_bare and _ASKS_WHOM.search(text) and routes[Route.CONTACT] < _OF_CONSULTATION:
        routes[Route.UNIT], details[Detail.UNIT], details[Detail.PERSON] = 1.0, 1.0, 0.0
    return routes, details


def _with_own(route: Route, routing: Routing, routes: Mapping[str, float]) -> dict[str, float]:
    """Return probabilities with that of one route as the turn alone has it; all add up to 1 as before."""
    own, rest = routing.routes[route], 1.0 - routes[route]
    share = (1.0 - own) / rest if rest else 0.0
    return {name: own if name == route else value * share for name, value in routes.items()}


def _in_scope(routes: Mapping[Route, float]) -> dict[Route, float]:
    """Return the probabilities of the routes in scope as parts of a whole: a follow-up is about its topic."""
    own = sum(routes[route] for route in IN_SCOPE)
    if not own:
        return dict(routes)
    raised = (own + routes[Route.OUT_OF_SCOPE]) / own
    inside = {route: value * raised for route, value in routes.items() if route in IN_SCOPE}
    return {**routes, **inside, Route.OUT_OF_SCOPE: 0.0}


def _mixed(
    ours: Mapping[_Name, float], before: Mapping[_Name, float] | None, share: float
) -> dict[str, float]:
    """Return the probabilities of a turn, mixed with those of what it leans on."""
    if before is None:
        return {str(name): value for name, value in ours.items()}
    return {str(name): share * value + (1 - share) * before[name] for name, value in ours.items()}


def _named_detail(text: str) -> dict[str, float]:
    """Return the probabilities of details that a question asks for by name: 电话多少 asks for no sum."""
    match = _DETAIL_NAMED.search(text)
    return {_DETAILS[match["name"]].value: 1.0, Detail.MONEY.value: 0.0} if match else {}
