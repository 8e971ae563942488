"""The stock recipes that the product is compared with, made of LangChain's own parts."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

from langchain_core.embeddings import Embeddings

from eval.errors import MissingPackageError
from eval.peers import FoundPeer, Peer
from vectorstore.models import Document
from vectorstore.protocols import Embedder
from vectorstore.tokenizing import words

CHUNK_SIZE, CHUNK_OVERLAP, TOP_K = 500, 50, 5
"""What LangChain's tutorials take."""
_BATCH = 5_000


class _ProductEmbeddings(Embeddings):
    """The product's embedding model in LangChain's form: the same vectors for every recipe."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text."""
        vectors: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        vector: list[float] = self._embedder.embed_queries([text])[0].tolist()
        return vector


def stock_peers(documents: Sequence[Document], embedder: Embedder) -> tuple[Peer, ...]:
    """Return (a) splitter, Chroma, top 5 and (b) the same with BM25 in an ensemble.

    Raises:
        MissingPackageError: LangChain's own packages are not installed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # langchain-community says at import that it is being sunset
        try:
            from langchain_chroma import Chroma
            from langchain_classic.retrievers import EnsembleRetriever
            from langchain_community.retrievers import BM25Retriever
            from langchain_text_splitters import RecursiveCharacterTextSplitter
        except ImportError as error:
            raise MissingPackageError(
                f"{error.name} is not installed; the comparison needs it: pip install 'huxz[dev]'"
            ) from error
        splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP)
        chunks = splitter.create_documents([document.text for document in documents])
        store = Chroma(
            embedding_function=_ProductEmbeddings(embedder),
            collection_name="peers",
            collection_metadata={"hnsw:space": "cosine"},
        )
        for start in range(0, len(chunks), _BATCH):
            store.add_documents(chunks[start : start + _BATCH])
        dense = store.as_retriever(search_kwargs={"k": TOP_K})
        lexical = BM25Retriever.from_documents(chunks, preprocess_func=words, k=TOP_K)
        both = EnsembleRetriever(retrievers=[lexical, dense], weights=[0.5, 0.5])
    return (
        FoundPeer("LangChain: splitter 500/50, Chroma, top 5", lambda question: _texts(dense, question)),
        FoundPeer("LangChain: + BM25 (jieba), ensemble", lambda question: _texts(both, question)[:TOP_K]),
    )


def _texts(retriever: Any, question: str) -> list[str]:
    return [found.page_content for found in retriever.invoke(question)]
