"""What crosses the edges of the packages: documents, clauses, chunks and what a search returns."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from vectorstore.measures import Measure
from vectorstore.recognition import Recognition
from vectorstore.records import Record, Span, text_digest
from vectorstore.validity import Attachment, Validity

__all__ = ["Record", "Span", "text_digest"]


class ResponsibleUnit(Span):
    """A unit of government (责任单位) that a clause names, in the order of the clause."""

    name: str = Field(description="the unit as the clause writes it, without qualifier, e.g. 市政府办公室")
    lead: bool = Field(description="true for the first unit listed; the convention, not a word of the plan")
    umbrella: bool = Field(description="true for terms that stand for many units: 市级相关部门, 各区县政府")
    qualifier: str | None = Field(default=None, description="what stands in <…> behind it, e.g. 金融口")
    includes: tuple[str, ...] = Field(default=(), description="units that an umbrella includes (<含…,下同>)")

    @property
    def written(self) -> str:
        """Return the unit with its qualifier, as the clause writes it: 市政府办公室<金融口>."""
        return f"{self.name}<{self.qualifier}>" if self.qualifier else self.name


class Target(Span):
    """A number that a clause sets as a goal (指标)."""

    indicator: str = Field(description="what is counted, e.g. 专精特新“小巨人”企业")
    comparator: str = Field(description="以上, 超, 力争超, 不低于 ... or '' where the number stands alone")
    number: float = Field(description="the number as a value, in `unit`")
    unit: str = Field(description="家, 个, 亿元, % ...")
    value_text: str = Field(description="number with comparator and unit, verbatim, e.g. 40家以上, 超200亿元")
    due: str | None = Field(description="due date as the text puts it, e.g. 2027年底")
    quote: str = Field(description="the verbatim part of the clause that states it (occurs in the clause)")


class Instrument(Span):
    """A means of policy (政策工具) that a clause names, e.g. 算力券."""

    name: str = Field(description="normalised name, e.g. 首台(套)")


class FactKind(StrEnum):
    """Kinds of facts that a notice states."""

    DEADLINE = "deadline"
    PUBLISHED = "published"
    ADDRESS = "address"
    POSTCODE = "postcode"
    CONTACT = "contact"
    PHONE = "phone"
    RECIPIENT = "recipient"
    ISSUER = "issuer"
    BASIS = "basis"


class Fact(Span):
    """A fact of the notice around a document: deadline, address, contact, telephone."""

    kind: FactKind
    value: str = Field(description="verbatim value; dates stay as written, see `date`")
    date: str | None = Field(default=None, description="ISO date where it can be completed")
    path: str = Field(description="path of the clause that holds it")


class ClauseReference(Span):
    """A reference of a clause to another clause (依照本办法第八条)."""

    title: str | None = Field(default=None, description="title of another document; None: this document")
    path: str | None = Field(default=None, description="path of the clause meant, where it is in the tree")
    text: str = Field(description="the reference, verbatim, e.g. 本办法第八条第二款")
    paragraph: int = Field(default=0, ge=0, description="which 款 of the clause is meant, 0: the whole")
    item: int = Field(default=0, ge=0, description="which 项 is meant, 0: none is named")
    point: int = Field(default=0, ge=0, description="which 目 is meant, 0: none is named")


class ClauseKind(StrEnum):
    """What a node of the clause tree is; ROW is a row of a table, EXCERPT facts in our own words."""

    NOTICE = "notice"
    TITLE = "title"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CLAUSE = "clause"
    METADATA = "metadata"
    FORM = "form"
    ROW = "row"
    EXCERPT = "excerpt"


class Clause(Record):
    """A node of the clause tree (条款). The texts of all clauses in order are the document."""

    path: str = Field(description="numbering from the outermost heading, e.g. 三/(四)/12; 函, 标题, 一/第2段")
    kind: ClauseKind
    number: str | None = Field(description="its own number as written, without punctuation: 三, (四), 12")
    heading: str = Field(description="its own heading, e.g. 12.提升普惠服务水平; '' for paragraphs")
    heading_path: str = Field(description="headings from the outermost inwards, joined with ' > '")
    text: str = Field(description="verbatim text of this node alone, trailing white space included")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    units: tuple[ResponsibleUnit, ...] = ()
    targets: tuple[Target, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    digest: str = Field(description="SHA-256 of `text`")
    gloss: str | None = Field(default=None, description="通俗解读: everyday words, never the policy")
    references: tuple[ClauseReference, ...] = Field(
        default=(), description="依照本办法第八条 ... in the text"
    )
    measure: Measure | None = Field(default=None, description="of an EXCERPT: the facts that its text tells")

    @property
    def citable(self) -> bool:
        """Whether answers may rest on it: web form leftovers never."""
        return self.kind is not ClauseKind.FORM

    @property
    def numbered(self) -> bool:
        """Whether it is a numbered clause with a text of its own (not a bare heading)."""
        return self.kind is ClauseKind.CLAUSE


class Document(Record):
    """A policy document with its clause tree and annotations."""

    document_id: str = Field(description="readable and lasting; from the file's name")
    title: str = Field(description="title without stray spaces")
    status: str = Field(description="征求意见稿, 现行有效, 已废止, 已失效, 尚未施行, 未标注")
    status_basis: str = Field(default="", description="what the status was read from")
    issuer: str | None = None
    number: str | None = Field(default=None, description="文号, e.g. 湖政办发〔2025〕15号")
    level: str | None = Field(default=None, description="国家, 省, 市, 区县")
    region: str | None = Field(default=None, description="e.g. 湖州市")
    published: str | None = Field(default=None, description="ISO date")
    comment_deadline: str | None = Field(default=None, description="ISO date up to which comments are taken")
    url: str | None = None
    validity: Validity = Field(default=Validity(), description="dates, expiry, links to other documents")
    attachments: tuple[Attachment, ...] = ()
    flags: tuple[str, ...] = Field(default=(), description="what a person should check, in Chinese")
    format: str = Field(
        default="text", description="text, html, pdf, scan, docx, doc, ofd; excerpt: facts in our own words"
    )
    recognition: Recognition | None = Field(default=None, description="of text read from pictures; else None")
    source_name: str = Field(description="name of the file it came from")
    digest: str = Field(description="SHA-256 of the whole text")
    clauses: tuple[Clause, ...] = Field(description="all nodes in document order")
    facts: tuple[Fact, ...] = ()
    dates: tuple[Fact, ...] = ()

    @property
    def text(self) -> str:
        """Return the whole text, character for character."""
        return "".join(clause.text for clause in self.clauses)

    @property
    def is_excerpt(self) -> bool:
        """Whether it holds facts in our own words (要点摘录) instead of the official text."""
        return self.format == "excerpt"

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft for comments (征求意见稿)."""
        return self.status == "征求意见稿"

    def clause(self, path: str) -> Clause | None:
        """Return the clause at a path, or None."""
        return next((clause for clause in self.clauses if clause.path == path), None)


