"""The model card that is written beside the weights."""
# ruff: noqa: E501  (the card is a Markdown text)

from __future__ import annotations

from dataclasses import dataclass
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
| questions on clauses of laws, local rules and known measures (`vectorstore/training/reference_pairs_*.jsonl`) | {references} | own writing, MIT; the texts are laws |
| people's own questions of legal_advice_pairs with the clause that answers, labelled for this (`vectorstore/training/advice_labels.jsonl`) | {labels} | questions Apache-2.0, labels MIT; the texts are laws |
| legal_advice_pairs: questions with a lawyer's advice (lawyer-llama) | {legal} | Apache-2.0 |
| reading_pairs: questions on encyclopaedia passages (CMRC 2018) | {reading} | CC BY-SA 4.0 |
| laws and local regulations, unlabelled, for vocabulary and start vectors | | outside copyright in China (Copyright Law, art. 5) |
| news text, unlabelled, for vocabulary and start vectors | | Apache-2.0 |

STARD's questions (stard_pairs), the NCP set, golden questions and the plan's own questions were NOT used.
Figures (amounts, dates) in the lay passages are illustrative, never facts.

## Figures

Held-out questions, by passage: no passage of theirs was seen in training. Each looks for its own passage among some
{candidates} candidates (all held-out passages of its kind and 5,000 articles of laws).

| held out | questions | recall@1 | recall@5 | recall@10 | MRR |
|---|---|---|---|---|---|
| passages in policy style | {lay_row} |
| clauses of real texts | {reference_row} |
| people's own questions on laws | {label_row} |

Subjects of held-out passages can occur in training with other passages: the figures say how well new wordings of
known fields of policy are understood, and are too good for fields that no pair touches.

## Limits

- Static vectors: 「补贴企业」 and 「企业补贴」 are the same text; 「不」 hardly counts.
- Simplified Chinese; other scripts fall to single letters, unknown characters to one common vector.
- Dialect, slang and irony only as far as the lay pairs go.
- The lay pairs were written by a language model, not collected from people; people's own questions were labelled by one.

## Settings

{settings}
"""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Pairs that a model was trained on, by source."""

    lay: int
    references: int
    labels: int
    legal: int
    reading: int


@dataclass(frozen=True, kw_only=True)
class CardFigures:
    """What a model reaches on the pairs held out of each kind."""

    lay: ValidationFigures
    references: ValidationFigures | None
    labels: ValidationFigures | None


def write_card(folder: Path, name: str, recipe: Recipe, figures: CardFigures, counts: Counts) -> None:
    """Write MODEL_CARD.md into the model's folder.

    Args:
        folder: the model's folder.
        name: the model's name with its digest.
        recipe: the settings of the training.
        figures: what it reaches on the held-out pairs.
        counts: how many pairs of each source it was trained on.
    """
    text = _CARD.format(
        name=name,
        lay=counts.lay,
        references=counts.references,
        labels=counts.labels,
        legal=counts.legal,
        reading=counts.reading,
        candidates=figures.lay.candidates,
        lay_row=_row(figures.lay),
        reference_row=_row(figures.references),
        label_row=_row(figures.labels),
        settings="\n".join(f"- {key}: {value}" for key, value in recipe.model_dump().items()),
    )
    (folder / CARD_FILE).write_text(text, encoding="utf-8")


def _row(figures: ValidationFigures | None) -> str:
    if figures is None:
        return "0 | - | - | - | -"
    shares = (figures.recall_at_1, figures.recall_at_5, figures.recall_at_10, figures.mrr)
    return " | ".join([str(figures.questions), *(f"{share:.3f}" for share in shares)])
