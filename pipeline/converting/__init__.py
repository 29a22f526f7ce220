"""PDF and Word files made into text files, which is what everything else reads."""
