"""Training of the embedded model; the product runs without this package."""
