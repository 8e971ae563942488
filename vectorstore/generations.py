"""The index as generations: built beside the serving one, swapped in whole.

    data/CURRENT                 number of the serving generation, replaced atomically
    data/INDEX_ID                names this index among others on one Chroma server
    data/LOCK                    held by the one writer
    data/generations/000007/     manifest.json, catalog/, passages/, lexical/, chroma/, vectors.f32

The generation before the serving one stays until the next swap, because a process may still read it.
"""

from __future__ import annotations

import logging
import os
import shutil
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal
from uuid import uuid4

from pydantic import Field, ValidationError

from vectorstore.errors import INGEST_COMMAND, REBUILD_COMMAND, IndexDamagedError, IndexMissingError
from vectorstore.locking import only_writer
from vectorstore.models import Record

logger = logging.getLogger(__name__)

SCHEMA_VERSION = 7
"""Raise it when files of a generation change their form; older ones are then refused."""


class Build(Record):
    """What a generation is built with; a program with another one refuses it."""

    schema_version: int
    model: str = Field(description="name and revision of the embedding model")
    dimension: int = Field(ge=1, description="length of a vector")
    coarse: int = Field(ge=1, description="leading numbers of it that Chroma holds")
    store: Literal["embedded", "server"] = Field(description="where the vectors lie")
    bigrams: bool = Field(description="whether the lexical index holds pairs and single characters")


class Manifest(Record):
    """What a generation is; written last, so that a generation without it is not whole."""

    build: Build
    generation: int = Field(ge=1)
    previous: int | None = Field(description="generation that served before")
    collection: str = Field(description="name of the Chroma collection")
    corpus_digest: str = Field(description="SHA-256 over the ids and digests of the documents")
    documents: int
    passages: int = Field(description="clauses that can be found")
    chunks: int
    created: str = Field(description="ISO time in UTC")


class Generations:
    """The folders of one index and the pointer to the serving one."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._pointer = data_dir / "CURRENT"
        self._root = data_dir / "generations"

    def lock(self) -> AbstractContextManager[None]:
        """Return the context in which this process is the only writer."""
        return only_writer(self._data_dir / "LOCK")

    def stamp(self) -> tuple[int, int] | None:
        """Return what changes with every swap (one stat), or None where there is no index."""
        try:
            status = self._pointer.stat()
        except FileNotFoundError:
            return None
        return status.st_mtime_ns, status.st_ino

    def current(self) -> int | None:
        """Return the number of the serving generation, or None before the first."""
        try:
            text = self._pointer.read_text("ascii")
        except FileNotFoundError:
            return None
        if not text.strip().isdigit():
            raise IndexDamagedError(f"{self._pointer}: not a number; rebuild the index: {REBUILD_COMMAND}")
        return int(text)

    def require_current(self) -> int:
        """Return the number of the serving generation.

        Raises:
            IndexMissingError: Nothing has been ingested yet.
        """
        number = self.current()
        if number is None:
            raise IndexMissingError(f"{self._data_dir}: no index here yet; ingest first: {INGEST_COMMAND}")
        return number

    def folder(self, number: int) -> Path:
        """Return the folder of a generation."""
        return self._root / f"{number:06d}"

    def manifest(self, number: int) -> Manifest:
        """Return the manifest of a generation.

        Raises:
            IndexDamagedError: It is not there or cannot be read.
        """
        path = self.folder(number) / "manifest.json"
        try:
            return Manifest.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise IndexDamagedError(
                f"{path}: cannot be read as a manifest of schema {SCHEMA_VERSION}; rebuild: {REBUILD_COMMAND}"
            ) from error

    def index_id(self) -> str:
        """Return the lasting name of this index, made on first use."""
        path = self._data_dir / "INDEX_ID"
        if not path.exists():
            _replace(path, uuid4().hex[:12])
        return path.read_text("ascii").strip()

    def begin(self) -> int:
        """Make the empty folder of the next generation and return its number, never used before."""
        self._root.mkdir(parents=True, exist_ok=True)
        number = max([*self._numbers(), self.current() or 0], default=0) + 1
        self.folder(number).mkdir()
        return number

    def publish(self, manifest: Manifest) -> None:
        """Write the manifest, bring everything to disk and swap the generation in."""
        folder = self.folder(manifest.generation)
        (folder / "manifest.json").write_text(manifest.model_dump_json(indent=2) + "\n", "utf-8")
        _sync_tree(folder)
        _sync(self._root)
        _replace(self._pointer, f"{manifest.generation}\n")
        logger.info("generation %d serves (%d documents)", manifest.generation, manifest.documents)

    def kept(self) -> tuple[int, ...]:
        """Return the generations that may be read: the serving one and the one before it."""
        number = self.current()
        if number is None:
            return ()
        try:
            previous = self.manifest(number).previous
        except IndexDamagedError:
            return (number,)
        return (number,) if previous is None else (number, previous)

    def prune(self) -> None:
        """Remove what dead runs left behind and generations that no process may read any more."""
        kept = self.kept()
        for number in self._numbers():
            if number not in kept:
                logger.info("removing generation %d", number)
                shutil.rmtree(self.folder(number))

    def _numbers(self) -> list[int]:
        if not self._root.is_dir():
            return []
        return [int(path.name) for path in self._root.iterdir() if path.name.isdigit()]


def _replace(path: Path, text: str) -> None:
    """Write a small file so that a reader sees either the old or the new text, even after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync(path.parent)


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
