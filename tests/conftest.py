"""What holds for all tests."""

from hypothesis import settings

settings.register_profile("unfacts", deadline=None)  # no test by the clock: a first example loads rules
settings.load_profile("unfacts")
