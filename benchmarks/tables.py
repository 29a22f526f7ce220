"""What benchmarks write: tables in Markdown, bars and curves as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

_ROW, _LEFT, _WIDE = 24, 190, 460


def markdown(rows: Sequence[Mapping[str, object]]) -> str:
    """The rows as a table; all have the columns of the first."""
    names = list(rows[0])
    lines = [names, ["---"] * len(names), *([str(row.get(name, "")) for name in names] for row in rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def write_bars(path: Path, title: str, bars: Sequence[tuple[str, float, bool]]) -> None:
    """Bars on a logarithmic scale: label, value, whether it is ours."""
    low = 10 ** math.floor(math.log10(min(value for _, value, _ in bars)))
    span = math.log10(max(value for _, value, _ in bars) * 1.1 / low)
    height = 44 + _ROW * len(bars)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDE + 110}" height="{height}" '
        'font-family="Calibri, Carlito, Arial, sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="12" y="24" font-weight="bold" fill="#16425B">{escape(title)}</text>',
    ]
    for number, (label, value, ours) in enumerate(bars):
        y = 38 + _ROW * number
        width = max(1.0, _WIDE * math.log10(value / low) / span)
        colour = "#16425B" if ours else "#B8C4CE"
        parts += [
            f'<text x="{_LEFT - 8}" y="{y + 14}" text-anchor="end" fill="#1B2733">{escape(label)}</text>',
            f'<rect x="{_LEFT}" y="{y + 2}" width="{width:.1f}" height="16" fill="{colour}"/>',
            f'<text x="{_LEFT + width + 6:.1f}" y="{y + 14}" fill="#1B2733">{value:,.0f}</text>',
        ]
    path.write_text("\n".join([*parts, "</svg>"]) + "\n", encoding="utf-8")


def write_curves(path: Path, title: str, points: Mapping[str, Sequence[tuple[float, float]]], unit: str) -> None:
    """Curves on two logarithmic scales: name to points (documents, value)."""
    every = [point for curve in points.values() for point in curve]
    xs = [math.log10(x) for x, _ in every]
    ys = [math.log10(max(y, 1e-3)) for _, y in every]
    left, top, wide, high = 70, 50, 460, 260

    def place(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - min(xs)) / max(1e-9, max(xs) - min(xs))
        up = (math.log10(max(y, 1e-3)) - min(ys)) / max(1e-9, max(ys) - min(ys))
        return left + wide * across, top + high * (1 - up)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + wide + 120}" height="{top + high + 50}" '
        'font-family="Calibri, Carlito, Arial, sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="12" y="24" font-weight="bold" fill="#16425B">{escape(title)}</text>',
        f'<path d="M{left} {top}V{top + high}H{left + wide}" fill="none" stroke="#6B7785"/>',
        f'<text x="{left + wide / 2}" y="{top + high + 40}" text-anchor="middle" fill="#6B7785">documents</text>',
    ]
    for colour, (name, curve) in zip(("#16425B", "#B3261E", "#5F7A8C"), points.items(), strict=False):
        line = " ".join("{:.1f},{:.1f}".format(*place(*point)) for point in curve)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for x, y in curve:
            across, up = place(x, y)
            parts.append(f'<circle cx="{across:.1f}" cy="{up:.1f}" r="3.5" fill="{colour}"/>')
            parts.append(
                f'<text x="{across:.1f}" y="{up - 8:.1f}" text-anchor="middle" fill="{colour}">{y:,.3g}</text>'
            )
            parts.append(
                f'<text x="{across:.1f}" y="{top + high + 18}" text-anchor="middle" fill="#6B7785">{x:,.0f}</text>'
            )
        across, up = place(*curve[-1])
        parts.append(f'<text x="{across + 10:.1f}" y="{up + 18:.1f}" fill="{colour}">{escape(name)} ({unit})</text>')
    path.write_text("\n".join([*parts, "</svg>"]) + "\n", encoding="utf-8")
