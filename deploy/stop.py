"""Stop the platform that runs from this state folder: `python -m deploy.stop`, or `make stop`."""

import os
import signal
import sys
import time

from deploy import places
from deploy.settings import Unusable, from_environment

_SECONDS = 60.0


def main() -> int:
    """Ask the launcher to stop and wait for it; 0 when nothing runs any more."""
    lock = from_environment().state_dir / "lock"
    try:
        with places.locked(lock, create=False):
            sys.stdout.write("The platform does not run.\n")
            return 0
    except FileNotFoundError:
        sys.stdout.write("The platform never ran here.\n")
        return 0
    except places.AlreadyRunning:
        # Only a living launcher holds the lock, so the number in it is a launcher's.
        os.kill(int(lock.read_text()), signal.SIGTERM)
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        try:
            with places.locked(lock, wait=1):
                sys.stdout.write("The platform has stopped.\n")
                return 0
        except places.AlreadyRunning:
            continue
    raise Unusable(f"The platform did not stop within {_SECONDS:.0f} s.")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Unusable as reason:
        sys.exit(str(reason))
