"""Which support fits an enterprise: profile, matching, amounts, comparison."""
