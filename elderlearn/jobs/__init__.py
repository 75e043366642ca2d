"""Work that arq does."""
