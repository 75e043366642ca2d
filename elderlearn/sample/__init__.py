"""The sample district: synthetic people with a believable year, every screen of it marked as sample."""
