"""Everything that must be green, and at the end one line for each: `python -m deploy.check [stage …]`."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from deploy.settings import CHECKOUT

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
TESTS = "tests"
SOME_FAILED = 1  # pytest's exit code
STAGES = {
    "format": ("-m", "ruff", "format", "--check", "--quiet", "."),
    "lint": ("-m", "ruff", "check", "--quiet", "."),
    "types": ("-m", "mypy"),
    "contracts": ("-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-logo"),
    "openapi": ("-m", "deploy.openapi", "--check"),
    TESTS: ("-m", "pytest", "-n", str(CORES)),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one stage ended."""

    stage: str
    ok: bool
    seconds: float

    def __str__(self) -> str:
        return f"{'ok    ' if self.ok else 'FAILED'} {self.stage:<12} {self.seconds:6.1f} s"


def main(arguments: Sequence[str]) -> int:
    """Run the stages named, or all; 1 when one failed. The quick ones run side by side, the tests after them, alone."""
    if "--external" in arguments:
        return _external()
    chosen = [stage for stage in STAGES if stage in arguments or not arguments]
    quick = [stage for stage in chosen if stage != TESTS]
    with ThreadPoolExecutor(CORES) as pool:
        outcomes = list(pool.map(_quick, quick))
    if TESTS in chosen:
        outcomes.append(_tests(TESTS))
    return _summary(outcomes)


def _external() -> int:
    if not os.environ.get("HUAIYOU_TEST_DATABASE_URL"):
        sys.stderr.write("HUAIYOU_TEST_DATABASE_URL: set it to the URL of an administrator of a PostgreSQL ≥ 15.\n")
        return 1
    # Two processes: a server that is not ours has a hundred connections by default.
    return _summary([_tests("tests against HUAIYOU_TEST_DATABASE_URL", "-n", str(min(CORES, 2)))])


def _quick(stage: str) -> Outcome:
    begin = time.monotonic()
    done = subprocess.run(_argv(stage), cwd=CHECKOUT, capture_output=True, text=True, check=False)  # noqa: S603 - STAGES
    ok = done.returncode == 0
    if not ok:
        sys.stdout.write(f"── {stage}\n{done.stdout}{done.stderr}")
        sys.stdout.flush()
    return Outcome(stage, ok, time.monotonic() - begin)


def _tests(name: str, *more: str) -> Outcome:
    """The tests; what failed beside everything else is tried once more alone, and both outcomes are printed.

    Some tests race clocks and processes on purpose: on a machine busy with all the others a deadline may pass.
    """
    begin = time.monotonic()
    done = subprocess.run([*_argv(TESTS), *more], cwd=CHECKOUT, check=False)  # noqa: S603 - STAGES
    if done.returncode == SOME_FAILED:
        sys.stdout.write("\n── once more, alone: what failed\n")
        sys.stdout.flush()
        again = [sys.executable, "-m", "pytest", "--last-failed", "--last-failed-no-failures", "none"]
        done = subprocess.run(again, cwd=CHECKOUT, check=False)  # noqa: S603 - our own words
        name = f"{name} (2nd)" if done.returncode == 0 else name
    return Outcome(name, done.returncode == 0, time.monotonic() - begin)


def _argv(stage: str) -> list[str]:
    return [sys.executable, *STAGES[stage]]


def _summary(outcomes: Sequence[Outcome]) -> int:
    sys.stdout.write("\n".join(["", *map(str, outcomes), ""]))
    failed = [outcome.stage for outcome in outcomes if not outcome.ok]
    sys.stdout.write(f"\nFailed: {', '.join(failed)}\n" if failed else "\nAll green.\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
