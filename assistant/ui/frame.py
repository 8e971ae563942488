"""What surrounds the conversation: the head of the document and the masthead of the page."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from assistant.ui.settings import UiSettings
from assistant.ui.texts import UiTexts

_ASSETS = Path(__file__).parent / "assets"
_LOGO = (
    '<svg class="logo" viewBox="0 0 48 48" aria-hidden="true" focusable="false">'
    '<rect width="48" height="48" rx="12" class="logo-ground"/>'
    '<path d="M10 20c4.7-4 9.3-4 14 0s9.3 4 14 0" class="logo-wave"/>'
    '<path d="M10 29c4.7-4 9.3-4 14 0s9.3 4 14 0" class="logo-wave logo-wave-far"/></svg>'
)


def favicon_path() -> Path:
    """Return the file of the page's icon."""
    return _ASSETS / "favicon.png"


def head_html() -> str:
    """Return the page's own style and script, inlined: nothing is fetched."""
    css = "\n".join((_ASSETS / name).read_text(encoding="utf-8") for name in ("page.css", "support.css"))
    script = (_ASSETS / "page.js").read_text(encoding="utf-8")
    return f"<style>\n{css}\n</style>\n<script>\n{script}\n</script>"


def header(texts: UiTexts, settings: UiSettings) -> str:
    """Return the masthead; it also hands the script the few words that it says by itself."""
    words = {
        "copied": texts.copied,
        "copyFailed": texts.copy_failed,
        "announceCopied": texts.announce_copied,
        "announceCards": texts.announce_cards,
        "counter": texts.counter,
        "limit": settings.max_question_chars,
        "conversation": texts.conversation_label,
        "cards": texts.cards_title,
    }
    return (
        f'<a class="skip-link" href="#question">{escape(texts.skip_to_input)}</a>'
        f'<div class="masthead" id="words" data-words="{escape(json.dumps(words, ensure_ascii=False))}">'
        f'{_LOGO}<div class="masthead-words"><h1>{escape(texts.name)}</h1>'
        f"<p>{escape(texts.tagline)}</p></div>"
        f'<button type="button" id="large-type" class="toggle" aria-pressed="false">'
        f"{escape(texts.large_type)}</button></div>"
    )
