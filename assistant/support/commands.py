"""The command `match`: a profile in, the graded list out as Markdown or JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import ProfileError
from assistant.lexicon import load_lexicon
from assistant.support.canonical import canonical
from assistant.support.factory import MESSAGES
from assistant.support.markdown import MarkdownReport
from assistant.support.matches import Matching
from assistant.support.profile import Profile, load_profile
from assistant.support.vocabulary import load_vocabulary
from prompts.loader import load_messages

ProfileOption = Annotated[Path, typer.Option("--profile", help="企业情况,YAML 文件;字段见 README 的惠企匹配")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", help="按哪一天对照,如 2025-06-01;默认今天")]
CompareOption = Annotated[str | None, typer.Option("--compare", help="与哪些地方比较,逗号隔开,如 桐乡,杭州")]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def asked_profile(path: Path, compare: str | None) -> Profile:
    """Return the profile of a file, with the places to compare with.

    Raises:
        ProfileError: names the file, the field and the reason.
    """
    profile = canonical(load_profile(path), load_vocabulary(), load_lexicon().places, path.name)
    places = tuple(part.strip() for part in (compare or "").replace(",", ",").split(",") if part.strip())
    return profile.model_copy(update={"compare": places}) if places else profile


def asked_day(text: str | None, today: date) -> date:
    """Return the day that an option names, or today.

    Raises:
        ProfileError: it is no ISO date.
    """
    if text is None:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ProfileError(f"--as-of 应是日期,如 2025-06-01,得到 {text}。") from error


def shown(matching: Matching, as_json: bool) -> str:
    """Return a matching as the command prints it."""
    if as_json:
        return matching.model_dump_json(indent=2)
    return MarkdownReport(load_messages(MESSAGES)).text(matching)
