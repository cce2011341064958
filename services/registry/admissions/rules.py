"""Who gets which place: student-proposing deferred acceptance, waiting lists, and what a freed place sets moving. Pure.

Gale and Shapley (1962); for places with priorities Abdulkadiroğlu and Sönmez (2003). The outcome is stable: nobody is
passed over for a place by somebody who stands behind. It is the best stable one for every applicant, and no applicant
gains by naming other wishes than its own (Dubins and Freedman 1981; Roth 1982). What a freed place sets moving is the
vacancy chain of Blum, Roth and Rothblum (1997), which keeps the outcome stable.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappush, heapreplace

Lists = Mapping[str, Sequence[str]]
Allocation = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Market:
    """What an allocation is made from; applicants and programmes are known by any names.

    `wishes` are each applicant's programmes, the dearest first; `order` is who a programme may admit, the first to be
    admitted first. A programme that does not list an applicant never admits it.
    """

    seats: Mapping[str, int]
    wishes: Lists
    order: Lists

    def ranks(self) -> dict[str, dict[str, int]]:
        """The place of each applicant in each programme's order."""
        return {programme: _places(listed) for programme, listed in self.order.items()}


@dataclass(frozen=True, slots=True)
class Move:
    """An applicant goes from what it held (None: nothing) to a place it likes better."""

    applicant: str
    before: str | None
    after: str


def allocate(market: Market) -> dict[str, str | None]:
    """The programme of each applicant, None for who finds no place; the order of the input does not matter.

    Each applicant asks its dearest programme; a programme keeps, up to its seats, those first in its order and lets the
    others go, who ask their next wish, until nobody has anyone left to ask.
    """
    ranks = market.ranks()
    # Of each programme those it keeps for now, the last in its order on top.
    kept: dict[str, list[tuple[int, str]]] = {programme: [] for programme in market.seats}
    asked = dict.fromkeys(market.wishes, 0)
    free = list(market.wishes)
    while free:
        applicant = free.pop()
        wishes = market.wishes[applicant]
        for place in range(asked[applicant], len(wishes)):
            asked[applicant] = place + 1
            programme = wishes[place]
            rank = ranks.get(programme, {}).get(applicant)
            if rank is None:
                continue
            held = kept[programme]
            if len(held) < market.seats[programme]:
                heappush(held, (-rank, applicant))
                break
            if held and rank < -held[0][0]:
                free.append(heapreplace(held, (-rank, applicant))[1])
                break
    found: dict[str, str | None] = dict.fromkeys(market.wishes)
    found |= {applicant: programme for programme, held in kept.items() for _, applicant in held}
    return found


def waiting_lists(market: Market, allocation: Allocation) -> dict[str, list[str]]:
    """Of each programme, in its order, the applicants who would rather have it than what they got."""
    wanted: dict[str, set[str]] = {programme: set() for programme in market.seats}
    for applicant, wishes in market.wishes.items():
        for programme in _dearer(wishes, allocation[applicant]):
            wanted[programme].add(applicant)
    return {
        programme: [each for each in market.order.get(programme, ()) if each in wanted[programme]]
        for programme in market.seats
    }


def vacancy_chain(free: Mapping[str, int], waiting: Lists, wishes: Lists, held: Allocation) -> list[Move]:
    """Who moves when `free` places of programmes are offered down their waiting lists, ordered by applicant.

    Whoever is offered a dearer place than the one it holds takes it and frees that one, which goes down its own list.
    `held` is what those on the lists hold now; who has accepted for good stands on no list. However the chains are
    followed, they end the same.
    """
    now, left = dict(held), dict(free)
    asked = dict.fromkeys(waiting, 0)
    dear = {applicant: _places(listed) for applicant, listed in wishes.items()}
    vacant = [programme for programme, seats in free.items() if seats > 0]
    while vacant:
        programme = vacant.pop()
        line = waiting.get(programme, ())
        while left[programme] > 0 and asked.get(programme, 0) < len(line):
            applicant = line[asked[programme]]
            asked[programme] += 1
            before = now.get(applicant)
            if before is not None and dear[applicant][before] <= dear[applicant][programme]:
                continue
            now[applicant] = programme
            left[programme] -= 1
            if before is not None:
                left[before] = left.get(before, 0) + 1
                vacant.append(before)
    return [
        Move(applicant, held.get(applicant), after)
        for applicant, after in sorted(now.items())
        if after is not None and after != held.get(applicant)
    ]


def _dearer(wishes: Sequence[str], than: str | None) -> Iterable[str]:
    return wishes if than is None else wishes[: wishes.index(than)]


def _places(listed: Iterable[str]) -> dict[str, int]:
    return {each: place for place, each in enumerate(listed)}
