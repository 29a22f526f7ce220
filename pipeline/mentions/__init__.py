"""Mentions: dates, durations, numerals, quantities, names and references, found and normalised."""
