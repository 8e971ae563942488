"""The dense leg's vectors in Chroma, embedded or on a server; the only file that imports chromadb."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.api.client import Client
from chromadb.config import Settings
from numpy.typing import NDArray

from vectorstore.errors import REBUILD_COMMAND, IndexDamagedError, StoreUnreachableError
from vectorstore.protocols import Vectors
from vectorstore.settings import VectorStoreSettings

logger = logging.getLogger(__name__)

_HNSW = {"space": "cosine", "ef_construction": 40, "ef_search": 200, "max_neighbors": 12}


class ChromaStore:
    """One collection of the numbers of chunks with their vectors (cosine space)."""

    def __init__(self, client: Client, collection: str, batch_size: int, create: bool = False) -> None:
        self._client = client
        self._batch_size = batch_size
        self._collection = (
            client.create_collection(
                collection, configuration=cast("Any", {"hnsw": _HNSW}), embedding_function=None
            )
            if create
            else client.get_collection(collection, embedding_function=None)
        )
        self._count: int | None = None

    def add(self, first: int, vectors: Vectors) -> None:
        """Add the vectors of the chunks `first`, `first` + 1 and so on, in batches that Chroma takes.

        Texts and attributes stay out: the catalog and the passage table hold them, and Chroma's indexes
        of them, which nothing asks, would take most of the time (docs/adr/0002-fusion.md).
        """
        self._count = None
        for start in range(0, len(vectors), self._batch_size):
            batch = vectors[start : start + self._batch_size]
            ids = [str(first + start + at) for at in range(len(batch))]
            self._collection.add(ids=ids, embeddings=cast("Any", batch))

    def count(self) -> int:
        """Return the number of chunks."""
        if self._count is None:
            self._count = self._collection.count()
        return self._count

    def search(self, vector: NDArray[np.float32], k: int) -> NDArray[np.intp]:
        """Return the numbers of at most k chunks by cosine similarity, best first."""
        k = min(k, self.count())
        if k == 0:
            return np.zeros(0, dtype=np.intp)
        found = self._collection.query(query_embeddings=cast("Any", [vector]), n_results=k, include=[])
        return np.asarray([int(number) for number in found["ids"][0]], dtype=np.intp)

    def close(self) -> None:
        """Release the files or the connection."""
        _close(self._client)


class ChromaStores:
    """Makes, opens and drops the collections of generations, in their folders or on a server."""

    def __init__(self, settings: VectorStoreSettings) -> None:
        self._settings = settings

    def create(self, folder: Path, collection: str) -> ChromaStore:
        """Return a new, empty collection."""
        return ChromaStore(self._client(folder), collection, self._settings.batch_size, create=True)

    def write(self, folder: Path, collection: str, batches: Iterable[Vectors]) -> None:
        """Write a new collection of vectors, numbered from 0 on."""
        with closing(self.create(folder, collection)) as store:
            first = 0
            for batch in batches:
                store.add(first, batch)
                first += len(batch)

    def open(self, folder: Path, collection: str) -> ChromaStore:
        """Return a collection that was made before.

        Raises:
            IndexDamagedError: It is not there.
        """
        client = self._client(folder)
        try:
            return ChromaStore(client, collection, self._settings.batch_size)
        except chromadb.errors.NotFoundError as error:
            _close(client)
            where = self._settings.chroma_url or folder
            raise IndexDamagedError(f"{where}: no {collection}; rebuild: {REBUILD_COMMAND}") from error

    def drop_others(self, prefix: str, kept: Sequence[str]) -> None:
        """Delete a server's collections that begin with the prefix; embedded ones go with their folders."""
        if self._settings.chroma_url is None:
            return
        client = self._client(Path())
        try:
            for collection in client.list_collections():
                if collection.name.startswith(prefix) and collection.name not in kept:
                    logger.info("deleting collection %s", collection.name)
                    client.delete_collection(collection.name)
        finally:
            _close(client)

    def _client(self, folder: Path) -> Client:
        if self._settings.chroma_url is not None:
            return _server(self._settings.chroma_url, self._settings)
        path = folder / "chroma"
        client = chromadb.PersistentClient(path=str(path), settings=Settings(anonymized_telemetry=False))
        return cast("Client", client)


def _server(url: str, settings: VectorStoreSettings) -> Client:
    parts = urlsplit(url)
    token = settings.chroma_token
    try:
        client = chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or (443 if parts.scheme == "https" else 8000),
            ssl=parts.scheme == "https",
            headers={"Authorization": f"Bearer {token.get_secret_value()}"} if token else None,
            settings=Settings(anonymized_telemetry=False),
        )
    except ValueError as error:
        raise StoreUnreachableError(f"{url}: no Chroma server answers there; start it") from error
    for session in _sessions(cast("Client", client)):
        session.timeout = settings.chroma_timeout_s
    return cast("Client", client)


def _close(client: Client) -> None:
    client.close()
    for session in _sessions(client):
        session.close()


def _sessions(client: Client) -> list[httpx.Client]:
    """Return the HTTP sessions of a server's client; an embedded one has none.

    Chroma 1.5 neither closes them in `Client.close` nor gives them a timeout, so both are done here.
    """
    servers = (client._server, getattr(client._admin_client, "_server", None))
    sessions = [getattr(server, "_session", None) for server in servers]
    return [session for session in sessions if isinstance(session, httpx.Client)]
