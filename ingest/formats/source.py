"""What every reader of a format returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vectorstore.recognition import Recognition
from vectorstore.validity import Attachment


@dataclass(frozen=True, kw_only=True)
class SourceText:
    """The text of a file and what stands around it.

    Tables stand in `text` as pipe rows, one line a row: `| 项目 | 标准 |`, the header row first and behind it
    a line `| --- | --- |`; the caption, where there is one, is the line before. A cell holds no line break
    and no bare pipe.
    """

    text: str
    """The whole text in reading order, line ends as `\\n` unless the file is plain text."""
    format: str
    """text, html, pdf, scan, docx, doc, ofd"""
    title: str | None = None
    """The title as the format's own metadata gives it; None: find it in the text."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """Values by normalised label: 文号, 发布机构, 成文日期, 发布日期, 施行日期, 失效日期, 有效性, 索引号,
    统一编号, 主题分类, 来源 ...; a label that the page leaves empty is missing."""
    attachments: tuple[Attachment, ...] = ()
    flags: tuple[str, ...] = ()
    """What a person should check, in Chinese, e.g. 第3页识别把握不足。"""
    recognition: Recognition | None = None
    """How surely its pictures were recognised, None where none were."""
    url: str | None = None
    """Address of the page, where the file says it."""
