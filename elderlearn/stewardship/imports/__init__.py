"""Files brought in: what can be, how it runs, what came of it."""
