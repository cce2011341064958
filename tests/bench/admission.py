"""How long 10,000 applicants and 80 kindergartens take: `python -m tests.bench.admission`. The aim is under 5 s."""

import random
import time

from services.registry.admissions.priorities import groups, order
from services.registry.admissions.rules import Market, allocate, waiting_lists

APPLICANTS, KINDERGARTENS, AIM = 10_000, 80, 5.0
SEED = "0" * 64


def measure(wished: int, seats: int) -> float:
    """Seconds from standings to allocation and waiting lists, drawing of lots included."""
    chance = random.Random(wished)  # noqa: S311  # the same market each time
    names = [f"K{number:02}" for number in range(KINDERGARTENS)]
    wishes = {f"{chance.getrandbits(64):016x}": chance.sample(names, wished) for _ in range(APPLICANTS)}
    standings: dict[str, dict[str, tuple[int, ...]]] = {name: {} for name in names}
    for applicant, listed in wishes.items():
        for name in listed:
            standings[name][applicant] = (int(chance.random() > 0.02), chance.randrange(2), chance.randrange(6))
    begin = time.perf_counter()
    lines = {name: order(groups(of), SEED) for name, of in standings.items()}
    market = Market(dict.fromkeys(names, seats), wishes, lines)
    made = allocate(market)
    waiting_lists(market, made)
    taken = time.perf_counter() - begin
    placed = sum(each is not None for each in made.values())
    print(f"{APPLICANTS} x {KINDERGARTENS}, {wished} wishes each, {seats} seats: {taken:.2f} s, {placed} placed")  # noqa: T201  # a measurement is printed
    return taken


if __name__ == "__main__":
    worst = max(measure(wished, seats) for wished in (5, 20, KINDERGARTENS) for seats in (100, 130))
    raise SystemExit(worst > AIM)
