"""A picture as a list of plain shapes, and its SVG: text with the same bytes everywhere.

Lengths are in CSS pixels, y grows downwards. `pipeline.raster` makes a PNG of the same shapes, so that no SVG
has to be read and neither a system library nor a system font is needed.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

Anchor = Literal["start", "middle", "end"]
FONTS = "Helvetica, Arial, 'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans Arabic', sans-serif"
_STRIPE = 6  # pixels from one stripe of a hatching to the next


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; with `stripes` it is hatched in that colour, rising to the right, or falling."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    stripes: str = ""
    falling: bool = False
    told: str = ""  # what a reader sees who points at it


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line, dashed or not."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    width: float = 1
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled polygon."""

    points: tuple[tuple[float, float], ...]
    fill: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Words; (x, y) is on the base line, at the start, middle or end of them."""

    x: float
    y: float
    text: str
    size: float
    fill: str
    anchor: Anchor = "start"
    bold: bool = False


Drawn = Box | Line | Shape | Text


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes on a white ground, those drawn later above the others."""

    width: int
    height: int
    title: str
    shapes: tuple[Drawn, ...]


def text_width(text: str, size: float) -> float:
    """About how wide words are in a sans-serif face: a little too wide rather than too narrow."""
    return size * sum(map(_width, text))


_EM = {"Lu": 0.7, "Nd": 0.556, "Zs": 0.29, "Po": 0.31, "Pd": 0.35, "Ps": 0.35, "Pe": 0.35}


@lru_cache(maxsize=4096)
def _width(char: str) -> float:
    """The width of a character, in ems."""
    if char.isascii():
        return _EM.get(unicodedata.category(char), 0.56)
    if unicodedata.combining(char):
        return 0.0
    return 1.02 if unicodedata.east_asian_width(char) in "WF" else 0.6


def shortened(text: str, size: float, width: float) -> str:
    """`text`, cut with an ellipsis where it is wider than `width`."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def svg(picture: Picture) -> str:
    """The picture as an SVG document (SVG 1.1) that stands alone; tooltips are `title` elements."""
    hatchings = sorted({(s.stripes, s.falling) for s in picture.shapes if isinstance(s, Box) and s.stripes})
    names = {key: f"hatch{number}" for number, key in enumerate(hatchings, 1)}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{picture.width}" height="{picture.height}" '
        f'viewBox="0 0 {picture.width} {picture.height}" font-family="{FONTS}" role="img">',
        f"<title>{escape(picture.title)}</title>",
        *(_pattern(names[key], *key) for key in hatchings),
        f'<rect width="{picture.width}" height="{picture.height}" fill="#FFFFFF"/>',
        *(_element(shape, names) for shape in picture.shapes),
        "</svg>",
        "",
    ]
    return "\n".join(line for line in lines[:-1] if line) + "\n"


def _pattern(name: str, colour: str, falling: bool) -> str:
    turn = -45 if falling else 45
    return (
        f'<defs><pattern id="{name}" width="{_STRIPE}" height="{_STRIPE}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({turn})"><line x1="0" y1="0" x2="0" y2="{_STRIPE}" stroke="{colour}" '
        'stroke-width="3.2"/></pattern></defs>'
    )


def _element(shape: Drawn, names: dict[tuple[str, bool], str]) -> str:
    if isinstance(shape, Line):
        dash = ' stroke-dasharray="3 2"' if shape.dashed else ""
        return (
            f'<line x1="{_n(shape.x1)}" y1="{_n(shape.y1)}" x2="{_n(shape.x2)}" y2="{_n(shape.y2)}" '
            f'stroke="{shape.stroke}" stroke-width="{_n(shape.width)}"{dash}/>'
        )
    if isinstance(shape, Text):
        anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
        weight = ' font-weight="bold"' if shape.bold else ""
        return (
            f'<text x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{_n(shape.size)}" fill="{shape.fill}"'
            f"{anchor}{weight}>{escape(_plain(shape.text))}</text>"
        )
    told = f"<title>{escape(_plain(shape.told))}</title>" if shape.told else ""
    if isinstance(shape, Shape):
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
        return f'<g>{told}<polygon points={quoteattr(points)} fill="{shape.fill}"/></g>'
    at = f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
    stroke = f' stroke="{shape.stroke}"' if shape.stroke else ""
    boxes = f'<rect {at} fill="{shape.fill}"{"" if shape.stripes else stroke}/>'
    if shape.stripes:
        boxes += f'<rect {at} fill="url(#{names[shape.stripes, shape.falling]})"{stroke}/>'
    return f"<g>{told}{boxes}</g>" if told or shape.stripes else boxes


def _n(value: float) -> str:
    """A length with at most two decimals, no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    if text.isprintable():  # nearly always
        return text
    return "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
