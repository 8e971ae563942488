"""`python -m vectorstore.train --material FOLDER`: make the embedded model."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import torch
import typer
from rich.console import Console

from vectorstore.embeddings import MODEL_FOLDER
from vectorstore.train.pipeline import Material, train
from vectorstore.train.recipe import Recipe

TRAINING = Path(__file__).parent.parent / "training"
LAY_PAIRS = TRAINING / "lay_pairs.jsonl"


def main(
    material: Annotated[
        Path, typer.Option(help="folder with corpus/laws, training/news and training/*_pairs.jsonl")
    ],
    lay_pairs: Annotated[Path, typer.Option(help="JSONL file of lay questions and passages")] = LAY_PAIRS,
    out: Annotated[Path, typer.Option(help="folder that the model is written to")] = MODEL_FOLDER,
    seed: Annotated[int, typer.Option(help="seed of everything random")] = Recipe().seed,
    threads: Annotated[int, typer.Option(help="processor cores; 1 gives the same model on every run")] = 1,
) -> None:
    """Make vocabulary, start vectors and model, and write them with a model card."""
    logging.basicConfig(level=logging.WARNING)
    torch.set_num_threads(threads)
    console = Console()
    recipe = Recipe(seed=seed)
    try:
        files = Material.of(
            material,
            [lay_pairs],
            references=sorted(TRAINING.glob("reference_pairs_*.jsonl")),
            labels=[TRAINING / "advice_labels.jsonl"],
        )
    except (FileNotFoundError, ValueError) as error:
        console.print(f"[red]{error}[/red]", soft_wrap=True)
        raise typer.Exit(2) from error
    figures = train(files, out, recipe, console.log)
    console.print(
        f"held-out lay questions (n={figures.questions}, {figures.candidates} candidates): "
        f"recall@1 {figures.recall_at_1:.3f}, @5 {figures.recall_at_5:.3f}, @10 {figures.recall_at_10:.3f}"
    )


if __name__ == "__main__":
    typer.run(main)
