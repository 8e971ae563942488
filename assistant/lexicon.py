"""Reads the lexicons that staff keep: synonyms, English terms, places, aliases of units."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from assistant.errors import LexiconError
from vectorstore.models import Record

FOLDER = Path(__file__).parent / "data"
_Form = TypeVar("_Form")


class Synonym(Record):
    """Lay terms that stand for official terms."""

    lay: tuple[str, ...] = Field(min_length=1)
    official: tuple[str, ...] = Field(min_length=1)


class EnglishTerm(Record):
    """English wordings of one Chinese term."""

    en: tuple[str, ...] = Field(min_length=1)
    zh: str


class Places(Record):
    """Names of places: the region of the documents, and others."""

    huzhou: tuple[str, ...]
    other: tuple[str, ...]
    ambiguous: tuple[str, ...] = ()
    counties: tuple[str, ...] = Field(
        default=(), description="of `huzhou`: its counties, districts and what stands beside them"
    )


class UnitAliases(Record):
    """Other names of a unit of government."""

    name: str
    aliases: tuple[str, ...]


class UnitClass(Record):
    """What units of a kind are called together."""

    called: tuple[str, ...] = Field(min_length=1)
    members: tuple[str, ...] = Field(description="the units meant, none where no document lists one")


class Lexicon(Record):
    """All lexicons together."""

    synonyms: tuple[Synonym, ...]
    english: tuple[EnglishTerm, ...]
    places: Places
    unit_aliases: tuple[UnitAliases, ...]
    unit_classes: tuple[UnitClass, ...] = ()


def read(path: Path, form: type[_Form]) -> _Form:
    """Return a lexicon file, checked for its form.

    Raises:
        LexiconError: unreadable, or not of the form; the message names file and place.
    """
    try:
        return TypeAdapter(form).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise LexiconError(
            f"读不到词表 {path.name}:{error}。请检查文件是否存在、是否为 UTF-8 的 YAML。"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"词表 {path.name} 的 {place} 不合格式:{first['msg']}。请改正后重启。") from error


@cache
def load_lexicon(folder: Path = FOLDER) -> Lexicon:
    """Return the lexicons of a folder.

    Raises:
        LexiconError: a file is missing or malformed.
    """
    classes = folder / "unit_classes.yaml"
    return Lexicon(
        synonyms=read(folder / "synonyms.yaml", tuple[Synonym, ...]),
        english=read(folder / "english_terms.yaml", tuple[EnglishTerm, ...]),
        places=read(folder / "places.yaml", Places),
        unit_aliases=read(folder / "unit_aliases.yaml", tuple[UnitAliases, ...]),
        unit_classes=read(classes, tuple[UnitClass, ...]) if classes.exists() else (),
    )
