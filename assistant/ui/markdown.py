"""Markdown of an answer -> HTML that is safe to put into the page.

Only what an answer needs is understood: paragraphs, line breaks, lists, headings, quotes, tables, rules,
code spans and `**bold**`. Raw HTML, links and images are not: they stay visible as the text that they are.
`[n]` becomes a link to the card of citation n, where there is such a citation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_MARKER = re.compile(r"\[(\d{1,3})\]")
_BLOCK_RULES = ["paragraph", "list", "blockquote", "heading", "table", "hr", "fence"]
_INLINE_RULES = ["text", "newline", "backticks", "strong", "marker"]
_LOWEST_HEADING = "h4"

MarkerLink = Callable[[int], str | None]


def _strong(state: StateInline, silent: bool) -> bool:
    """Parse `**bold**` without CommonMark's flanking rule, which fails beside Chinese punctuation."""
    start = state.pos
    if not state.src.startswith("**", start):
        return False
    end = state.src.find("**", start + 2, state.posMax)
    inner = state.src[start + 2 : end]
    if end < 0 or not inner.strip() or "\n" in inner:
        return False
    if not silent:
        outer_end = state.posMax
        state.pos, state.posMax = start + 2, end
        state.push("strong_open", "strong", 1)
        state.md.inline.tokenize(state)
        state.push("strong_close", "strong", -1)
        state.posMax = outer_end
    state.pos = end + 2
    return True


def _marker(state: StateInline, silent: bool) -> bool:
    """Parse `[n]` into a token of its own; what it looks like is decided when it is rendered."""
    match = _MARKER.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("marker", "", 0)
        token.content = match.group(1)
    state.pos = match.end()
    return True


def _render_marker(
    self: RendererHTML,  # noqa: ARG001 - the renderer fixes the signature
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,  # noqa: ARG001
    env: EnvType,
) -> str:
    number = int(tokens[index].content)
    link: MarkerLink = env["link"]
    return link(number) or f"[{number}]"


def _render_heading(
    self: RendererHTML,  # noqa: ARG001 - the renderer fixes the signature
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,  # noqa: ARG001
    env: EnvType,  # noqa: ARG001
) -> str:
    slash = "/" if tokens[index].nesting < 0 else ""
    return f"<{slash}{_LOWEST_HEADING}>"


def _build() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "breaks": True, "linkify": False})
    parser.inline.ruler.push("strong", _strong)
    parser.inline.ruler.push("marker", _marker)
    parser.enable([*_BLOCK_RULES, *_INLINE_RULES])
    parser.add_render_rule("marker", _render_marker)
    parser.add_render_rule("heading_open", _render_heading)
    parser.add_render_rule("heading_close", _render_heading)
    return parser


class AnswerMarkdown:
    """Renders answers; one instance serves every thread, it keeps nothing between calls."""

    def __init__(self) -> None:
        self._parser = _build()

    def html(self, text: str, link: MarkerLink) -> str:
        """Return the HTML of an answer's text.

        `link` gives the HTML of marker n (an anchor), or None where the answer has no such citation.
        """
        return str(self._parser.render(text, {"link": link}))


def plain_text(text: str) -> str:
    """Return an answer's text as it is read aloud: without marks of Markdown and markers."""
    without_markers = _MARKER.sub("", text)
    without_marks = re.sub(r"^\s*(?:#{1,6}|[-*+]|>)\s+|\*\*|`", "", without_markers, flags=re.MULTILINE)
    return " ".join(without_marks.split())
