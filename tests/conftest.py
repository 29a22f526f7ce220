"""What holds for all tests."""

import os

import pytest
from hypothesis import settings

settings.register_profile("unfacts", deadline=None)  # no test by the clock: a first example loads rules
settings.load_profile("unfacts")


def pytest_configure(config: pytest.Config) -> None:
    """Keep compiled expressions beside what pytest keeps, not in the user's own folder."""
    if config.cache is not None:
        os.environ["UNFACTS_CACHE"] = str(config.cache.mkdir("unfacts"))
