"""The steps by which the feedback database is made and changed; `database.migrate` runs them."""
