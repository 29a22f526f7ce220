"""Decades, centuries and years before the common era, from the fields of a match (pipeline.mentions.dates.readings)."""

from __future__ import annotations

from pipeline import edtf
from pipeline.mentions.dates.completion import Clock, Fields, Reading
from pipeline.model import Basis

ERA_FIELDS = frozenset({"era", "hundreds", "decade", "decade_short", "decade_shift", "century", "century_shift"})


def era(f: Fields, clock: Clock) -> Reading:
    """The reading of fields that name an era."""
    if "era" in f:
        said = f"BC{int(f['century']) - 1:02d}" if "century" in f else f"BC{int(f['year']):04d}"
        return Reading(None, said + "".join(f"-{int(f[part]):02d}" for part in ("month", "day") if part in f))
    basis: Basis = "explicit"
    if "century_shift" in f or "decade_shift" in f:
        if clock.anchor is None:
            return Reading(None, "XX" if "century_shift" in f else "XXX", basis="relative")
        unit = "century" if "century_shift" in f else "decade"
        text = edtf.at(edtf.shifted(clock.anchor, int(f[f"{unit}_shift"]), unit), unit)
        if unit == "decade" or "decade_short" not in f:
            return Reading(text, text.rstrip("X"), basis="relative")
        return Reading(f"{text[:2]}{f['decade_short'][0]}X", f"{text[:2]}{f['decade_short'][0]}", basis="relative")
    if "hundreds" in f:
        return Reading(f"{f['hundreds'][:2]}XX", f["hundreds"][:2])
    if "decade" in f:
        first = int(f["decade"])
    else:
        short = int(f.get("decade_short", "0"))
        century = int(f["century"]) - 1 if "century" in f else 19 if short >= 30 else 20
        first = century * 100 + short
        if "decade_short" not in f:
            return Reading(f"{century:02d}XX", f"{century:02d}", basis=basis)
    return Reading(f"{first // 10:03d}X", f"{first // 10:03d}", basis=basis)
