"""What a document says about whether it holds: four dates, expiry, links to other documents."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from vectorstore.records import Record


class Standing(StrEnum):
    """Status of a document (效力状态) as people read it."""

    DRAFT = "征求意见稿"
    IN_FORCE = "现行有效"
    AMENDED = "已修改"
    REPEALED = "已废止"
    LAPSED = "已失效"
    PENDING = "尚未施行"
    UNMARKED = "未标注"


class DocumentDates(Record):
    """The dates of a document, kept apart where they differ; ISO dates or None."""

    adopted: str | None = Field(
        default=None, description="成文日期, from the page's metadata; of a law 通过日期"
    )
    signed: str | None = Field(default=None, description="落款日期, from the signature of the text")
    published: str | None = Field(default=None, description="发布日期")
    printed: str | None = Field(
        default=None, description="印发日期 (发文日期), from the page or below the text"
    )
    effective: str | None = Field(default=None, description="施行日期")
    expires: str | None = Field(default=None, description="last day on which it holds")
    version: str | None = Field(
        default=None, description="date of this wording (通过, 修正, 修订), where others of it may exist"
    )


class RelationKind(StrEnum):
    """What a document does to another, or what was done to it."""

    REPEALS = "repeals"
    REPEALED_BY = "repealed_by"
    AMENDS = "amends"
    AMENDED_BY = "amended_by"
    SUPERSEDES = "supersedes"
    SUPERSEDED_BY = "superseded_by"
    PROLONGS = "prolongs"


class Extension(Record):
    """By how long a term is prolonged, or how long it is as a whole."""

    count: int = Field(ge=1)
    unit: str = Field(description="年 or 个月")
    is_total: bool = Field(default=False, description="the whole term, counted from the 施行日期: 延长为5年")
    start: str | None = Field(default=None, description="ISO day from which the words count it")
    from_end: bool = Field(default=False, description="the words count it from the old end: 自到期之日起")


class Relation(Record):
    """A link to another document that the text states."""

    kind: RelationKind
    title: str = Field(description="title of the other document, without 《》")
    number: str | None = Field(default=None, description="文号 of the other document")
    version: str | None = Field(
        default=None, description="ISO date of the other document's version, or its year"
    )
    since: str | None = Field(
        default=None,
        description="ISO day from which it counts, where the words give another than the 施行日期",
    )
    until: str | None = Field(
        default=None, description="of PROLONGS: ISO, new last day of the other document; None: not given"
    )
    extension: Extension | None = Field(default=None, description="of PROLONGS without a day: by how long")
    quote: str = Field(default="", description="the words of this document that say so, verbatim")


class Attachment(Record):
    """A file that a document or its page names as an attachment (附件)."""

    name: str
    url: str | None = Field(default=None, description="https address, where the page links it")


class Validity(Record):
    """What is known about whether a document holds, and since when."""

    dates: DocumentDates = DocumentDates()
    relations: tuple[Relation, ...] = ()
    effective_basis: str = Field(default="", description="where the 施行日期 is from, in Chinese")
    expires_basis: str = Field(default="", description="where the expiry is from, in Chinese")
    checked: str | None = Field(default=None, description="ISO date on which a person or `sync` checked it")
