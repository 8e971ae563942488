"""Two documents, or two versions of one, compared clause by clause."""
