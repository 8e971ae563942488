"""How much of a machine one file may take while it is read."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class ReadingLimits(BaseModel):
    """The section HUXZ_INGEST__READING__...; a file over a limit is refused with a line that names it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    timeout_s: float = Field(
        default=60.0, gt=0, description="seconds that one file may take, recognition of pictures apart"
    )
    ocr_timeout_s: float = Field(
        default=900.0, gt=0, description="seconds that one file may take where pictures are recognised"
    )
    memory_bytes: int = Field(
        default=4 * 1024**3, ge=512 * 1024**2, description="address space of the process that reads; bytes"
    )
    max_pages: int = Field(default=1000, ge=1, description="pages of a PDF or OFD file")
    max_entries: int = Field(default=3000, ge=1, description="files inside a DOCX or OFD file")
    max_unpacked_bytes: int = Field(
        default=200_000_000, ge=1, description="size of a DOCX or OFD file when unpacked; bytes"
    )
    max_ratio: float = Field(
        default=200.0, gt=1, description="most that a DOCX or OFD file may grow when unpacked, as a factor"
    )
    max_depth: int = Field(default=200, ge=10, le=250, description="nesting of elements in XML")
    max_pixels: int = Field(default=60_000_000, ge=1, description="points of a picture")
    max_characters: int = Field(default=5_000_000, ge=1000, description="characters of a document's text")
    max_ocr_pages: int = Field(default=80, ge=1, description="pages of one file that are recognised")
    ocr_flag_below: float = Field(
        default=0.85,
        ge=0,
        le=1,
        description="confidence of a recognised line below which a person must check",
    )
    office_command: str = Field(
        default="soffice", min_length=1, description="LibreOffice, which reads DOC and WPS files"
    )
