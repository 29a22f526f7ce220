"""What a run knows of all its files at once, and that it does not hold it in memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.facts import claimed_twice
from pipeline.mandates import Bodies, mandates_by_body
from pipeline.pieces import named_rows, piece_of_rows
from pipeline.shards.distinct import Distinct
from pipeline.shards.ledger import Known, ledger

LANGUAGES = ("en", "zh", "fr")
FILES = st.lists(
    st.tuples(st.sampled_from(["S/1", "S/2", "S/3", "a\ud800"]), st.booleans(), st.sampled_from(LANGUAGES)), max_size=12
)


def known(files: list[tuple[str, bool, str]]) -> list[Known]:
    """Files of two shards."""
    return [Known(f"{n:02}.txt", n % 2, *each, digest="00") for n, each in enumerate(files)]


@settings(deadline=None)
@given(FILES)
def test_the_ledger_tells_what_all_files_tell_together(files: list[tuple[str, bool, str]]) -> None:
    """Claims, documents in several languages and what is said of files are those of the files as a list."""
    told = known(files)
    with ledger(LANGUAGES) as book:
        book.add(told)
        claims = claimed_twice({"file": k.file, "document": k.symbol, "language": k.language} for k in told)
        assert [each.file for each, _ in book.claims()] == [note.file for note in claims]
        assert all(first in note.reason for (_, first), note in zip(book.claims(), claims, strict=True))
        by_symbol: dict[str, list[Known]] = {}
        for each in sorted(told, key=lambda k: (LANGUAGES.index(k.language), k.file)):
            by_symbol.setdefault(each.symbol if each.named else each.file, []).append(each)
        several = [f for f in by_symbol.values() if len({k.language for k in f}) > 1]
        assert sorted(book.compared(), key=str) == sorted(several, key=str)
        assert book.documents_compared() == len(several)
        book.say_symbols()
        book.say_again()
        said = book.said(0) | book.said(1)
        again = {note.file for note in claims}
        document = {k.file: k.symbol for family in by_symbol.values() if len(family) > 1 for k in family}
        assert said.keys() == again | document.keys()
        for file, change in said.items():
            assert change.get("document") == document.get(file)
            assert change.get("distinct", False) == (file in again)


@settings(deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "file": st.sampled_from(["a", "b", "Z", "é"]),
                "place": st.sampled_from(["", "line 2", "line 10"]),
                "severity": st.sampled_from(["error", "warning"]),
                "reason": st.sampled_from(["x", "y"]),
                "cure": st.just("z"),
            }
        ),
        max_size=8,
    )
)
def test_rows_that_are_kept_come_in_the_order_of_their_table(rows: list[dict[str, str]]) -> None:
    """The ledger sorts as the tables are sorted."""
    with ledger(LANGUAGES) as book:
        book.keep("rejected", rows)
        kept = [dict(row) | {"place": row["place"] or None} for row in book.kept("rejected")]
    assert kept == named_rows("rejected", piece_of_rows("rejected", rows).arrow)


def _ledger(count: int) -> None:
    with ledger(LANGUAGES) as book:
        book.add(Known(f"{n:06}.txt", n // 50, f"S/2004/{n // 2}", True, LANGUAGES[n % 2], "00") for n in range(count))
        book.say_symbols()
        _used(book.claims())
        _used(book.compared())


def _mandates(count: int) -> None:
    document = "S/2004/{}".format
    facts = (
        {"fact_id": f"f{n}", "cluster_id": f"f{n}", "document": document(n), "language": "en", "modality": "actual",
         "event_type": "mandate_extension", "mission": f"Office {n % 50}", "period_end": "2004-06-01"}
        for n in range(count)
    )  # fmt: skip
    documents = ({"document": document(n), "refers_to": document(n + 1) * 20} for n in range(count))
    _used(mandates_by_body(facts, documents, Bodies({}, {}, {})))


def _used(rows: Iterator[object]) -> None:
    for _ in rows:
        pass


@pytest.mark.parametrize(("work", "each"), [(_ledger, 5), (_mandates, 150)])
def test_nothing_is_held_of_each_document(work: Callable[[int], None], each: int) -> None:
    """Python's memory at its highest grows by no more than a few bytes a document."""
    peaks = []
    for count in (200, 200, 4_000):  # the first makes caches
        tracemalloc.start()
        work(count)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] - peaks[1] < each * 3_800


def test_names_that_are_the_same_are_seen() -> None:
    """Any two, wherever they stand."""
    names = Distinct()
    assert not names.doubtful()
    names.update(str(n) for n in range(1_000))
    assert not names.doubtful()
    names.update(["500"])
    assert names.doubtful()
