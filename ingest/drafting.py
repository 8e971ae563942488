"""Drafts of glosses by a chat model, into the review file; a person takes the mark off before they count."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import yaml

from ingest.glosses import Gloss, read_glosses
from ingest.widths import halve
from prompts.loader import load_prompt
from vectorstore.models import Clause, ClauseKind, Document

_GLOSSED = frozenset({ClauseKind.CLAUSE, ClauseKind.PARAGRAPH, ClauseKind.NOTICE})
_FIGURE = re.compile(r"\d+(?:\.\d+)?%?|[零〇一二两三四五六七八九十百千万亿]{2,}")
_MAX_LENGTH = 300
_HEADER = (
    "# 通俗解读 (everyday wording) of clauses. Shown as 通俗说, searched, never cited as policy.\n"
    "# `draft: true`: written by a model, not yet reviewed; it does not count until the line is taken out.\n"
)


class Replies(Protocol):
    """Answers a system prompt and a text."""

    def reply(self, system: str, user: str) -> str:
        """Return the reply."""
        ...


@dataclass(frozen=True)
class Drafted:
    """What came of the drafting: clauses with a draft, and clauses whose draft was not taken, with why."""

    written: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def draft_glosses(
    document: Document, folder: Path, model: Replies, tell: Callable[[int, int], None]
) -> Drafted:
    """Write a draft for each clause without a gloss that fits; an interruption loses none.

    Args:
        document: the document as it is in the index.
        folder: the folder of review files.
        model: the chat model.
        tell: called with the clauses done and all clauses.
    """
    kept = list(read_glosses(folder, document.document_id))
    digests = {gloss.path: gloss.digest for gloss in kept}
    wanted = [one for one in document.clauses if _needs(one) and digests.get(one.path) != one.digest]
    written: list[str] = []
    refused: list[tuple[str, str]] = []
    for done, clause in enumerate(wanted, start=1):
        gloss = _gloss_in(model.reply(load_prompt("gloss").body, f"{clause.heading_path}\n{clause.text}"))
        reason = fault_of(gloss, clause.text)
        if reason:
            refused.append((clause.path, reason))
        else:
            kept = [one for one in kept if one.path != clause.path]
            kept.append(Gloss(path=clause.path, digest=clause.digest, gloss=gloss, draft=True))
            _write(folder / f"{document.document_id}.yaml", kept)
            written.append(clause.path)
        tell(done, len(wanted))
    return Drafted(tuple(written), tuple(refused))


def fault_of(gloss: str, clause: str) -> str | None:
    """Return why a draft is not taken, or None: it is empty, too long, or states a figure of its own."""
    if not gloss:
        return "没有内容"
    if len(gloss) > _MAX_LENGTH:
        return f"长 {len(gloss)} 字,超过 {_MAX_LENGTH} 字"
    own = [figure for figure in _FIGURE.findall(halve(gloss)) if figure not in halve(clause)]
    return f"含条款没有的数字 {'、'.join(own)}" if own else None


def _needs(clause: Clause) -> bool:
    return clause.kind in _GLOSSED and bool(clause.text.strip())


def _gloss_in(reply: str) -> str:
    """Return the gloss of a reply, '' where the reply is not the JSON object that was asked for."""
    found = re.search(r"\{.*\}", reply, re.DOTALL)
    try:
        value = json.loads(found.group(0)).get("gloss", "") if found else ""
    except (ValueError, AttributeError):
        return ""
    return " ".join(value.split()) if isinstance(value, str) else ""


def _write(path: Path, glosses: Sequence[Gloss]) -> None:
    """Replace the review file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = [gloss.model_dump(exclude_defaults=True) for gloss in glosses]
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=1000)
    beside = path.with_suffix(".tmp")
    beside.write_text(_HEADER + text, encoding="utf-8")
    beside.replace(path)
