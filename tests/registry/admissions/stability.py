"""What makes an allocation right, looked at without the code that makes it: every pair, every coalition, every lie."""

from collections.abc import Iterator
from itertools import permutations, product

from services.registry.admissions.rules import Market

Allocated = dict[str, str | None]


def faults(market: Market, allocation: Allocated) -> list[str]:
    """Why an allocation is not stable: too many in a programme, a place not wished for, or somebody passed over."""
    inside = {programme: [a for a, p in allocation.items() if p == programme] for programme in market.seats}
    crowded = [f"{p} has {len(there)}" for p, there in inside.items() if len(there) > market.seats[p]]
    strange = [
        f"{a} is in {p}"
        for a, p in allocation.items()
        if p is not None and (p not in market.wishes[a] or a not in market.order.get(p, ()))
    ]
    if crowded or strange:
        return crowded + strange
    return [
        f"{a} was passed over at {p}"
        for a, wishes in market.wishes.items()
        for p in wishes
        if liking(market, a, p) < liking(market, a, allocation[a]) and _admits(market, inside[p], a, p)
    ]


def _admits(market: Market, there: list[str], applicant: str, programme: str) -> bool:
    """Whether the programme would rather have the applicant: than an empty seat, or than one of those there."""
    line = list(market.order.get(programme, ()))
    if applicant not in line:
        return False
    behind = any(line.index(each) > line.index(applicant) for each in there)
    return behind or len(there) < market.seats[programme]


def stable_allocations(market: Market) -> Iterator[Allocated]:
    """Every stable allocation of a small market, by trying all allocations."""
    names = list(market.wishes)
    for chosen in product(*([*market.wishes[name], None] for name in names)):
        made = dict(zip(names, chosen, strict=True))
        if not faults(market, made):
            yield made


def liking(market: Market, applicant: str, programme: str | None) -> int:
    """The place of a programme among the applicant's true wishes; no place comes after all of them."""
    wishes = list(market.wishes[applicant])
    return len(wishes) if programme is None else wishes.index(programme)


def reports(programmes: list[str]) -> Iterator[tuple[str, ...]]:
    """Every list of wishes somebody could hand in."""
    for length in range(len(programmes) + 1):
        yield from permutations(programmes, length)
