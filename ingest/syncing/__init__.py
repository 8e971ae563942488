"""Taking official documents in from where they are published, politely and safely."""
