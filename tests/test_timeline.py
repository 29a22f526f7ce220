"""The picture of the mandates."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from PIL import Image, ImageColor

from pipeline.drawing import Box, Line, Picture, Shape, Text, shortened, svg, text_width
from pipeline.raster import SCALE, png
from pipeline.timeline import MOST, WIDTH, timeline, timeline_files


def row(mission: str, start: str | None, end: str | None, **columns: Any) -> dict[str, Any]:
    """A row of `mandates`."""
    known = {"start_basis": "derived", "end_basis": "stated", "superseded_by": None, "gap_days": None}
    named = {"mission": mission, "period_start": start, "period_end": end}
    return known | named | {"modality": "actual", "document": "S/RES/648 (1990)"} | columns


UNIFIL = [
    row("UNIFIL", "1990-02-01", "1990-07-31"),
    row("UNIFIL", "1990-08-01", "1991-01-31", document="S/RES/659 (1990)", gap_days=0),
    row("UNIFIL", "1992-01-01", "1993-01-31", document="S/RES/684 (1991)", gap_days=334),
    row("UNIFIL", "1993-02-01", "1994-01-31", document="S/1993/7", modality="proposed"),
]


def bars(picture: Picture) -> list[Box]:
    """The boxes that stand for a period, from the left."""
    return sorted((s for s in picture.shapes if isinstance(s, Box) and s.told), key=lambda b: b.x)


def words(picture: Picture) -> list[str]:
    """All texts."""
    return [s.text for s in picture.shapes if isinstance(s, Text)]


def test_a_bar_a_period_and_gaps_are_seen() -> None:
    """Bars follow the calendar, neighbours differ in shade, a gap is a dashed line that says how long."""
    picture = timeline(UNIFIL)
    found = bars(picture)
    assert [b.told.split(",")[1] for b in found] == [" actual", " actual", " actual", " proposed"]
    assert found[0].x + found[0].width <= found[1].x
    assert found[0].fill != found[1].fill
    assert found[3].stripes
    assert not any(b.stripes for b in found[:3])
    year = found[2].width / 397  # 1 January 1992 to 31 January 1993
    assert found[0].width / 181 == pytest.approx(year, rel=0.02)
    gaps = [s for s in picture.shapes if isinstance(s, Line) and s.dashed]
    assert len(gaps) == 2  # one of them in the legend
    assert "334 days" in words(picture)
    assert {"S/RES/648 (1990)", "S/RES/659 (1990)", "decided", "proposed", "gap in the chain"} <= set(words(picture))


def test_rows_in_any_order_give_the_same_bytes() -> None:
    """SVG and PNG depend on the rows alone."""
    rows = [*UNIFIL, row("UNTOP", "2003-06-02", "2004-06-01", document="S/2004/331")]
    assert timeline_files(rows) == timeline_files(rows[::-1])
    assert list(timeline_files(rows)) == ["timeline.svg", "timeline.png"]


def test_what_is_superseded_or_denied_is_not_drawn() -> None:
    """Prospects that were decided lie under their decision; what may not be is in the table only."""
    rows = [
        UNIFIL[0],
        row("UNIFIL", "1990-02-01", "1990-07-31", modality="planned", superseded_by="S/RES/648 (1990)"),
        row("UNIFIL", None, "1990-07-31", modality="negated"),
        row("UNIFIL", "1990-08-01", "1990-08-31", modality="hypothetical"),
        row("MINURSO", None, "1990-07-31", modality="negated"),
    ]
    assert len(bars(timeline(rows))) == 1
    assert "MINURSO" not in words(timeline(rows))


def test_an_overlap_is_drawn_as_it_was_in_force() -> None:
    """A period that another replaced before its time ends where the other begins."""
    rows = [row("UNAMSIL", "1999-10-22", "2000-04-21"), row("UNAMSIL", "2000-02-07", "2000-08-06", gap_days=-74)]
    first, second = bars(timeline(rows))
    assert first.x + first.width <= second.x
    assert "2000-04-21" in first.told


def test_a_period_with_one_end_is_a_mark() -> None:
    """An establishment is a diamond with a line to the first period; an end alone a triangle; nothing is made up."""
    rows = [row("UNAMI", "2003-08-14", None), row("UNAMI", "2004-08-12", "2005-08-11"), row("X", None, "2004-06-30")]
    picture = timeline(rows)
    marks = [s for s in picture.shapes if isinstance(s, Shape) and s.told]
    assert [len(m.points) for m in marks] == [4, 3]
    assert len(bars(picture)) == 1


def test_svg_is_xml_whatever_the_names() -> None:
    """Names and symbols are escaped; what XML cannot hold is left out."""
    hostile = row('<b>&"\x00\ud800]]>', "2003-06-02", "2004-06-01", document="<&>")
    rows = [hostile, row("专家小组", "2003-01", "2003-12")]
    root = ET.fromstring(svg(timeline(rows)))
    assert {'<b>&"]]>', "专家小组"} <= {"".join(e.itertext()) for e in root.iter("{http://www.w3.org/2000/svg}text")}


def test_png_is_the_same_picture() -> None:
    """Twice the size, and the middle of a bar has its colour."""
    picture = timeline(UNIFIL)
    image = Image.open(io.BytesIO(png(picture)))
    assert image.size == (picture.width * SCALE, picture.height * SCALE)
    for bar in bars(picture)[:3]:
        at = (round((bar.x + 2) * SCALE), round((bar.y + 2) * SCALE))
        assert image.getpixel(at) == ImageColor.getrgb(bar.fill)


@pytest.mark.parametrize("rows", [[], [row("UNIFIL", None, None)]])
def test_nothing_to_draw_is_said(rows: list[dict[str, Any]]) -> None:
    """A picture all the same, so that the pipeline has its output."""
    picture = timeline(rows)
    assert words(picture) == ["No mandate with a date was found."]
    assert png(picture).startswith(b"\x89PNG")


def test_many_bodies_are_cut_and_counted() -> None:
    """A picture of a thousand rows is none."""
    rows = [row(f"B{n:04}", "2003-06-02", "2004-06-01") for n in range(MOST + 7)]
    picture = timeline(rows)
    assert len(bars(picture)) == MOST
    assert "and 7 more bodies: see the table mandates" in words(picture)


def test_everything_stands_on_the_picture() -> None:
    """The first and the last years of the calendar, a day, a century: no shape leaves the picture."""
    rows = [row("A", "0001-01-01", "0001-01-01"), row("B" * 90, "9999-12-31", "9999-12-31"), row("C", "199X", "2004")]
    for some in (rows, rows[:1], rows[1:2], rows[2:]):
        picture = timeline(some)
        for shape in picture.shapes:
            if isinstance(shape, Box):
                assert shape.x >= 0
                assert shape.x + shape.width <= WIDTH
                assert shape.width > 0


def test_long_names_are_shortened() -> None:
    """To the width that is there, with an ellipsis."""
    name = "United Nations Operation in the Somewhere Else"
    assert shortened(name, 12, 1000) == name
    cut = shortened(name, 12, 100)
    assert cut.endswith("…")
    assert text_width(cut, 12) <= 100
