"""File -> Document -> clause tree -> annotations -> chunks -> index."""
