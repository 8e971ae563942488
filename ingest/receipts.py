"""What was taken in from which file (taken.json), so that an unchanged file is not read again."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError

from ingest.document import document_id
from ingest.settings import IngestSettings
from vectorstore.models import Record
from vectorstore.protocols import Catalog

logger = logging.getLogger(__name__)

_BLOCK = 1 << 20


class Receipt(Record):
    """One document that was taken in."""

    document_id: str
    digest: str = Field(description="SHA-256 of the document's text, as the index has it")
    source: str = Field(description="SHA-256 of the file's name and bytes, its glosses and wordings")


class _Receipts(Record):
    parser: str = Field(description="SHA-256 of the program and settings that read the files")
    documents: tuple[Receipt, ...]


_FILE = TypeAdapter(_Receipts)


class Receipts:
    """The receipts of one index, in a small file beside it.

    They are only believed where the index holds that very document, and only for the program and the settings
    that wrote them; without the file everything is read again, and nothing else happens.
    """

    def __init__(self, path: Path | None, settings: IngestSettings, catalog: Catalog) -> None:
        """Open the receipts at a path; None keeps none."""
        self._path = path
        self._settings = settings
        self._catalog = catalog

    def unchanged(self, paths: Iterable[Path]) -> Mapping[Path, str]:
        """Return the files that the index already holds as they are, with the ids of their documents."""
        known = {receipt.source: receipt for receipt in self._read()}
        if not known:
            return {}
        held = {}
        for path in paths:
            receipt = known.get(self.source(path) or "")
            if receipt is not None and self._is_held(receipt):
                held[path] = receipt.document_id
        return held

    def keep(self, taken: Iterable[Receipt]) -> None:
        """Write the receipts of documents that are now in the index, beside those still true."""
        if self._path is None:
            return
        receipts = {receipt.document_id: receipt for receipt in self._read()}
        receipts |= {receipt.document_id: receipt for receipt in taken}
        whole = _Receipts(parser=self._parser(), documents=tuple(receipts[key] for key in sorted(receipts)))
        fresh = self._path.with_suffix(".new")
        try:
            fresh.write_bytes(_FILE.dump_json(whole))
            fresh.replace(self._path)
        except OSError as error:
            logger.warning("receipts not kept, unchanged files will be read again: %s", error)

    def source(self, path: Path) -> str | None:
        """Return the digest of a file and what is read along with it; None where it cannot be read."""
        name = document_id(path.name)
        beside = (self._settings.glosses_dir / f"{name}.yaml", self._settings.wordings_dir / f"{name}.yaml")
        digest = sha256(path.name.encode("utf-8", "surrogateescape"))
        try:
            if not path.is_file() or path.stat().st_size > self._settings.max_file_bytes:
                return None
            for part in (path, *(one for one in beside if one.is_file())):
                digest.update(b"\0")
                with part.open("rb") as stream:
                    while block := stream.read(_BLOCK):
                        digest.update(block)
        except (OSError, ValueError):
            return None
        return digest.hexdigest()

    def _read(self) -> tuple[Receipt, ...]:
        if self._path is None or not self._path.is_file():
            return ()
        try:
            whole = _FILE.validate_json(self._path.read_bytes())
        except (OSError, ValidationError) as error:
            logger.warning("receipts cannot be read, all files are read again: %s", error)
            return ()
        return whole.documents if whole.parser == self._parser() else ()

    def _is_held(self, receipt: Receipt) -> bool:
        document = self._catalog.document(receipt.document_id)
        return document is not None and document.digest == receipt.digest

    def _parser(self) -> str:
        settings = self._settings.model_dump(
            mode="json", exclude={"corpus_dir", "glosses_dir", "wordings_dir", "sync"}
        )
        return sha256(f"{_program()} {json.dumps(settings, sort_keys=True)}".encode()).hexdigest()


@cache
def _program() -> str:
    """Return the digest of all that turns a file into a document: this package and the form of documents."""
    digest = sha256()
    for package in ("ingest", "vectorstore"):
        root = Path(str(files(package)))
        pattern = "**/*.py" if package == "ingest" else "*.py"
        for path in sorted((*root.glob(pattern), *root.glob("corpus/*.yaml"))):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
