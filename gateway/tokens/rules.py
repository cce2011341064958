"""When a failed sign-in makes the next one wait."""

LONGEST_DELAY = 900  # seconds


def delay(failures: int, free: int) -> int:
    """Seconds to wait after so many failures: none for the first `free`, then 1, 2, 4 … up to 15 minutes."""
    over = failures - free
    return 0 if over < 0 else min(2 ** min(over, 10), LONGEST_DELAY)
