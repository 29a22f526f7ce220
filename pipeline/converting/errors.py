"""Why a file has no text."""

from __future__ import annotations


class NotConverted(Exception):
    """A file whose text cannot be had; `cure` says what to do."""

    def __init__(self, reason: str, cure: str) -> None:
        """The file cannot be read for this `reason`."""
        self.cure = cure
        super().__init__(reason)
