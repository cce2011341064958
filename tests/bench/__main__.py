"""Measurements beside their bare limits: `python -m tests.bench`, or only those named after it.

Ratios count: both sides of each run on the same machine, in the same minutes, on the same PostgreSQL.
"""

import argparse
import asyncio
import os
import sys

from tests.bench import admission, attendance, daily_checks, import_roll, list_read, postings, subsidy
from tests.bench.results import Result, table

BENCHES = {
    "import_roll": import_roll.run,
    "list_read": list_read.run,
    "attendance": attendance.run,
    "admission": admission.run,
    "subsidy": subsidy.run,
    "postings": postings.run,
    "daily_checks": daily_checks.run,
}


def main() -> int:
    """Run what was named and print one table."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("benches", nargs="*", help=f"of {', '.join(BENCHES)}; all by default")
    asked.add_argument("--rows", type=int, nargs="*", default=_sizes(), help="rows of the rolls to import")
    asked.add_argument("--children", type=int, default=100_000, help="whose month of attendance is certified")
    asked.add_argument("--subsidised", type=int, default=1_000_000, help="children of a year of subsidy")
    asked.add_argument("--seconds", type=float, default=8.0, help="for which each list is read")
    asked.add_argument("--checks", type=int, default=1_000_000, help="daily check records that are there")
    given = asked.parse_args()
    if unknown := set(given.benches) - set(BENCHES):
        asked.error(f"there is no {', '.join(sorted(unknown))}")
    found: list[Result] = []
    for name in given.benches or BENCHES:
        sys.stdout.write(f"{name} …\n")
        sys.stdout.flush()
        found += asyncio.run(BENCHES[name](given))
    sys.stdout.write(table(found))
    return 0


def _sizes() -> list[int]:
    """A million rows only where there are cores for it."""
    return [10_000, 1_000_000] if (os.cpu_count() or 1) >= 4 else [10_000]


if __name__ == "__main__":
    sys.exit(main())