class ChunkKind(StrEnum):
    """Which field of a clause a chunk indexes."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    GLOSS = "gloss"
    WORDING = "wording"


class Chunk(Record):
    """A unit of the index; never crosses a clause. Its id is lasting: `<clause id>#<kind><n>`."""

    chunk_id: str
    clause_id: str = Field(description="<document_id>:<path>")
    document_id: str
    path: str
    kind: ChunkKind
    text: str = Field(description="what is embedded and tokenised (heading path may be put before it)")
    start: int = Field(
        description="offset of the verbatim part in the document; of a gloss the clause, of an everyday "
        "wording the sentence that answers it"
    )
    end: int
    digest: str = Field(description="SHA-256 of `text`; an unchanged digest keeps its vector")
    status: str = ""
    region: str = ""
    units: tuple[str, ...] = ()


class IndexedDocument(Record):
    """A document with the chunks that index it: what `ingest` hands to `vectorstore`."""

    document: Document
    chunks: tuple[Chunk, ...]


class Filters(Record):
    """Restrictions of a search; an empty tuple restricts nothing."""

    document_ids: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    without_documents: frozenset[str] = Field(
        default=frozenset(), description="documents that are left out: lapsed, superseded, excerpts ..."
    )


class QueryLeg(Record):
    """One wording of the question, with the weight of its scores in the fusion."""

    text: str
    weight: float = Field(default=1.0, gt=0, le=1)
    name: str = Field(default="question", description="question, previous, synonym, corrected, english ...")


class RetrievalQuery(Record):
    """What is searched: wordings of one question, and filters."""

    legs: tuple[QueryLeg, ...] = Field(min_length=1, description="the first leg is always the original words")
    filters: Filters = Filters()


class ScoredSentence(Record):
    """A sentence of a retrieved clause with its own score."""

    start: int
    end: int
    text: str
    score: float = Field(description="higher is better, comparable within one search")


class RetrievedClause(Record):
    """A clause found by a search. Ranks count from 1, scores are higher-is-better."""

    document_id: str
    clause: Clause
    rank: int = Field(ge=1)
    score: float = Field(description="fused score in 0..1")
    lexical: float = Field(description="share of the question's words found, by weight, 0..1")
    dense: float = Field(description="cosine similarity of the best chunk, -1..1")
    sentences: tuple[ScoredSentence, ...] = Field(default=(), description="best first; verbatim sentences")

    @property
    def clause_id(self) -> str:
        """Return <document_id>:<path>."""
        return f"{self.document_id}:{self.clause.path}"


class SearchResult(Record):
    """What one search found, with what is needed to judge how far to trust it."""

    clauses: tuple[RetrievedClause, ...]
    coverage: float = Field(ge=0, le=1, description="idf-weighted share of the question's known words")


class DocumentChange(Record):
    """What an ingest changed in one document. Counts are of clauses."""

    document_id: str
    title: str
    clauses: int
    chunks: int
    added: int
    changed: int
    unchanged: int
    removed: int
    embedded: int = Field(default=0, description="chunks whose vectors had to be computed")
