"""How many work in each kindergarten of the demonstration district: just what the standard asks of its largest day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

from services.registry.kindergartens.codes import Relation, Type
from services.registry.parameters.published import PARAMETERS
from services.registry.posts.codes import Employment, PostRole
from services.registry.seed.rows import Class, District, Enrolment, Kindergarten
from services.registry.staffing.rules import Standard, required_guards

PUBLIC_EMPLOYMENTS = ((Employment.ESTABLISHED, 0.45), (Employment.QUOTA, 0.3))  # illustrative; the rest by contract
OUTSOURCED = frozenset({PostRole.GUARD})
NEVER_ESTABLISHED = frozenset({PostRole.COOK, PostRole.WORKER, PostRole.CHILDCARE})
SMALL = 60  # children: below, the health worker comes part-time here


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to be filled. `order` is that of the class it belongs to, None when it belongs to none."""

    kindergarten: Kindergarten
    role: PostRole
    employment: Employment
    order: int | None = None
    full_time: bool = True


class Establishment:
    """The places of every kindergarten, and the class each has in each school year."""

    def __init__(self, district: District, rng: Random) -> None:
        self.rooms: dict[UUID, dict[int, list[Class]]] = defaultdict(lambda: defaultdict(list))
        for room in district.classes:
            self.rooms[room.kindergarten][room.school_year].append(room)
        types = {each.kindergarten: each.type for each in district.types}
        peaks = {owner: _peak(stays) for owner, stays in _by_kindergarten(district.enrolments).items()}
        self._rng, self._on = rng, district.on
        self.slots = [
            slot
            for each in district.kindergartens
            if each.id in self.rooms
            for slot in self._slots(each, peaks.get(each.id, 1), types[each.id])
        ]

    def years(self, owner: UUID) -> list[int]:
        """The school years a kindergarten has classes in."""
        return sorted(self.rooms[owner])

    def room(self, slot: Slot, year: int) -> Class | None:
        """The class of a place in a school year."""
        rooms = self.rooms[slot.kindergarten.id][year]
        return rooms[slot.order] if slot.order is not None and slot.order < len(rooms) else None

    def _slots(self, owner: Kindergarten, peak: int, kind: Type) -> Iterator[Slot]:
        for role, order, full_time in self._places(owner, peak):
            yield Slot(owner, role, self._employment(role, kind), order, full_time)

    def _places(self, owner: Kindergarten, peak: int) -> Iterator[tuple[PostRole, int | None, bool]]:
        rooms = [rooms for _, rooms in sorted(self.rooms[owner.id].items())]
        most = max(rooms, key=len)
        boarding = any(room.boarding for each in rooms for room in each)
        made: list[tuple[PostRole, int | None]]
        made = [(role, order) for order in range(len(most)) for role in _of_a_class(boarding=boarding)]
        made += [(role, None) for role in self._services(owner, peak, len(most), boarding=boarding)]
        care = sum(role in {PostRole.TEACHER, PostRole.CHILDCARE} for role, _ in made)
        made += [(PostRole.TEACHER, None)] * max(0, -(-peak // 9) - care)
        own = sum(role is not PostRole.GUARD and not _part_time(role, peak) for role, _ in made)
        made += [(PostRole.WORKER, None)] * max(0, -(-peak // 7) - own)
        for role, order in made:
            yield role, order, not _part_time(role, peak)

    def _services(self, owner: Kindergarten, peak: int, classes: int, *, boarding: bool) -> Iterator[PostRole]:
        yield from [PostRole.HEALTH] * max(1, peak // 150)
        if owner.relation is Relation.ATTACHED:
            return
        if owner.relation is None:
            yield PostRole.PRINCIPAL
        if owner.relation is Relation.BRANCH or classes >= 6:  # noqa: PLR2004  # from six classes on there may be two
            yield PostRole.DEPUTY_PRINCIPAL
        standard = Standard(PARAMETERS, self._on)
        yield from [PostRole.GUARD] * required_guards(standard, peak, peak // 5, peak if boarding else 0)
        yield from [PostRole.COOK] * -(-peak // 45)
        if owner.relation is None:
            yield PostRole.ACCOUNTING

    def _employment(self, role: PostRole, kind: Type) -> Employment:
        if role in OUTSOURCED:
            return Employment.OUTSOURCED
        if kind is not Type.PUBLIC or role in NEVER_ESTABLISHED:
            return Employment.CONTRACT
        draw = self._rng.random()
        for employment, share in PUBLIC_EMPLOYMENTS:
            if draw < share:
                return employment
            draw -= share
        return Employment.CONTRACT


def _part_time(role: PostRole, peak: int) -> bool:
    return role is PostRole.HEALTH and peak < SMALL


def _of_a_class(*, boarding: bool) -> list[PostRole]:
    more = [PostRole.TEACHER, PostRole.CHILDCARE] if boarding else []
    return [PostRole.TEACHER, PostRole.TEACHER, PostRole.CHILDCARE, *more]


def _by_kindergarten(enrolments: Iterable[Enrolment]) -> dict[UUID, list[Enrolment]]:
    found: dict[UUID, list[Enrolment]] = defaultdict(list)
    for each in enrolments:
        found[each.kindergarten].append(each)
    return found


def _peak(stays: Iterable[Enrolment]) -> int:
    """The most children on any day."""
    moves: Counter[date] = Counter()
    for each in stays:
        moves[each.since] += 1
        moves[each.until] -= 1
    present = most = 0
    for _, change in sorted(moves.items()):
        present += change
        most = max(most, present)
    return most
