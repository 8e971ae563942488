"""The rules of the house that a program can check."""

from __future__ import annotations

import ast
import subprocess

import pytest

from tests.architecture.sources import PACKAGES, ROOT, Source, sources

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 50
DOORS = {
    "chromadb": ("vectorstore/store.py",),
    "langchain_chroma": ("eval/langchain_peers.py",),
    "bm25s": ("vectorstore/lexical.py",),
    "sentence_transformers": ("vectorstore/embeddings.py", "vectorstore/reranker.py", "vectorstore/train/"),
    "gradio": ("assistant/ui/",),
    "langchain_openai": ("assistant/llm.py",),
    "langchain.chat_models": ("assistant/llm.py",),
    "httpx": ("ingest/", "vectorstore/store.py", "assistant/llm.py", "eval/remote.py"),
    "requests": ("ingest/",),
    "urllib.request": ("ingest/",),
    "sklearn": ("assistant/routing/", "assistant/feedback/subjects.py", "vectorstore/train/", "eval/"),
    "sqlalchemy": ("assistant/feedback/",),
    "alembic": ("assistant/feedback/",),
    "argon2": ("assistant/ui/staff/passwords.py",),
    "openpyxl": ("assistant/ui/staff/exports.py",),
}
TOP = {
    "assistant", "ingest", "prompts", "vectorstore", "eval", "tests", "pyproject.toml", "README.md",
    "CHANGELOG.md", "LICENSE", "Makefile", "requirements.lock", ".env.example", ".ci", "docs", ".gitignore",
}  # fmt: skip
VAGUE_FILES = {"utils.py", "helpers.py", "common.py", "misc.py"}
VAGUE_CLASSES = ("Manager", "Processor", "Helper", "Util")
ENTRY_POINTS = ("__main__.py", "commands.py")
CATCHES_ALL = {
    "assistant/pipeline.py": "the edge of the pipeline: a fault becomes the status failed",
    "assistant/ui/dialogue.py": "the edge of the page: a fault becomes a calm sentence",
    "vectorstore/beside.py": "the edge of a process: whatever its work raises is raised in the other one",
    "vectorstore/embeddings.py": "a model hub raises whatever its network and its libraries raise",
}


def named(files: list[Source]) -> list[str]:
    return [file.name for file in files]


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode != 0:
        pytest.skip("not a git checkout")
    return listing.stdout.splitlines()


def test_the_top_level_holds_what_the_house_names_and_nothing_else() -> None:
    assert {name.split("/")[0].strip('"') for name in tracked()} <= TOP


def test_no_file_is_longer_than_the_house_allows() -> None:
    long = {file.name: file.text.count("\n") for file in (*sources(), *sources("tests"))}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_no_function_is_longer_than_the_house_allows() -> None:
    long = [
        f"{file.name}:{node.name}"
        for file in sources()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_one_door(library: str) -> None:
    through = [
        file.name
        for file in sources()
        if any(module == library or module.startswith(f"{library}.") for module in file.imports)
    ]
    assert [name for name in through if not name.startswith(DOORS[library])] == []


@pytest.mark.parametrize(
    ("package", "above"),
    [
        ("vectorstore", {"assistant", "ingest", "eval", "prompts"}),
        ("prompts", {"assistant", "ingest", "eval", "vectorstore"}),
        ("ingest", {"assistant", "eval"}),
        ("assistant", {"ingest", "eval"}),
    ],
)
def test_imports_go_down_only(package: str, above: set[str]) -> None:
    wrong = {
        (file.name, module)
        for file in sources(package)
        for module in file.imports
        if module.split(".")[0] in above
    }
    assert wrong == set()


def test_nothing_is_printed_but_the_commands_own_output() -> None:
    printing = [
        file.name
        for file in sources()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert set(printing) <= {"assistant/ui/server.py"}, "the server's one line that says where it is"


def test_everything_is_caught_at_entry_points_alone() -> None:
    catching = {
        file.name
        for file in sources()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
    }
    assert {name for name in catching if not name.endswith(ENTRY_POINTS)} <= set(CATCHES_ALL)


def test_input_is_not_checked_by_assert() -> None:
    asserting = [
        file for file in sources() if any(isinstance(node, ast.Assert) for node in ast.walk(file.tree))
    ]
    assert named(asserting) == []


def test_every_package_draws_the_tree_of_its_errors() -> None:
    for package in PACKAGES:
        if package == "prompts":
            continue  # one error, beside the loader that raises it
        (errors,) = [file for file in sources(package) if file.name == f"{package}/errors.py"]
        drawing = ast.get_docstring(errors.tree) or ""
        names = [node.name for node in errors.tree.body if isinstance(node, ast.ClassDef)]
        assert names and [name for name in names if name not in drawing] == [], package
        assert "├──" in drawing or "└──" in drawing, package


def test_no_file_and_no_class_has_a_name_that_says_nothing() -> None:
    files = [file for file in sources() if file.name.rsplit("/", 1)[-1] in VAGUE_FILES]
    classes = [
        node.name
        for file in sources()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(VAGUE_CLASSES)
    ]
    assert (named(files), classes) == ([], [])


def test_importing_a_module_starts_no_program() -> None:
    """A call at the top of a module that reads settings, models or the network is a start."""
    starts = {"load_settings", "read_settings", "build_assistant", "open_index", "load_dotenv", "basicConfig"}
    called = [
        (file.name, node.func.id if isinstance(node.func, ast.Name) else node.func.attr)
        for file in sources()
        for statement in file.tree.body
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr)
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    ]
    assert [(name, call) for name, call in called if call in starts] == []


def test_only_factories_and_entry_points_build_the_assistant_and_the_index() -> None:
    builders = {
        "assistant.factory.build_assistant",
        "vectorstore.factory.open_index",
        "vectorstore.factory.open_writer",
    }
    using = [file.name for file in sources() if file.imports & builders]
    allowed = ("factory.py", *ENTRY_POINTS)
    assert [name for name in using if not name.endswith(allowed) and not name.startswith("eval/")] == []


def test_every_prompt_has_front_matter_and_no_prompt_stands_in_code() -> None:
    prompts = sorted((ROOT / "prompts").glob("*.md"))
    assert prompts and all(path.read_text(encoding="utf-8").startswith("---\n") for path in prompts)
    spoken = [
        (file.name, node.value[:30])
        for file in sources("assistant", "eval")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "你是" in node.value
    ]
    assert spoken == []


def test_no_project_file_names_the_place_where_it_was_made() -> None:
    private = "/work" + "/"
    holding = []
    for name in tracked():
        path = ROOT / name.strip('"')
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".json", ".txt"} and path.is_file():
            holding += [name] if private in path.read_text(encoding="utf-8") else []
    assert holding == []
