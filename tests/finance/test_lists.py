"""Every list of pay, payments and reports as a file, counted, and with some of its fields only."""

from typing import Any

import httpx
import psycopg

from services.finance.seed.frauds import MONTH
from services.finance.seed.loading import load
from tests.finance import given
from tests.finance.given import ok
from tests.stack import Service

MONTHLY = {"month": MONTH.isoformat()}
LISTS: dict[str, dict[str, str]] = {
    "/v1/payroll-sheets": {},
    "/v1/payroll-proofs": {},
    "/v1/payroll-staff": MONTHLY,
    "/v1/payroll-findings": MONTHLY,
    "/v1/payroll-coverage": MONTHLY,
    "/v1/pay-averages": MONTHLY | {"by": "kindergarten"},
    "/v1/contribution-statuses": MONTHLY,
    "/v1/improper-payments": MONTHLY,
    "/v1/ownerships": {},
    "/v1/account-alerts": {},
    "/v1/yearly-reports": {},
    "/v1/meal-accounts": {},
    "/v1/service-contracts": {},
    "/v1/subsidy-standings": {},
}


async def test_a_list_is_the_same_on_every_page_and_in_every_form(finance: Service):
    with psycopg.connect(finance.database.app_url) as connection:
        load(connection, given.DISTRICT)
    for path, query in LISTS.items():
        await same(given.approver(finance), path, query)


async def same(caller: httpx.AsyncClient, path: str, query: dict[str, str]) -> None:
    whole = ok(await caller.get(path, params=query | {"limit": "500", "count": "true"}))
    assert whole["total"] == len(whole["items"]), path
    paged: list[Any] = []
    more: dict[str, str] = {}
    while True:
        page = ok(await caller.get(path, params=query | {"limit": "50"} | more))
        paged += page["items"]
        if page["next"] is None:
            break
        more = {"after": page["next"]}
    assert paged == whole["items"], path
    for accept in ("text/csv", "application/x-ndjson"):
        answer = await caller.get(path, params=query, headers={"Accept": accept})
        assert answer.status_code == 200, (path, answer.text)
    assert len(answer.text.strip().splitlines()) >= len(whole["items"]), path
