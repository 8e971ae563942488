"""The settings section of the index."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

MAX_BATCH = 5461
"""Most records that one `add` of Chroma's local engine takes (SQLite's limit of variables)."""


class FusionSettings(BaseModel):
    """How the lexical and the dense leg become one score; the values are set in docs/adr/0002-fusion.md."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: Literal["share", "rrf"] = Field(
        default="share",
        description="weighted sum of the share of the question's words found and the similarity, or "
        "reciprocal rank fusion",
    )
    lexical_weight: float = Field(default=1.0, ge=0, le=1, description="weight of the lexical leg")
    dense_weight: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="weight of the dense leg where no clause holds a word of the question",
    )
    falloff: float = Field(
        default=3.0,
        ge=0,
        description="power of its fall: weight x (1 - share of the question in the best clause) ** this",
    )
    document_weight: float = Field(
        default=0.2,
        ge=0,
        le=1,
        description="weight of the share of the question's words that a clause's whole document holds",
    )
    second_share: float = Field(
        default=1.0, ge=0, le=1, description="share of the mean of a clause's two best chunks in its score"
    )
    bare_share: float = Field(
        default=0.5, ge=0, le=1, description="share of its score that a bare heading or a title keeps"
    )
    rrf_k: int = Field(default=60, ge=1, description="constant of RRF (Cormack et al. 2009)")
    ordered: bool = Field(
        default=True, description="order the candidates by the fitted model, where it is shipped"
    )
    reordered: int = Field(default=40, ge=1, le=400, description="candidates that the fitted order looks at")
    reordered_plain: int = Field(
        default=20, ge=1, le=400, description="of these, where most have neither 通俗解读 nor known wordings"
    )
    candidates: int = Field(default=400, ge=10, description="chunks that the dense leg asks Chroma for")

    @model_validator(mode="after")
    def _some_weight(self) -> FusionSettings:
        if self.lexical_weight + self.dense_weight <= 0:
            raise ValueError("lexical_weight and dense_weight are both 0: no leg would count")
        return self


class VectorStoreSettings(BaseModel):
    """Where the index lies, what embeds it, and how it is searched."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = Field(default=Path("data"), description="folder of the index; made when first written")
    chroma_url: str | None = Field(
        default=None, description="http(s)://host:port of a Chroma server; unset: embedded in data_dir"
    )
    chroma_token: SecretStr | None = Field(
        default=None, description="bearer token that the Chroma server (or the proxy before it) asks for"
    )
    chroma_timeout_s: float = Field(default=30.0, gt=0, description="seconds to wait for the Chroma server")
    embedding_model: str = Field(
        default="embedded", description="'embedded' (shipped) or a sentence-transformers name or path"
    )
    reranker: str | None = Field(
        default=None,
        description="name or folder of a CrossEncoder (sentence-transformers) for the first candidates, "
        "e.g. BAAI/bge-reranker-v2-m3; unset: none",
    )
    reranked: int = Field(default=20, ge=1, le=100, description="candidates that the reranker looks at")
    batch_size: int = Field(default=2000, ge=1, le=MAX_BATCH, description="chunks embedded at a time")
    bigrams: bool = Field(default=True, description="index pairs of characters and characters beside words")
    k: int = Field(default=10, ge=1, description="clauses that a search returns by default")
    fusion: FusionSettings = FusionSettings()
