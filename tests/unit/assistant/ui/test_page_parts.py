"""Texts and style: what surrounds the conversation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import assistant.ui
from assistant.models import Audience
from assistant.ui.errors import TextsError
from assistant.ui.frame import head_html
from assistant.ui.server import address
from assistant.ui.texts import load_texts, texts_from

FOLDER = Path(next(iter(assistant.ui.__path__)))
CSS = (FOLDER / "assets" / "page.css").read_text(encoding="utf-8")
PAIRS = [
    ("ink", "ground"), ("ink", "surface"), ("muted", "ground"), ("muted", "surface"),
    ("primary", "surface"),
    ("primary", "primary-soft"), ("primary-strong", "primary-soft"), ("on-primary", "primary"),
    ("ink", "mark"),
    ("draft-ink", "draft"), ("good", "good-soft"), ("muted", "good-soft"), ("warn", "warn-soft"),
    ("calm", "calm-soft"), ("ink", "calm-soft"), ("bad", "bad-soft"),
    ("bad", "surface"), ("muted", "primary-soft"),
]  # fmt: skip


def colours(selector: str) -> dict[str, str]:
    block = CSS[CSS.index(f"\n{selector} {{") :].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", block))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [":root", "body.dark"])
@pytest.mark.parametrize("pair", PAIRS)
def test_every_text_has_at_least_the_contrast_of_wcag_aa(scheme: str, pair: tuple[str, str]) -> None:
    known = colours(scheme)
    lights = sorted(luminance(known[name]) for name in pair)
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5


def test_style_and_script_fetch_nothing() -> None:
    assert not re.search(r"https?:|//[a-z]+\.|@import|url\(", head_html())


def test_each_audience_has_at_least_four_examples_of_its_own() -> None:
    examples = load_texts().examples
    assert all(len(examples[audience]) >= 4 for audience in Audience)
    assert len({text for texts in examples.values() for text in texts}) == sum(map(len, examples.values()))


def test_an_incomplete_file_of_texts_is_named_with_the_place(tmp_path: Path) -> None:
    texts = load_texts().model_dump(mode="json")
    del texts["send"]
    with pytest.raises(TextsError, match="send"):
        texts_from(texts)
    path = tmp_path / "messages.yaml"
    path.write_text("other: 1", encoding="utf-8")
    with pytest.raises(TextsError, match=r"messages\.yaml"):
        load_texts(path)
    with pytest.raises(TextsError, match=r"nowhere\.yaml"):
        load_texts(tmp_path / "nowhere.yaml")


def test_a_status_without_words_is_refused() -> None:
    texts = yaml.safe_load(load_texts().model_dump_json())
    del texts["statuses"]["blocked"]
    with pytest.raises(TextsError, match="every value"):
        texts_from(texts)


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::1", "[::1]"), ("::", "[::1]")],
)
def test_the_printed_address_can_be_opened(host: str, shown: str) -> None:
    assert address(host, 7860) == f"http://{shown}:7860"
