"""Who takes part regularly, and what share of the elders that is."""
