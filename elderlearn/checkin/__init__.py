"""Who was there: the only writer of attendance, and the sums kept while writing."""
