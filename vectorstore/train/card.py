"""The model card that is written beside the weights."""
# ruff: noqa: E501  (the card is a Markdown text)

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vectorstore.train.recipe import Recipe
from vectorstore.train.validation import ValidationFigures

CARD_FILE = "MODEL_CARD.md"

_CARD = """# {name}

The embedded Chinese embedding model of 湖小政: a vector a token, weighted, averaged and normalised.
No network, no GPU, no torch at inference. Made by `python -m vectorstore.train`; every setting of this
training stands at the end, every trial in docs/adr/0003-embedded-model.md.

## What it is for

Finding the policy clause that answers a question asked in everyday words. It is one leg of the search,
fused with words (BM25); it is no general sentence encoder and knows nothing of word order or negation.

## What it was trained on

| data | pairs | licence |
|---|---|---|
| lay questions on passages in policy style (`vectorstore/training/lay_pairs.jsonl`) | {lay} | own writing, MIT |
| legal_advice_pairs: questions with a lawyer's advice (lawyer-llama) | {legal} | Apache-2.0 |
| reading_pairs: questions on encyclopaedia passages (CMRC 2018) | {reading} | CC BY-SA 4.0 |
| laws and local regulations, unlabelled, for vocabulary and start vectors | | outside copyright in China (Copyright Law, art. 5) |
| news text, unlabelled, for vocabulary and start vectors | | Apache-2.0 |

STARD's questions (stard_pairs), the NCP set, golden questions and the plan's own questions were NOT used.
Figures (amounts, dates) in the lay passages are illustrative, never facts.

## Figures

Held-out lay questions, {questions} of them, by passage: no passage of theirs was seen in training. Each looks for its
own passage among {candidates} candidates (all held-out passages and articles of laws).

| recall@1 | recall@5 | recall@10 | MRR |
|---|---|---|---|
| {r1:.3f} | {r5:.3f} | {r10:.3f} | {mrr:.3f} |

Subjects of held-out passages can occur in training with other passages: the figures say how well new wordings of
known fields of policy are understood, and are too good for fields that no pair touches.

## Limits

- Static vectors: 「补贴企业」 and 「企业补贴」 are the same text; 「不」 hardly counts.
- Simplified Chinese; other scripts fall to single letters, unknown characters to one common vector.
- Dialect, slang and irony only as far as the lay pairs go.
- The lay pairs were written by a language model, not collected from people.

## Settings

{settings}
"""


def write_card(
    folder: Path, name: str, recipe: Recipe, figures: ValidationFigures, lay: int, generic: Sequence[int]
) -> None:
    """Write MODEL_CARD.md into the model's folder.

    Args:
        folder: the model's folder.
        name: the model's name with its digest.
        recipe: the settings of the training.
        figures: what it reaches on the held-out pairs.
        lay: number of lay pairs trained on.
        generic: numbers of legal and of reading pairs trained on.
    """
    legal, reading = generic
    settings = "\n".join(f"- {key}: {value}" for key, value in recipe.model_dump().items())
    text = _CARD.format(
        name=name,
        lay=lay,
        legal=legal,
        reading=reading,
        questions=figures.questions,
        candidates=figures.candidates,
        r1=figures.recall_at_1,
        r5=figures.recall_at_5,
        r10=figures.recall_at_10,
        mrr=figures.mrr,
        settings=settings,
    )
    (folder / CARD_FILE).write_text(text, encoding="utf-8")
