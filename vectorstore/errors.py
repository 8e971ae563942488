"""What can go wrong in the index.

VectorStoreError
├── IndexMissingError      nothing has been ingested into this data folder yet
├── IndexMismatchError     built by another embedding model, schema or kind of Chroma: must be rebuilt
├── IndexDamagedError      the pointer names a generation that is not whole
├── IndexLockedError       another process is writing
├── StoreUnreachableError  the Chroma server does not answer
├── UnknownDocumentError   a document that is to be removed is not in the index
├── InvalidChunksError     chunks that the index cannot hold: the same id twice, another document's id
├── EmbeddingModelError    the embedding model cannot be loaded
├── RerankerModelError     the reranker cannot be loaded
└── SettingsError          a key of the environment or .env is misspelt, or its value does not fit
"""

REBUILD_COMMAND = "python -m ingest ensure --rebuild"
INGEST_COMMAND = "python -m ingest add PATH"


class VectorStoreError(Exception):
    """Base of all faults of the index; its message says what happened and what to do."""


class IndexMissingError(VectorStoreError):
    """Nothing has been ingested into this data folder yet."""


class IndexMismatchError(VectorStoreError):
    """The index was built by another embedding model, schema or kind of Chroma."""


class IndexDamagedError(VectorStoreError):
    """The pointer names a generation that is not whole."""


class IndexLockedError(VectorStoreError):
    """Another process is writing to the index."""


class StoreUnreachableError(VectorStoreError):
    """The Chroma server does not answer."""


class UnknownDocumentError(VectorStoreError):
    """A document that is to be removed is not in the index."""


class InvalidChunksError(VectorStoreError):
    """Chunks that the index cannot hold."""


class SettingsError(VectorStoreError):
    """A key of the environment or .env is misspelt, or its value does not fit."""


class EmbeddingModelError(VectorStoreError):
    """The embedding model cannot be loaded."""


class RerankerModelError(VectorStoreError):
    """The reranker cannot be loaded or does not score passages."""
