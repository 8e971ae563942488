"""Words for people and for chat models, versioned."""
