from __future__ import annotations

import pytest
from pydantic import ValidationError

from vectorstore.settings import MAX_BATCH, FusionSettings, VectorStoreSettings


def test_a_misspelt_key_is_named() -> None:
    with pytest.raises(ValidationError, match="chroma_ulr"):
        VectorStoreSettings(chroma_ulr="http://x")  # type: ignore[call-arg]


def test_a_batch_that_chroma_refuses_is_refused_here() -> None:
    with pytest.raises(ValidationError):
        VectorStoreSettings(batch_size=MAX_BATCH + 1)


def test_the_token_does_not_show() -> None:
    assert "s3cret" not in repr(VectorStoreSettings(chroma_token="s3cret"))  # type: ignore[arg-type]


@pytest.mark.parametrize("section", [VectorStoreSettings, FusionSettings])
def test_every_key_is_described(section: type[VectorStoreSettings]) -> None:
    described = {name for name, field in section.model_fields.items() if field.description}
    assert described | {"fusion"} >= set(section.model_fields)
