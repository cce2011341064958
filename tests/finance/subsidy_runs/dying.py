"""A process of its own that takes one step of a run, to be killed on the way: `python -m … <arguments as JSON>`."""

import asyncio
import json
import sys
from uuid import UUID

import services.finance.jobs  # noqa: F401  # the kinds of work
from shared.jobs import perform
from tests import stack


async def main() -> None:
    asked = json.loads(sys.argv[1])
    database = stack.Database("finance", "", "", asked["url"], "")
    async with stack.running("finance", database, run_background=False) as service:
        if "job" in asked:
            await perform(service.app.state.database, UUID(asked["job"]))
        else:
            caller = service.client((asked["role"], "110116"), sub=asked["role"])
            await caller.post(asked["path"], json=asked.get("body"))


if __name__ == "__main__":
    asyncio.run(main())
