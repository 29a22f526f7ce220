"""Evaluation: what is found on a gold of paragraphs with their true facts, in figures and in errors to read."""
