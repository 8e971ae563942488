"""Settings of the evaluations that open an index of their own."""

from __future__ import annotations

from pydantic_settings import BaseSettings, SettingsConfigDict

from vectorstore.settings import VectorStoreSettings


class IndexSettings(BaseSettings):
    """The index section as the environment sets it: HUXZ_VECTORSTORE__..."""

    model_config = SettingsConfigDict(
        env_prefix="HUXZ_", env_nested_delimiter="__", env_file=".env", extra="ignore", frozen=True
    )

    vectorstore: VectorStoreSettings = VectorStoreSettings()
