"""unfacts: what United Nations documents say, as a tidy table of facts."""

__version__ = "0.1.0"
