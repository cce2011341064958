"""kill -9 at every step of a run, in the middle of its transaction: repeated, everything is there once."""

import asyncio
import json
import os
import signal
import sys
from typing import Any

import psycopg

from tests.finance import given
from tests.finance.given import ok
from tests.finance.subsidy_runs.test_subsidy_runs import quota
from tests.stack import Service

MONTH = "2025-09-01"


async def killed_at(finance: Service, table: str, **asked: Any) -> None:
    """Hold the table, let another process take the step until it waits for it, and kill that process."""
    arguments = json.dumps({"url": finance.database.app_url} | asked)
    async with await psycopg.AsyncConnection.connect(finance.database.admin_url) as holder:
        await holder.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.finance.subsidy_runs.dying", arguments, start_new_session=True
        )
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
        for _ in range(200):
            if (await finance.database.fetch(waiting, table))[0][0]:
                break
            assert process.returncode is None, "the step ended without touching the table"
            await asyncio.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        assert await process.wait() == -signal.SIGKILL


async def counts(finance: Service, *tables: str) -> list[int]:
    return [(await finance.database.fetch(f"SELECT count(*) FROM {table}"))[0][0] for table in tables]


async def test_a_run_survives_being_killed_at_every_step(finance: Service):
    await quota(finance)
    for place in range(3):
        of = await given.kindergarten(finance)
        await given.account(finance, of, f"9900000{place}")
        await given.headcount(finance, of, MONTH, {"small": 10})
    caller = given.preparer(finance)
    made = ok(await caller.post("/v1/subsidy-runs", json={"month": MONTH}), 202)
    url = f"/v1/subsidy-runs/{made['id']}"

    await killed_at(finance, "events", job=made["job"])
    assert await counts(finance, "subsidy_lines") == [0]
    await given.performed(finance, made["job"])
    assert await counts(finance, "subsidy_lines") == [3]

    await killed_at(finance, "postings", role="finance_approver", path=f"{url}/approvals")
    assert await counts(finance, "subsidy_payments", "entries") == [0, 0]
    ok(await given.approver(finance).post(f"{url}/approvals"))
    assert await counts(finance, "subsidy_payments", "entries") == [3, 1]

    await killed_at(finance, "events", role="finance_preparer", path=f"{url}/disbursements")
    assert await counts(finance, "payment_instructions", "disbursements") == [0, 0]
    file = ok(await caller.post(f"{url}/disbursements"), 201)["id"]
    lines = ok(await caller.get(f"/v1/disbursements/{file}/instructions"))["items"]
    assert len({line["number"] for line in lines}) == 3

    said = [
        {"reference": line["reference"], "amount": line["amount"], "outcome": "paid", "settled_on": "2026-01-05"}
        for line in lines
    ]
    path = f"/v1/disbursements/{file}/results"
    await killed_at(finance, "postings", role="finance_preparer", path=path, body={"results": said})
    assert ok(await caller.get(url))["state"] == "paying"
    assert ok(await caller.post(path, json={"results": said}))["paid"] == 3
    assert ok(await caller.post(path, json={"results": said}))["repeated"] == 3
    owed = "SELECT sum(amount) FROM postings WHERE account = %s"
    assert [(await finance.database.fetch(owed, code))[0][0] for code in ("2307", "1011")] == [0, -21000]
