"""The command line of the evaluations: python -m eval COMMAND."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, cast, get_args

import typer
from rich.console import Console

from assistant.errors import AssistantError
from assistant.settings import RootSettings
from eval import (
    commands,
    format_commands,
    gate_commands,
    peer_commands,
    profile_commands,
    scope_commands,
)
from eval.ablation import ablate
from eval.beir import read_beir
from eval.errors import EvalError
from eval.golden import SHIPPED, read_golden
from eval.plain_ordering import fit_plain
from eval.questions import fit_on_questions
from eval.retrieval import Leg, measure, write_trec
from eval.settings import IndexSettings
from eval.showing import ablation_markdown, ablation_table, progress_bars, retrieval_table
from ingest.errors import IngestError
from ingest.factory import build_documents
from ingest.settings import IngestSettings
from vectorstore.errors import VectorStoreError
from vectorstore.factory import load_embedder
from vectorstore.ordering import ORDERING_FILE
from vectorstore.plain_ordering import PLAIN_ORDERING_FILE

app = typer.Typer(no_args_is_help=True, help="Measures what retrieval finds and what answers say.")
app.add_typer(commands.golden_app, name="golden")
app.command(help="逐题问助手,留下回答、引用与检索次序;中断后可接着做。")(commands.generate)
app.command(help="给一次评测评分,不调用任何模型。")(commands.score)
app.command(help="比较两次评测;退出码 0 未变差,1 变差,2 无法判断。")(gate_commands.compare)
app.command(help="写出一次评测的报告(HTML 与 Markdown)。")(gate_commands.report)
app.command("run", help="作答、评分、与基线比较、写报告;退出码 0 未变差,1 变差,2 无法判断。")(
    gate_commands.run
)
app.command(help="把一次评测定为新基线,记下谁、何时、为什么。")(gate_commands.accept)
app.command(help="企业匹配:与金标企业对照,陷阱有没有踩;踩了则退出码 1。")(profile_commands.profiles)
app.command(help="范围:范围内的问题答了多少,范围外的拒了多少。")(scope_commands.scope)
app.command(help="文件改动影响了哪些金标问题与回答;有待复核的则退出码 1。")(gate_commands.impact)

app.command(help="官方文件读得怎么样:各格式的份数,标题、文号、机关、日期与人工标注相比。")(
    format_commands.formats
)


app.command(help="与通行做法相比:同样的问题、同样的向量模型、同样的篇幅。")(peer_commands.peers)


@app.callback()
def main() -> None:
    """Measure what retrieval finds and what answers say."""


@app.command()
def retrieval(
    corpus: Annotated[Path, typer.Option(help="corpus.jsonl: _id, title (optional), text")],
    queries: Annotated[Path, typer.Option(help="queries.jsonl: _id, text")],
    qrels: Annotated[Path, typer.Option(help="qrels.tsv: query-id, corpus-id, score")],
    run_out: Annotated[Path | None, typer.Option(help="write the last leg's run in TREC format")] = None,
    legs: Annotated[str, typer.Option(help="which legs, in this order")] = "bm25,dense,fused",
    as_json: Annotated[bool, typer.Option("--json", help="print the report as JSON")] = False,
) -> None:
    """Run any BEIR-layout set through the product's retriever, in a fresh temporary index."""
    wanted = parse_legs(legs)
    with progress_bars() as progress:
        data = read_beir(corpus, queries, qrels)
        settings = IndexSettings().vectorstore
        report, runs = measure(data, wanted, settings, load_embedder(settings), progress)
    if run_out is not None:
        write_trec(run_out, runs[wanted[-1]], wanted[-1])
    if as_json:
        typer.echo(report.as_json())
    else:
        Console(width=160).print(retrieval_table(report))


@app.command()
def ablation(
    golden: Annotated[Path, typer.Option(help="golden questions, JSON lines")] = SHIPPED,
    document: Annotated[
        list[Path] | None, typer.Option(help="files to ingest; default: the shipped corpus")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print the rows as JSON")] = False,
    markdown: Annotated[bool, typer.Option(help="print a table in Markdown")] = False,
) -> None:
    """Show what each part of retrieval adds on golden questions, by type of question."""
    questions = read_golden(golden)
    section = IngestSettings()
    paths = document or sorted(section.corpus_dir.glob("*.txt"))
    with progress_bars() as progress:
        documents, settings = build_documents(paths, section), IndexSettings().vectorstore
        rows = ablate(documents, questions, settings, load_embedder(settings), progress)
    if as_json:
        typer.echo(json.dumps([row.model_dump() for row in rows], ensure_ascii=False, indent=2))
    elif markdown:
        typer.echo(ablation_markdown(rows))
    else:
        Console(width=160).print(ablation_table(rows))


@app.command()
def order(
    material: Annotated[
        Path | None,
        typer.Option(help="training material; fits the order of texts without glosses instead"),
    ] = None,
) -> None:
    """Fit the order of the candidates on questions whose clauses are known, and write it for the search."""
    with progress_bars() as progress:
        if material is None:
            path, fitted = ORDERING_FILE, fit_on_questions(RootSettings(), progress)
        else:
            path = PLAIN_ORDERING_FILE
            fitted = fit_plain(material, IndexSettings().vectorstore, progress)
    path.write_text(fitted.ordering.model_dump_json() + "\n", encoding="utf-8")
    typer.echo(
        f"n={fitted.ordering.n_questions} five-fold "
        f"hit_rate@1 {fitted.first:.3f} hit_rate@5 {fitted.within:.3f}"
    )


def parse_legs(text: str) -> list[Leg]:
    """Return the legs that a comma-separated list names.

    Raises:
        typer.BadParameter: One is unknown or named twice.
    """
    names = [name.strip() for name in text.split(",")]
    if len(set(names)) != len(names) or not set(names) <= set(get_args(Leg)):
        raise typer.BadParameter(f"{text}: name each of {', '.join(get_args(Leg))} at most once")
    return cast("list[Leg]", names)


def run() -> None:
    """Run the command line; a fault that people can mend is one line and exit code 2."""
    try:
        app()
    except (AssistantError, EvalError, IngestError, VectorStoreError) as error:
        Console(stderr=True).print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise SystemExit(2) from error


if __name__ == "__main__":
    run()
