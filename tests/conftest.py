"""What holds for all tests."""

import os

import pytest
from hypothesis import settings

# The same commit passes or fails on every run: examples are made from the test, not by chance. UNFACTS_EXAMPLES=20000
# looks for new ones, so many for each property; what is found is mended and kept as a test. No test goes by the
# clock: a first example loads rules.
settings.register_profile("unfacts", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=int(os.environ.get("UNFACTS_EXAMPLES", "100")))
settings.load_profile("search" if "UNFACTS_EXAMPLES" in os.environ else "unfacts")


def pytest_configure(config: pytest.Config) -> None:
    """Keep compiled expressions beside what pytest keeps, not in the user's own folder."""
    cache = getattr(config, "cache", None)  # none with -p no:cacheprovider
    os.environ["UNFACTS_CACHE"] = str(cache.mkdir("unfacts")) if cache is not None else ""
