"""Builds the desk over a ledger."""

from __future__ import annotations

from assistant.ledger import Ledger
from assistant.lexicon import FOLDER, load_lexicon
from assistant.support.describing import ProfileReader
from assistant.support.desk import Desk
from assistant.support.needing import NeedFinder
from assistant.support.vocabulary import load_vocabulary
from prompts.loader import load_messages
from vectorstore.protocols import Embedder

MESSAGES = "support_messages"


def build_desk(ledger: Ledger, embedder: Embedder) -> Desk:
    """Return the desk; vocabulary and places are those that the product ships.

    Raises:
        LexiconError: a file of words is missing or malformed.
    """
    vocabulary = load_vocabulary()
    reader = ProfileReader(vocabulary, load_lexicon(FOLDER).places, NeedFinder(vocabulary.needs, embedder))
    return Desk(ledger, vocabulary, reader, load_messages(MESSAGES))
