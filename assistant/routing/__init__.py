"""The question router: a small linear model over character n-grams."""
