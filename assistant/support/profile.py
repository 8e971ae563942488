"""An enterprise as far as it is known: frozen, every field described, unknown told apart from none."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails

from assistant.errors import ProfileError
from assistant.support.money import read_money
from vectorstore.models import Record

HOME = "湖州市"
MOST_BYTES = 100_000
_NOTHING = re.compile(
    r"\s*(?:(?:暂|均|都|目前|还)*(?:无|没有?|不?没有)(?:过|了|享受过?|拿过|领过|相关)?|未享受过?|从未|否|none|no|n/a|nil|-|/)?[。.]?\s*",
    re.IGNORECASE,
)
_REASONS = {
    "string_too_long": "最多 {max_length} 个字",
    "too_long": "最多 {max_length} 项",
    "greater_than_equal": "不能小于 {ge:g}",
    "less_than_equal": "不能大于 {le:g}",
    "enum": "可用的有:{expected}",
    "string_type": "应是文字",
    "tuple_type": "应是列表,如 [服装]",
    "dict_type": "应是“名称: 值”,如 {{设备投资: 650万元}}",
    "float_type": "应是数",
    "float_parsing": "应是数",
    "finite_number": "应是数",
}


class Kind(StrEnum):
    """Who asks: an enterprise, a university or institute, or a person for themselves."""

    ENTERPRISE = "企业"
    INSTITUTION = "高校院所"
    PERSON = "个人"


def _money(value: object) -> object:
    if isinstance(value, str):
        read = read_money(value)
        if read is None:
            raise ValueError("不是金额,或不是一个确定的人民币数,请写成 650万元 或 6500000")
        return read
    return value


def _listed(value: object) -> object:
    """Return a list, words for nothing left out: received: [无] says that there is none."""
    entries = (value,) if isinstance(value, str) else value
    if not isinstance(entries, (list, tuple)):
        return entries
    return tuple(one for one in entries if not (isinstance(one, str) and _NOTHING.fullmatch(one)))


Money = Annotated[float, BeforeValidator(_money), Field(ge=0, le=1e13)]
Words = Annotated[
    tuple[Annotated[str, Field(max_length=200)], ...], BeforeValidator(_listed), Field(max_length=30)
]


class Profile(Record):
    """What is known of an enterprise; None means not known, () means none."""

    kind: Kind = Kind.ENTERPRISE
    region: str | None = Field(default=None, max_length=40, description="city of registration, e.g. 湖州市")
    district: str | None = Field(default=None, max_length=40, description="district or county, e.g. 德清县")
    industry: Words = Field(default=(), description="words for what it does")
    size: str | None = Field(default=None, max_length=20, description="微型, 小型, 中型, 大型")
    age_years: float | None = Field(default=None, ge=0, le=300, description="years since it was founded")
    revenue: Money | None = Field(default=None, description="yearly revenue, yuan")
    certifications: Words | None = Field(default=None, description="titles it holds; None: not known")
    without: Words = Field(default=(), description="titles that it says it does not hold")
    needs: Words = Field(default=(), description="ids of needs, see assistant/data/needs.yaml")
    project: str | None = Field(default=None, max_length=20, description="新建 or 技改")
    stage: str | None = Field(default=None, max_length=20, description="计划中, 已完成, 已投产")
    figures: dict[str, Money] = Field(
        default_factory=dict, max_length=12, description="sums by kind: 设备投资, 合同额 ...; yuan"
    )
    unclear: dict[str, Annotated[str, Field(max_length=200)]] = Field(
        default_factory=dict,
        max_length=12,
        description="by kind, the words of sums without a certain value; asked for, never computed",
    )
    received: Words | None = Field(
        default=None, description="aid that it has had for the same thing; None: not known, (): none"
    )
    exclusions: Words = Field(default=(), description="what may exclude it: penalties, bad credit ...")
    compare: Words = Field(default=(), description="other places to compare with")
    text: str = Field(default="", max_length=2000, description="in its own words")

    @property
    def is_local(self) -> bool:
        """Whether it is registered in the city of the product; assumed where nothing else is known."""
        return self.region in (None, HOME, HOME.removesuffix("市"))


def load_profile(path: Path) -> Profile:
    """Return the profile of a YAML file.

    Raises:
        ProfileError: names the file, the field and the reason.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ProfileError(f"{path.name}:文件超过 {MOST_BYTES} 字节。请只写企业的基本情况。")
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ProfileError(f"{path.name}:不是 UTF-8 编码的文字文件。请另存为 UTF-8 后重试。") from error
    except OSError as error:
        raise ProfileError(
            f"{path.name}:读不到({' '.join(str(error).split())})。请检查路径和编码。"
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ProfileError(
            f"{path.name}:不是合格的 YAML({' '.join(str(error).split())[:200]})。请改正后重试。"
        ) from error
    if not isinstance(content, dict):
        raise ProfileError(f"{path.name}:应是“字段: 值”的列表,如 district: 德清县。")
    return read_profile(content, path.name)


def read_profile(content: dict[str, object], source: str) -> Profile:
    """Return the profile of a mapping; `source` stands in messages.

    Raises:
        ProfileError: names the field and the reason.
    """
    try:
        return Profile.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "(整个文件)"
        raise ProfileError(f"{source}:字段 {field} 有误({_reason(first)})。请改正后重试。") from error


def _reason(fault: ErrorDetails) -> str:
    """Return in Chinese what is wrong with a field."""
    if fault["type"] == "extra_forbidden":
        return f"没有这个字段,可用的有:{'、'.join(Profile.model_fields)}"
    known = _REASONS.get(fault["type"])
    return known.format(**fault.get("ctx", {})) if known else fault["msg"].removeprefix("Value error, ")
