"""From facts to the chains of mandates."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.mandates import Bodies, instrument_of, mandate_rows
from pipeline.schema import frame
from pipeline.timeline import timeline

CONFIGS = Path(__file__).parent.parent / "configs"
NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def bodies() -> Bodies:
    """What the project's own configuration knows of bodies."""
    return Bodies.from_config(CONFIGS, ["en", "zh"])


def told(document: str, day: str | None, **columns: Any) -> dict[str, Any]:
    """A row of `facts`, of an actual extension of UNIFIL unless said otherwise."""
    number = next(NUMBERS)
    row: dict[str, Any] = {
        "fact_id": f"f{number:04}",
        "cluster_id": f"c{number:04}",
        "document": document,
        "language": "en",
        "document_date": dt.date.fromisoformat(day) if day else None,
        "event_type": "mandate_extension",
        "modality": "actual",
        "mission": "UNIFIL",
        "paragraph": 1,
    }
    names = {"start": "period_start", "end": "period_end", "length": "duration"}
    return row | {names.get(name, name): value for name, value in columns.items()}


def short(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What matters of rows: period, how it is known, gap."""
    return [
        (r["period_start"], r["start_basis"], r["period_end"], r["end_basis"], r["gap_days"])
        for r in rows
        if r["modality"] == "actual"
    ]


def chain(bodies: Bodies, *facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of these facts, which keep the contract, whatever the order of the facts."""
    rows = mandate_rows(facts, (), bodies)
    assert mandate_rows(reversed(facts), (), bodies) == rows
    frame("mandates", rows)
    return rows


def test_extensions_make_a_chain(bodies: Bodies) -> None:
    """Each period begins on the day after the one before; the first by its length."""
    rows = chain(
        bodies,
        told("S/RES/648 (1990)", "1990-01-31", end="1990-07-31", length="P6M"),
        told("S/RES/659 (1990)", "1990-07-31", end="1991-01-31", length="P6M"),
        told("S/RES/684 (1991)", "1991-01-30", end="1991-07-31"),
    )
    assert short(rows) == [
        ("1990-02-01", "derived", "1990-07-31", "stated", None),
        ("1990-08-01", "derived", "1991-01-31", "stated", 0),
        ("1991-02-01", "derived", "1991-07-31", "stated", 0),
    ]
    assert [r["decided"] for r in rows] == ["1990-01-31", "1990-07-31", "1991-01-30"]
    assert {r["decided_basis"] for r in rows} == {"derived"}
    assert {r["instrument"] for r in rows} == {"resolution"}


def test_an_end_is_counted_from_start_and_length(bodies: Bodies) -> None:
    """Six months from 30 March end on 29 September, and the next begin on the 30th: no gap, no overlap."""
    rows = chain(
        bodies,
        told("S/RES/1470 (2003)", "2003-03-28", start="2003-03-30", length="P6M"),
        told("S/RES/1508 (2003)", "2003-09-19", start="2003-09-30", length="P6M"),
    )
    assert short(rows) == [
        ("2003-03-30", "stated", "2003-09-29", "derived", None),
        ("2003-09-30", "stated", "2004-03-29", "derived", 0),
    ]


def test_a_length_alone_goes_on_from_the_period_before(bodies: Bodies) -> None:
    """Extended for a further six months: from the day after the last period."""
    rows = chain(
        bodies,
        told("S/RES/1 (2003)", "2003-03-14", end="2003-03-31"),
        told("S/RES/2 (2003)", "2003-03-28", length="P6M"),
    )
    assert short(rows)[1] == ("2003-04-01", "derived", "2003-09-30", "derived", 0)


def test_the_first_length_alone_runs_from_the_decision(bodies: Bodies) -> None:
    """Without a period before, a resolution's own date is the first day; a report's is not."""
    decided = chain(bodies, told("S/RES/2 (2003)", "2003-03-28", length="P6M"))
    assert short(decided) == [("2003-03-28", "derived", "2003-09-27", "derived", None)]
    assert chain(bodies, told("S/2003/77", "2003-03-28", length="P6M")) == []


def test_a_real_lapse_is_a_gap(bodies: Bodies) -> None:
    """A decision made after the mandate was over does not reach back, unless its length says so."""
    before = told("S/RES/1 (1999)", "1999-09-13", end="1999-12-14")
    rows = chain(bodies, before, told("S/RES/2 (2000)", "2000-02-29", end="2000-05-31"))
    assert short(rows)[1] == ("2000-02-29", "derived", "2000-05-31", "stated", 76)
    rows = chain(bodies, before, told("S/RES/2 (2000)", "1999-12-20", end="2000-06-14", length="P6M"))
    assert short(rows)[1] == ("1999-12-15", "derived", "2000-06-14", "stated", 0)


def with_folder(
    bodies: Bodies, facts: list[dict[str, Any]], refers: dict[str, tuple[str, str | None]]
) -> list[tuple[Any, ...]]:
    """Gaps and their reasons, where the folder has these documents (with their days, and what they refer to)."""
    documents = [
        {"document": symbol, "document_date": dt.date.fromisoformat(day), "kind": None, "refers_to": cell}
        for symbol, (day, cell) in refers.items()
    ]
    rows = mandate_rows(facts, documents, bodies)
    assert mandate_rows(facts, reversed(documents), bodies) == rows
    frame("mandates", rows)
    return [(r["gap_days"], r["gap_kind"], r["gap_note"]) for r in rows if (r["gap_days"] or 0) > 0]


def test_a_gap_names_the_resolution_that_a_later_document_recalls(bodies: Bodies) -> None:
    """Of what is recalled, that which falls into the days of the gap and is not among the files."""
    facts = [
        told("S/RES/1485 (2003)", "2003-05-30", end="2003-07-31"),
        told("S/RES/1513 (2003)", "2003-10-28", end="2004-01-31"),
    ]
    cell = "S/RES/690 (1991) of 1991-04-29; S/RES/1495 (2003) of 2003-07-31; S/2003/1016 of 2003-10-16"
    gaps = with_folder(
        bodies, facts, {"S/RES/1485 (2003)": ("2003-05-30", None), "S/RES/1513 (2003)": ("2003-10-28", cell)}
    )
    note = "Not in the folder: S/RES/1495 (2003) of 2003-07-31, which S/RES/1513 (2003) recalls."
    assert gaps == [(88, "missing_document", note)]


def test_a_recalled_resolution_without_a_date_is_placed_by_its_number(bodies: Bodies) -> None:
    """1495 stands between 1494 and 1496, whose days are known; 1470 is too early to be the one."""
    facts = [
        told("S/RES/1485 (2003)", "2003-05-30", end="2003-07-31"),
        told("S/RES/1513 (2003)", "2003-10-28", end="2004-01-31"),
    ]
    folder: dict[str, tuple[str, str | None]] = {
        "S/RES/1471 (2003)": ("2003-03-28", None),
        "S/RES/1485 (2003)": ("2003-05-30", None),
        "S/RES/1494 (2003)": ("2003-07-30", None),
        "S/RES/1496 (2003)": ("2003-07-31", None),
        "S/RES/1513 (2003)": ("2003-10-28", "S/RES/1470 (2003); S/RES/1495 (2003)"),
    }
    assert (
        with_folder(bodies, facts, folder)[0][2]
        == "Not in the folder: S/RES/1495 (2003), which S/RES/1513 (2003) recalls."
    )


def test_a_gap_in_a_whole_series_is_a_lapse_or_names_the_number_that_is_lacking(bodies: Bodies) -> None:
    """With every number of those days in the folder the mandate was over; with one lacking, that one is named."""
    facts = [
        told("S/RES/1000 (2003)", "2003-01-30", end="2003-03-31"),
        told("S/RES/1006 (2003)", "2003-05-01", end="2004-01-31"),
    ]
    folder: dict[str, tuple[str, str | None]] = {
        f"S/RES/{1000 + n} (2003)": ((dt.date(2003, 1, 30) + n * dt.timedelta(15)).isoformat(), None)
        for n in range(-3, 7)
    }
    note = "The folder has every resolution of these days; S/RES/1006 (2003) decides after them."
    assert with_folder(bodies, facts, folder) == [(30, "lapse", note)]
    del folder["S/RES/1004 (2003)"]
    note = "Not in the folder: S/RES/1004, by the numbers of these days."
    assert with_folder(bodies, facts, folder) == [(30, "missing_document", note)]


def test_a_gap_in_which_documents_name_no_new_end_says_so(bodies: Bodies) -> None:
    """ "The provisions of resolution 1357 shall continue in force until 30 June": no body, no fact, but a trace."""
    facts = [
        told("S/RES/1357 (2001)", "2001-06-21", end="2002-06-21"),
        told("S/RES/1423 (2002)", "2002-07-12", end="2002-12-31"),
    ]
    folder: dict[str, tuple[str, str | None]] = {
        "S/RES/1357 (2001)": ("2001-06-21", None),
        "S/RES/1418 (2002)": ("2002-06-21", "S/RES/1357 (2001) of 2001-06-21"),
        "S/RES/1423 (2002)": ("2002-07-12", "S/RES/1418 (2002) of 2002-06-21"),
    }
    note = "S/RES/1418 (2002), of these days, refers to S/RES/1357 (2001) and names no new end."
    assert with_folder(bodies, facts, folder) == [(20, "no_new_date", note)]


def test_a_gap_after_a_counted_end_says_so(bodies: Bodies) -> None:
    """Six months may have begun later than on the day of the decision."""
    facts = [
        told("S/RES/1542 (2004)", "2004-04-30", length="P6M"),
        told("S/RES/1576 (2004)", "2004-11-29", end="2005-06-01"),
    ]
    note = "The end before is counted from 2004-04-30 and the length alone."
    assert with_folder(bodies, facts, {}) == [(30, "counted", note)]
    facts = [told("A", None, end="2004-10-29"), told("S/RES/1576 (2004)", "2004-11-29", end="2005-06-01")]
    note = "No document in the folder tells of these days; S/RES/1576 (2004) decides after them."
    assert with_folder(bodies, facts, {}) == [(30, "not_told", note)]


def test_an_establishment_that_is_recalled_makes_no_period(bodies: Bodies) -> None:
    """ "Recalling its resolution establishing … for three months" in a later document begins no three months."""
    rows = chain(
        bodies,
        told("S/RES/680 (1990)", "1990-12-14", end="1991-06-15", length="P6M"),
        told("S/RES/682 (1990)", "1990-12-21", length="P3M", event_type="establishment"),
        told("S/RES/697 (1991)", "1991-06-14", end="1991-12-15"),
    )
    assert [r["document"] for r in rows] == ["S/RES/680 (1990)", "S/RES/697 (1991)"]
    rows = chain(
        bodies,
        told("S/RES/697 (1991)", "1991-06-14", length="P3M", event_type="establishment"),
        told("S/RES/697 (1991)", "1991-06-14", end="1991-12-15"),
    )
    assert [r["period_end"] for r in rows] == ["1991-12-15"]


def test_an_establishment_in_prospect_was_carried_out_where_an_extension_goes_on_from_it(bodies: Bodies) -> None:
    """Six months from 16 October, decided in April, and extended in April after: they were no plan."""
    kind = {"event_type": "establishment", "modality": "planned"}
    founded = told("S/RES/2350 (2017)", "2017-04-13", date="2017-10-16", length="P6M", **kind)
    rows = chain(bodies, founded, told("S/RES/2410 (2018)", "2018-04-10", end="2019-04-15"))
    assert [r["modality"] for r in rows] == ["actual", "actual"]
    assert short(rows) == [
        ("2017-10-16", "stated", "2018-04-15", "derived", None),
        ("2018-04-16", "derived", "2019-04-15", "stated", 0),
    ]
    rows = chain(bodies, founded)
    assert [r["modality"] for r in rows] == ["planned"]
    rows = chain(bodies, founded, told("S/RES/2500 (2019)", "2019-11-01", end="2020-04-15"))
    assert [r["modality"] for r in rows] == ["actual", "planned"]


def test_a_period_whose_predecessor_is_lacking_begins_where_its_length_says(bodies: Bodies) -> None:
    """ "For six months until 31 January", decided on 30 July, was meant from 1 August."""
    rows = chain(
        bodies,
        told("S/RES/1151 (1998)", "1998-01-30", end="1998-01-31"),
        told("S/RES/1188 (1998)", "1998-07-30", end="1999-01-31", length="P6M"),
    )
    assert short(rows)[1] == ("1998-08-01", "derived", "1999-01-31", "stated", 181)


def test_the_day_after_is_no_lapse(bodies: Bodies) -> None:
    """Decided on 1 June after 31 May: continuous."""
    rows = chain(
        bodies,
        told("S/RES/823 (1993)", "1993-04-30", end="1993-05-31"),
        told("S/RES/834 (1993)", "1993-06-01", end="1993-07-15", length="P45D"),
    )
    assert short(rows)[1] == ("1993-06-01", "derived", "1993-07-15", "stated", 0)


def test_told_again_is_the_same_period(bodies: Bodies) -> None:
    """Recalled in a later document, the period keeps the document that decided it, and all its facts."""
    rows = chain(
        bodies,
        told("S/RES/804 (1993)", "1993-01-29", end="1993-04-30", length="P3M"),
        told("S/RES/823 (1993)", "1993-04-30", end="1993-04-30", length="P3M", decided="1993-01-29"),
        told("S/RES/823 (1993)", "1993-04-30", end="1993-05-31"),
        told("S/1993/1", "1993-05-10", end="1993-05", decided="1993-04"),
    )
    assert [(r["document"], len(r["fact_ids"])) for r in rows] == [("S/RES/804 (1993)", 2), ("S/RES/823 (1993)", 2)]
    assert rows[1]["period_end"] == "1993-05-31"


def test_the_present_mandate_is_that_of_the_document(bodies: Bodies) -> None:
    """An extension that names no body is of the only one whose mandate the document speaks of, if there is one."""
    endorses = told("S/RES/1461 (2003)", "2003-01-30", length="P6M", modality="proposed")
    extends = told("S/RES/1461 (2003)", "2003-01-30", end="2003-07-31", mission=None)
    rows = chain(bodies, told("S/RES/1428 (2002)", "2002-07-30", end="2003-01-31"), endorses, extends)
    assert [(r["period_start"], r["period_end"], r["modality"], len(r["fact_ids"])) for r in rows] == [
        ("2002-07-30", "2003-01-31", "actual", 1),
        ("2003-02-01", "2003-07-31", "actual", 2),
    ]
    other = told("S/RES/1461 (2003)", "2003-01-30", end="2003-03-31", mission="UNDOF")
    assert {r["period_end"] for r in chain(bodies, endorses, extends, other)} == {"2003-03-31"}


def test_a_symbol_names_the_period_rather_than_a_file(bodies: Bodies) -> None:
    """Of two versions of one letter, the one whose symbol was read."""
    rows = chain(
        bodies,
        told("331-english", "2004-04-23", end="2004-06-01"),
        told("S/2004/331", "2004-04-23", end="2004-06-01", language="zh"),
    )
    assert [(r["document"], len(r["fact_ids"])) for r in rows] == [("S/2004/331", 2)]


def test_what_is_only_recalled_is_not_decided_by_the_teller(bodies: Bodies) -> None:
    """The resolution is not in the folder: the period stands, with the day that the text gives."""
    rows = chain(bodies, told("S/RES/823 (1993)", "1993-04-30", end="1993-04-30", length="P3M", decided="1993-01-29"))
    assert rows[0]["decided"] == "1993-01-29"
    assert rows[0]["decided_basis"] == "stated"
    assert rows[0]["period_start"] == "1993-02-01"


def test_a_derived_end_gives_way_to_a_stated_one(bodies: Bodies) -> None:
    """Counted, it may be a day off: then it is the same period."""
    rows = chain(
        bodies,
        told("S/RES/1470 (2003)", "2003-03-28", start="2003-03-30", length="P6M"),
        told("S/2003/863", "2003-09-05", end="2003-09-30"),
    )
    assert short(rows) == [("2003-03-30", "stated", "2003-09-30", "stated", None)]
    assert rows[0]["document"] == "S/RES/1470 (2003)"


def test_an_overlap_supersedes(bodies: Bodies) -> None:
    """A new period that begins before the old one is over takes its place."""
    rows = chain(
        bodies,
        told("S/RES/1270 (1999)", "1999-10-22", event_type="establishment", start="1999-10-22", length="P6M"),
        told("S/RES/1289 (2000)", "2000-02-07", start="2000-02-07", length="P6M"),
    )
    assert [r["gap_days"] for r in rows] == [None, -74]
    assert [r["superseded_by"] for r in rows] == ["S/RES/1289 (2000)", None]
    assert rows[0]["period_start"] == "1999-10-22"


def test_an_establishment_without_a_term_stands_before_the_chain(bodies: Bodies) -> None:
    """It has a first day and no end; a body that was never extended has no chain and no row."""
    founded = told("S/2004/331", "2004-04-23", event_type="establishment", date="1978-03-19")
    rows = chain(bodies, founded, told("S/RES/648 (1990)", "1990-01-31", end="1990-07-31", length="P6M"))
    assert short(rows)[0] == ("1978-03-19", "stated", None, None, None)
    assert chain(bodies, founded) == []


def test_what_is_planned_stands_by_the_chain(bodies: Bodies) -> None:
    """It goes on from the chain, is marked, and makes no gap for what is decided later."""
    rows = chain(
        bodies,
        told("S/2004/331", "2004-04-23", end="2004-06-01", length="P1Y", decided="2003-05", mission="UNTOP"),
        told("S/2004/331", "2004-04-23", end="2005-06-01", length="P1Y", modality="planned", mission="UNTOP"),
    )
    assert [(r["period_start"], r["period_end"], r["modality"], r["gap_days"]) for r in rows] == [
        ("2003-06-02", "2004-06-01", "actual", None),
        ("2004-06-02", "2005-06-01", "planned", 0),
    ]
    assert rows[0]["decided"] == "2003-05"


def test_a_proposal_is_superseded_by_its_decision(bodies: Bodies) -> None:
    """In a report it stands by itself and names the resolution; in the resolution it is told with the decision."""
    rows = chain(
        bodies,
        told("S/RES/1391 (2002)", "2002-01-28", end="2002-07-31"),
        told("S/2002/746", "2002-07-12", length="P6M", modality="proposed"),
        told("S/RES/1428 (2002)", "2002-07-30", length="P6M", modality="proposed"),
        told("S/RES/1428 (2002)", "2002-07-30", end="2003-01-31", length="P6M"),
    )
    assert [(r["modality"], r["document"], r["superseded_by"], len(r["fact_ids"])) for r in rows] == [
        ("actual", "S/RES/1391 (2002)", None, 1),
        ("actual", "S/RES/1428 (2002)", None, 2),
        ("proposed", "S/2002/746", "S/RES/1428 (2002)", 1),
    ]
    assert rows[2]["period_start"] == "2002-08-01"


def test_hypothetical_and_denied_periods_are_rows_only(bodies: Bodies) -> None:
    """They derive no first day and are no part of the chain."""
    rows = chain(
        bodies,
        told("S/RES/881 (1993)", "1993-11-04", end="1994-01-31"),
        told("S/RES/881 (1993)", "1993-11-04", end="1994-03-31", modality="negated"),
    )
    assert [(r["modality"], r["period_start"]) for r in rows] == [("actual", "1993-11-04"), ("negated", None)]


def test_languages_tell_one_chain(bodies: Bodies) -> None:
    """The same extension in two languages is one row; a body without an id is known by its cluster."""
    panel = {"mission": "Panel of Experts", "cluster_id": "one"}
    rows = chain(
        bodies,
        told("S/RES/1 (2004)", "2004-01-01", end="2004-06-30", **panel),
        told("S/RES/1 (2004)", "2004-01-01", end="2004-06-30", **(panel | {"language": "zh", "mission": "专家小组"})),
        told("S/RES/2 (2004)", "2004-06-29", end="2004-12-31", mission="the panel of experts"),
    )
    assert [(r["mission"], r["period_start"], len(r["fact_ids"])) for r in rows] == [
        ("Panel of Experts", "2004-01-01", 2),
        ("Panel of Experts", "2004-07-01", 1),
    ]


def test_spellings_of_one_body_are_one(bodies: Bodies) -> None:
    """Case, hyphens and articles do not make another body; the form that is met most is its name."""
    rows = chain(
        bodies,
        told("S/RES/1 (2004)", "2004-01-01", end="2004-06-30", mission="CIS peace-keeping force"),
        told("S/RES/2 (2004)", "2004-06-29", end="2004-12-31", mission="CIS Peacekeeping Force"),
        told("S/RES/3 (2004)", "2004-12-29", end="2005-06-30", mission="CIS Peacekeeping Force"),
    )
    assert [r["mission"] for r in rows] == ["CIS Peacekeeping Force"] * 3


def test_chains_point_at_each_other(bodies: Bodies) -> None:
    """UNAVEM II, III and MONUA are three chains."""
    rows = chain(
        bodies,
        told("S/RES/952 (1994)", "1994-10-27", end="1994-12-08", mission="UNAVEM II"),
        told("S/RES/1008 (1995)", "1995-08-07", end="1996-02-08", mission="UNAVEM III"),
    )
    assert [(r["mission"], r["follows"], r["followed_by"], r["gap_days"]) for r in rows] == [
        ("UNAVEM II", "UNAVEM I", "UNAVEM III", None),
        ("UNAVEM III", "UNAVEM II", "MONUA", None),
    ]


def test_partial_dates_stay_partial(bodies: Bodies) -> None:
    """What follows a period until June begins in June, and nothing is counted from it."""
    rows = chain(
        bodies,
        told("S/RES/1 (2004)", "2004-01-01", end="2004-06", start="2004-01-01"),
        told("S/RES/2 (2004)", "2004-05-30", end="2004-12"),
        told("S/RES/3 (2004)", "2004-11-30", length="P6M"),
    )
    assert [(r["period_start"], r["period_end"]) for r in rows] == [("2004-01-01", "2004-06"), ("2004-06", "2004-12")]


@pytest.mark.parametrize(
    ("symbol", "kind", "instrument"),
    [
        ("S/RES/1299 (2000)", None, "resolution"),
        ("A/RES/60/1", None, "resolution"),
        ("A/58/PV.1", None, None),
        ("S/PRST/2004/17", "letter", "presidential statement"),
        ("S/2004/331", "letter", "letter"),
        ("S/2004/331", None, None),
        ("report", "report", "report"),
    ],
)
def test_the_symbol_says_what_a_document_is(symbol: str, kind: str | None, instrument: str | None) -> None:
    """Series of resolutions and statements by their symbols, others by what their head says."""
    assert instrument_of(symbol, kind) == instrument


MONTHS = st.integers(0, 119)


@settings(deadline=None)
@given(st.lists(st.tuples(MONTHS, st.integers(1, 12)), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_chains_do_not_depend_on_order(periods: list[tuple[int, int]], random: Any) -> None:
    """Any decisions in any order give the same rows, sorted by their ends, with every fact in one of them."""
    facts = []
    for number, (month, length) in enumerate(periods):
        day = dt.date(1990 + month // 12, month % 12 + 1, 10)
        last = month + length
        end = f"{1990 + last // 12}-{last % 12 + 1:02}-{15 if number % 2 else 28}"
        facts.append(told(f"S/RES/{number} ({day.year})", day.isoformat(), end=end, length=f"P{length}M"))
    known = Bodies({}, {}, {})
    rows = mandate_rows(facts, (), known)
    random.shuffle(facts)
    assert mandate_rows(facts, (), known) == rows
    assert [r["period_end"] for r in rows] == sorted(r["period_end"] for r in rows)
    assert sorted(f for r in rows for f in r["fact_ids"]) == sorted(f["fact_id"] for f in facts)
    assert all(r["period_start"] <= r["period_end"] for r in rows)


@settings(deadline=None, max_examples=60)  # the contract's check takes its time
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["actual", "planned", "proposed", "hypothetical", "negated"]),
            st.sampled_from([None, "0001-01-01", "1999-12", "2000", "199X", "9999-12-31", "../2001", "2000/..", "x"]),
            st.sampled_from([None, "0001-01-01", "2000-01-31", "2000-02", "20XX", "9999-12-31", "2000/2001"]),
            st.sampled_from([None, "P6M", "P9999Y", "PT1S", "P1Y6M", "P0D", "six months"]),
            st.sampled_from([None, "1999-12-01", "9999-12-31", "0001", "../2000"]),
            st.sampled_from([None, "0001-01-01", "2000-01-01", "9999-12-31"]),
            st.sampled_from(["S/RES/1 (2000)", "S/RES/2 (2000)", "S/2000/3", "file"]),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_odd_dates_break_nothing(cases: list[tuple[Any, ...]]) -> None:
    """Whatever the facts hold, the rows keep the contract and the picture can be drawn."""
    facts = [
        told(document, day, modality=modality, start=start, end=end, length=length, decided=decided)
        | ({"event_type": "establishment"} if founding else {})
        for modality, start, end, length, decided, day, document, founding in cases
    ]
    rows = mandate_rows(facts, (), Bodies({}, {}, {}))
    assert mandate_rows(facts[::-1], (), Bodies({}, {}, {})) == rows
    frame("mandates", rows)
    assert timeline(rows).shapes
