"""A coverage-guided fuzzer (atheris, the extra `fuzz`) on what reads files, dates, numbers and events.

    pip install -e '.[fuzz]'
    python -m tests.fuzz dates -max_total_time=1800 corpus-folder

The first argument is a target: readers, dates, numbers or rules; what follows goes to libFuzzer. The first input of
each kind that breaks a promise (tests/promises.py) is stored as broken-TARGET-*, and the fuzzer goes on; show what is
wrong with `python -m tests.fuzz dates broken-…`, mend it, and keep the text in tests/test_promises.py.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline"]):
    from tests import promises

MOST = 2_000  # characters: what is longer is looked at by tests/test_linear.py


def _spoken(promise: Callable[[str, str], None]) -> Callable[[bytes], None]:
    def target(data: bytes) -> None:
        if data:
            language = promises.LANGUAGES[data[0] % len(promises.LANGUAGES)]
            promise(promises.text_of(data[1:], language)[:MOST], language)

    return target


TARGETS: dict[str, Callable[[bytes], object]] = {
    "readers": promises.reading,
    "dates": _spoken(promises.dates),
    "numbers": _spoken(promises.numbers),
    "rules": _spoken(promises.rules),
}


def _noted(name: str, target: Callable[[bytes], object], known: set[str]) -> Callable[[bytes], None]:
    """The target, which stores the first input of each kind of fault instead of stopping there."""

    def noting(data: bytes) -> None:
        try:
            target(data)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"
            if kind not in known:
                known.add(kind)
                path = Path(f"broken-{name}-{hashlib.sha256(kind.encode()).hexdigest()[:12]}")
                path.write_bytes(data)
                print(f"{path}: {kind}: {error}"[:400], file=sys.stderr, flush=True)

    return noting


def _shown(name: str, data: bytes) -> None:
    language = promises.LANGUAGES[data[0] % len(promises.LANGUAGES)] if data else ""
    print(language, repr(promises.text_of(data[1:], language)[:MOST]) if name != "readers" else data)
    TARGETS[name](data)


def main() -> None:
    """Fuzz the target that the command line names."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"which target? one of {', '.join(TARGETS)}")
    name = sys.argv[1]
    if len(sys.argv) == 3 and Path(sys.argv[2]).is_file():
        _shown(name, Path(sys.argv[2]).read_bytes())
        return
    for language in promises.LANGUAGES:
        promises.vocabulary(language)
        promises.analyst(language)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], _noted(name, TARGETS[name], set()))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
