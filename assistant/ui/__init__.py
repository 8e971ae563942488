"""The chat page: the only part of the product that knows the web framework."""
