"""Whose is a slot that several bodies or numbers could share: "the mandates of A and B until 1 June and 1 July"."""

from __future__ import annotations

from dataclasses import replace

from pipeline.events.found import Found, alternate, coordinated, in_order
from pipeline.events.mask import SIGNS
from pipeline.events.rules import RuleSet
from pipeline.events.slots import Candidate, halves
from pipeline.model import DateMention

_SIGNS_OF = {
    "date": SIGNS["DATE"] + SIGNS["WHEN"],
    "name": SIGNS["NAME"],
    "count": SIGNS["COUNT"],
    "duration": SIGNS["DURATION"],
}


def choices(item: Found, rules: RuleSet) -> list[dict[str, Candidate]]:
    """One filler for each slot; several sets where a slot with `each` has several fillers."""
    event = rules.events[item.compiled.event]
    best = {slot: found[0] for slot, found in item.fillers.items() if found}
    for slot, kind in event.slots.items():
        if not kind.each or not item.fillers.get(slot):
            continue
        groups = _groups(item, slot, kind.type, rules)
        if len(groups) == 1 and len(groups[0]) == 1 and _pairwise(item, rules):
            groups = [halves(groups[0][0]) or groups[0]]
        if len(groups) == 1:
            shares = _respective(item, slot, groups[0], best, rules)
            return [{**share, slot: member} for share, member in zip(shares, groups[0], strict=True)]
        shared = zip(groups, _distributed(item, slot, groups), strict=True)
        return [{**others, slot: member} for group, others in shared for member in group]
    return [best]


def joined_years(item: Found, candidate: Candidate, rules: RuleSet, paragraph: str) -> Candidate:
    """Two years that follow each other as one time: "in 2015 and 2016 it will train 120 officers" is 2015/2016."""
    joint = rules.coordination.get("date")
    first = candidate.mention
    if joint is None or not isinstance(first, DateMention) or not _is_year(first):
        return candidate
    scope = item.scope
    places = sorted({candidate.position, *coordinated(scope, candidate.position, _SIGNS_OF["date"], joint)})
    both = [scope.masked.mentions[place] for place in places]
    if len(both) != 2 or not all(isinstance(each, DateMention) and _is_year(each) for each in both):
        return candidate
    left, right = (each for each in both if isinstance(each, DateMention))
    if int(right.edtf or 0) - int(left.edtf or 0) != 1:
        return candidate
    words = paragraph[left.start : right.end]
    whole = f"{left.edtf}/{right.edtf}"
    span = replace(left, end=right.end, text=words, edtf=whole, timex_value=whole, latest=right.latest)
    return replace(candidate, mention=span)


def _is_year(mention: DateMention) -> bool:
    return mention.bound is None and mention.modifier is None and len(mention.edtf or "") == len("2015")


def _respective(
    item: Found, slot: str, group: list[Candidate], best: dict[str, Candidate], rules: RuleSet
) -> list[dict[str, Candidate]]:
    """The other slots of each filler of a group: shared, or one for each ("until 1 and 3 May, respectively")."""
    shares = [dict(best) for _ in group]
    if len(group) < 2:
        return shares
    if (told := in_order(item, slot, group, shares, rules.ordinals)) is not None:
        return told
    if not _pairwise(item, rules):
        for other, found in item.fillers.items():
            # "40 in 2009 and 60 in 2010": one for each, between the fillers
            own = sorted(found, key=lambda c: c.position)
            if other != slot and alternate([c.position for c in group], [c.position for c in own]):
                for share, candidate in zip(shares, own, strict=True):
                    share[other] = candidate
        return shares
    event = rules.events[item.compiled.event]
    for other, candidate in best.items():
        kind = event.slots.get(other)
        joint = rules.coordination.get(kind.type if kind is not None else "")
        if other == slot or kind is None or joint is None:
            continue
        sign = item.scope.masked.text[candidate.position]
        places = sorted({candidate.position, *coordinated(item.scope, candidate.position, sign, joint)})
        if len(places) == 1 and len(group) == len(parts := halves(candidate)):
            for share, part in zip(shares, parts, strict=True):
                share[other] = part
        if len(places) == len(group):
            for share, position in zip(shares, places, strict=True):
                mention = item.scope.masked.mentions[position]
                share[other] = replace(candidate, position=position, mention=mention)
    return shares


def _pairwise(item: Found, rules: RuleSet) -> bool:
    """Whether fillers of two slots are told to belong together in their order ("respectively")."""
    return rules.pairwise.search(item.scope.text, held=item.scope.masked.held) is not None


def _groups(item: Found, slot: str, kind: str, rules: RuleSet) -> list[list[Candidate]]:
    """The fillers of an `each` slot, those that are coordinated ("A and B") together."""
    found = item.fillers[slot]
    chosen = [c for c in found if c.adjacent and c.rank == found[0].rank] if found[0].adjacent else [found[0]]
    joint = rules.coordination.get(kind)
    scope = item.scope
    by_position = {c.position: c for c in chosen}
    if joint is not None:
        for seed in list(chosen):
            for position in coordinated(scope, seed.position, _SIGNS_OF[kind], joint):
                mention = scope.masked.mentions[position]
                if position not in by_position and position not in item.barred[slot]:
                    by_position[position] = replace(seed, position=position, mention=mention)
    groups: list[list[Candidate]] = []
    for position in sorted(by_position):
        member = by_position[position]
        if groups and joint is not None:
            between = scope.masked.text[groups[-1][-1].position + 1 : position]
            if joint.fullmatch(between.strip()) is not None:
                groups[-1].append(member)
                continue
        groups.append([member])
    unique: list[list[Candidate]] = []
    for group in groups:
        seen: dict[str, Candidate] = {}
        for member in group:
            seen.setdefault(str(getattr(member.mention, "name", member.position)), member)
        unique.append(list(seen.values()))
    return unique


def _distributed(item: Found, slot: str, groups: list[list[Candidate]]) -> list[dict[str, Candidate]]:
    """For each group of fillers the other slots that stand with it: what follows a body is that body's."""
    starts = [group[0].position for group in groups]
    result: list[dict[str, Candidate]] = [{} for _ in groups]
    between = item.scope.masked.text[starts[0] : starts[-1]]
    timed = any(SIGNS[kind] in between for kind in ("DATE", "WHEN", "DURATION"))
    for other, found in item.fillers.items():
        if other == slot:
            continue
        ahead = sorted(found, key=lambda c: c.position)
        if ahead and ahead[0].position < starts[0] and alternate(starts, [c.position for c in ahead]):
            # "for six months that of A and for a year that of B"
            for own, candidate in zip(result, ahead, strict=True):
                own[other] = candidate
            continue
        if ahead and ahead[-1].position < starts[0] and not timed:
            # "renewed for one year the mandate of A and that of B": what stands ahead of all is everyone's
            for own in result:
                own[other] = found[0]
            continue
        for candidate in found:
            home = max((i for i, s in enumerate(starts) if s < candidate.position), default=0)
            result[home].setdefault(other, candidate)
    # "the mandates of A, and of B, until 1 June": what only the last one has, the others share
    for i in range(len(result) - 2, -1, -1):
        if not result[i]:
            result[i] = dict(result[i + 1])
    return result
