"""Builds what other packages use of the index."""

from __future__ import annotations

from dataclasses import dataclass

from vectorstore.building import GenerationBuilder, Progress
from vectorstore.embeddings import build_embedder
from vectorstore.errors import IndexDamagedError
from vectorstore.generations import SCHEMA_VERSION, Build, Generations
from vectorstore.ordering import load_ordering
from vectorstore.plain_ordering import PLAIN_FEATURES, PLAIN_ORDERING_FILE
from vectorstore.protocols import Catalog, Embedder, IndexWriter, Reranker, Retriever
from vectorstore.reading import CurrentCatalog, CurrentIndex
from vectorstore.reordering import Orderings, Reordering
from vectorstore.reranker import build_reranker
from vectorstore.reranking import Reranking
from vectorstore.retriever import HybridRetriever
from vectorstore.settings import VectorStoreSettings
from vectorstore.store import ChromaStores
from vectorstore.windows import WindowCache
from vectorstore.writer import GenerationWriter


@dataclass(frozen=True, kw_only=True)
class Index:
    """The index as a serving process reads it; follows every swap."""

    catalog: Catalog
    retriever: Retriever
    embedder: Embedder

    _current: CurrentIndex

    def refresh(self) -> None:
        """Open the serving generation now, and not only at the next search.

        Raises:
            IndexMissingError: Nothing has been ingested yet.
            IndexMismatchError: Another embedding model, schema or kind of Chroma built it.
        """
        self._current.snapshot()

    @property
    def stamp(self) -> tuple[int, int] | None:
        """What changes with every swap of the generation; one stat of a file."""
        return self._current.stamp

    def close(self) -> None:
        """Release files and connections."""
        self._current.close()


def open_writer(
    settings: VectorStoreSettings,
    *,
    rebuild: bool = False,
    embedder: Embedder | None = None,
    progress: Progress | None = None,
) -> IndexWriter:
    """Return the writer of an index.

    Args:
        settings: where and how.
        rebuild: embed everything again; the way out where another model or schema is configured.
        embedder: used instead of the configured one.
        progress: called with the documents done and all documents.
    """
    model, stores = embedder or load_embedder(settings), ChromaStores(settings)
    return GenerationWriter(
        Generations(settings.data_dir),
        stores,
        GenerationBuilder(model, stores, settings.batch_size, settings.bigrams, progress),
        _build(settings, model),
        rebuild,
    )


def open_catalog(settings: VectorStoreSettings) -> Catalog:
    """Return the documents of the index, without loading a model; empty before the first ingest."""
    return CurrentCatalog(Generations(settings.data_dir))


def open_retriever(settings: VectorStoreSettings, *, embedder: Embedder | None = None) -> Retriever:
    """Return the search of an index."""
    return open_index(settings, embedder=embedder).retriever


def open_index(
    settings: VectorStoreSettings, *, embedder: Embedder | None = None, reranker: Reranker | None = None
) -> Index:
    """Return an index for reading; loads the models once and opens the serving generation.

    Args:
        settings: where and how.
        embedder: used instead of the configured one.
        reranker: used instead of the configured one.

    Raises:
        IndexMissingError: Nothing has been ingested yet.
        IndexMismatchError: Another embedding model, schema or kind of Chroma built it.
    """
    model = embedder or load_embedder(settings)
    generations = Generations(settings.data_dir)
    current = CurrentIndex(generations, ChromaStores(settings), _build(settings, model))
    index = Index(
        catalog=CurrentCatalog(generations),
        retriever=HybridRetriever(
            current,
            model,
            settings.fusion,
            _reordering(settings, model, _orderings() if settings.fusion.ordered else None),
            _reranking(settings, reranker),
        ),
        embedder=model,
        _current=current,
    )
    index.refresh()
    return index


def open_candidates(settings: VectorStoreSettings) -> HybridRetriever:
    """Return a search that also tells the features of its candidates, for fitting their order."""
    model = load_embedder(settings)
    current = CurrentIndex(Generations(settings.data_dir), ChromaStores(settings), _build(settings, model))
    return HybridRetriever(current, model, settings.fusion, _reordering(settings, model))


def fits(settings: VectorStoreSettings) -> bool:
    """Whether the serving generation, if any, was built as configured: model, schema, kind of Chroma."""
    generations = Generations(settings.data_dir)
    number = generations.current()
    if number is None:
        return True
    try:
        return generations.manifest(number).build == _build(settings, load_embedder(settings))
    except IndexDamagedError:
        return False


def load_embedder(settings: VectorStoreSettings) -> Embedder:
    """Return the configured embedder."""
    return build_embedder(settings)


def _reordering(
    settings: VectorStoreSettings, model: Embedder, orderings: Orderings | None = None
) -> Reordering:
    return Reordering(WindowCache(model), settings.fusion, orderings)


def _orderings() -> Orderings:
    return Orderings(
        explained=load_ordering(), plain=load_ordering(PLAIN_ORDERING_FILE, features=PLAIN_FEATURES)
    )


def _reranking(settings: VectorStoreSettings, reranker: Reranker | None) -> Reranking | None:
    chosen = reranker or build_reranker(settings)
    return Reranking(reranker=chosen, reranked=settings.reranked) if chosen else None


def _build(settings: VectorStoreSettings, embedder: Embedder) -> Build:
    return Build(
        schema_version=SCHEMA_VERSION,
        model=embedder.name,
        dimension=embedder.dimension,
        coarse=embedder.coarse,
        store="embedded" if settings.chroma_url is None else "server",
        bigrams=settings.bigrams,
    )
