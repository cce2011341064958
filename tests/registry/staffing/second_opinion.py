"""The staffing of a demonstration district counted person by person from its rows, with no parameter and no SQL.

A slow, obvious second opinion: every number is written out, every post is looked at.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from uuid import UUID

from services.registry.seed.rows import Class, District, Kindergarten
from services.registry.seed.staff_rows import Post, Staff

Lines = Counter[tuple[str, UUID | None, int, int]]


@dataclass(frozen=True)
class Second:
    """One kindergarten: its lines as (measure, class, required, present), and the rules it breaks."""

    lines: Lines
    broken: frozenset[str]
    children: int
    staff: int


def second_opinion(district: District, staff: Staff, on: date) -> dict[UUID, Second]:
    children = Counter(e.class_id for e in district.enrolments if e.since <= on < e.until)
    posts = [p for p in staff.posts if p.since <= on < p.until]
    return {
        k.id: _one(
            k,
            [room for room in district.classes if room.kindergarten == k.id and room.since <= on < room.until],
            [p for p in posts if p.kindergarten == k.id],
            children,
        )
        for k in district.kindergartens
    }


def _one(owner: Kindergarten, rooms: list[Class], posts: list[Post], children: Counter[UUID]) -> Second:
    there = sum(children[room.id] for room in rooms)
    full = [p for p in posts if p.full_time]
    own = [p for p in full if p.employment != "outsourced"]
    care = sum(p.role in {"teacher", "childcare"} for p in own)
    lines: Lines = Counter()
    broken: set[str] = set()
    if not there:
        return Second(lines, frozenset(), 0, len(own))
    for room in rooms:
        if children[room.id]:
            short = _class(owner, room, full, children[room.id], lines)
            if short and room.kind != "nursery":
                broken.add("REG-04")
    if there > 7 * len(own) or there > 9 * care:
        broken.add("REG-03")
    lines["staff", None, ceil(there / 7), len(own)] += 1
    lines["care", None, ceil(there / 9), care] += 1
    if owner.relation is None:
        lines["principal", None, 1, sum(p.role == "principal" for p in full)] += 1
    counted = posts if there < 150 else full
    lines["health", None, max(1, floor(there / 150)), sum(p.role == "health" for p in counted)] += 1
    if owner.relation != "attached":
        assert there + len(own) < 1000
        boarders = sum(children[room.id] for room in rooms if room.boarding)
        guards = 4 + boarders // 300 if boarders else 3
        lines["guard", None, guards, sum(p.role == "guard" for p in full)] += 1
        lines["cook", None, ceil(there / 45), sum(p.role == "cook" for p in full)] += 1
    return Second(lines, frozenset(broken), there, len(own))


def _class(owner: Kindergarten, room: Class, full: list[Post], children: int, lines: Lines) -> bool:
    teachers = sum(p.role == "teacher" and p.class_id == room.id for p in full)
    carers = sum(p.role == "childcare" and p.class_id == room.id for p in full)
    if room.kind == "nursery":
        lines["nursery_care", room.id, ceil(children / 7), teachers + carers] += 1
        return teachers + carers < ceil(children / 7)
    more = 1 if room.boarding else 0
    if owner.relation == "attached":
        needed = (2, 0)
    else:
        ways = [(2 + more, 1 + more), (3 + more, more)]
        missing = [max(0, t - teachers) + max(0, c - carers) for t, c in ways]
        needed = ways[0] if missing[0] <= missing[1] else ways[1]
    lines["teacher", room.id, needed[0], teachers] += 1
    lines["childcare", room.id, needed[1], carers] += 1
    return teachers < needed[0] or carers < needed[1]
