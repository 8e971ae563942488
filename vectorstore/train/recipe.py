"""The recipe of the embedded model: every number that decides what comes out."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Recipe(BaseModel):
    """Settings of one training; the defaults made the shipped model (docs/adr/0003-embedded-model.md)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int = Field(default=1, description="seed of everything random")
    vocabulary: int = Field(default=59_000, ge=10, description="entries of the vocabulary")
    dimension: int = Field(default=256, ge=2, description="length of a vector")
    window: int = Field(default=5, ge=1, description="words on either side that count as neighbours")
    sif: float = Field(default=1e-3, gt=0, description="a of start weights a/(a+p) (Arora et al. 2017)")
    lay_repeat: int = Field(default=3, ge=1, description="how often a lay pair is seen in an epoch")
    reference_repeat: int = Field(default=2, ge=1, description="how often a pair on a real text is seen")
    label_repeat: int = Field(default=4, ge=1, description="how often a labelled question of people is seen")
    legal_sample: int = Field(default=8_000, ge=0, description="legal advice pairs that are taken")
    reading_sample: int = Field(default=11_238, ge=0, description="reading pairs that are taken")
    members: int = Field(default=4, ge=1, description="trainings with seeds of their own that are averaged")
    negatives: int = Field(default=4, ge=0, description="hard negatives mined for a question on a real text")
    too_close: float = Field(
        default=0.72, description="cosine to the right passage from which another is no negative"
    )
    passed_over: int = Field(default=3, ge=0, description="first places of the search that are no negatives")
    epochs: int = Field(default=3, ge=1, description="passes of each training over its examples")
    batch_size: int = Field(default=1024, ge=2)
    learning_rate: float = Field(default=0.005, ge=0, description="of offsets and weights of tokens")
    character_learning_rate: float = Field(default=0.005, ge=0, description="of shared character vectors")
    map_learning_rate: float = Field(default=1e-3, ge=0, description="of the shared linear map")
    token_dropout: float = Field(default=0.3, ge=0, lt=1, description="share of tokens left out of each text")
    scale: float = Field(default=20.0, gt=0, description="factor of the cosine in the loss (1 / temperature)")
    symmetric: bool = Field(default=True, description="whether passages look for their questions too")
    matryoshka: tuple[int, ...] = Field(
        default=(128, 64), description="shorter widths that must work as well"
    )

    @property
    def widths(self) -> tuple[int, ...]:
        """Widths that the loss looks at: the whole vector, then the shorter ones."""
        return (self.dimension, *(width for width in self.matryoshka if width < self.dimension))
