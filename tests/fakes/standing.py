"""Documents of which only how they stand matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vectorstore.models import Document
from vectorstore.validity import DocumentDates, Relation, Validity


def law(
    name: str,
    title: str = "湖州市资金管理办法",
    *,
    status: str = "未标注",
    basis: str = "文件没有写明是否有效",
    relations: tuple[Relation, ...] = (),
    checked: str | None = None,
    dates: Mapping[str, str] | None = None,
    **more: Any,
) -> Document:
    return Document(
        document_id=name,
        title=title,
        status=status,
        status_basis=basis,
        source_name=f"{name}.md",
        digest="0" * 64,
        clauses=(),
        validity=Validity(dates=DocumentDates(**(dates or {})), relations=relations, checked=checked),
        **more,
    )
