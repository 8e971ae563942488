"""The YAML lists that ingest reads (instruments, glosses): each a list of records of one kind."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from ingest import messages
from ingest.errors import SettingsError
from vectorstore.models import Record

Entry = TypeVar("Entry", bound=Record)

SHIPPED = Path(str(files("ingest"))) / "corpus"
"""The folder of the documents and lists that the package ships."""


def read_entries(source: str | Path, kind: type[Entry]) -> tuple[Entry, ...]:
    """Return the records of a list file; a bare name is a list that the package ships.

    Raises:
        SettingsError: the file is not a list of such records.
    """
    path = SHIPPED / source if isinstance(source, str) else source
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        return tuple(TypeAdapter(list[kind]).validate_python(entries))  # type: ignore[valid-type]
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        reason = f"{place}: {first['msg']}"
        raise SettingsError(messages.BAD_DATA_FILE.format(name=path.name, reason=reason)) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise SettingsError(messages.BAD_DATA_FILE.format(name=path.name, reason=reason)) from error
