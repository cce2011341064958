"""What a case offers its reader is what is accepted from them, in every state and for every role."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from shared.ids import new_id
from tests.finance import given
from tests.finance.given import ok
from tests.stack import Service

ROLES = ("finance_preparer", "finance_approver", "leader", "auditor")
ALERT = """
INSERT INTO account_alerts (id, kindergarten, division, rule, cause, summary, amount, evidence, raised_on, state, topic)
VALUES (%s, %s, '110116102001', 'FIN-07', %s, '示意', 1, '[]', '2025-10-01', %s, 'account')
"""
SHEET = """
INSERT INTO payroll_sheets (id, kindergarten, division, month, revision, digest, people, state, filed_by)
VALUES (%s, %s, '110116102001', '2025-10-01', %s, '', 0, %s, %s)
"""
STEPS = {"confirm": "confirmed", "dismiss": "dismissed", "resolve": "resolved"}


async def take(caller: httpx.AsyncClient, verb: str, id: UUID) -> httpx.Response:
    if verb == "assign":
        return await caller.post(f"/v1/account-alerts/{id}/assignments", json={"owner": "李示例"})
    said = {"state": STEPS[verb], "outcome": "示意", "on": "2025-11-01"}
    return await caller.post(f"/v1/account-alerts/{id}/decisions", json=said)


def allowed(case: dict[str, Any]) -> dict[str, bool]:
    return {offer["action"]: offer["allowed"] for offer in case["actions"]}


@pytest.mark.parametrize("state", ["raised", "confirmed", "dismissed", "resolved"])
async def test_an_alert_offers_what_it_accepts(finance: Service, state: str):
    of = await given.kindergarten(finance)
    for role in ROLES:
        caller = finance.client((role, given.DISTRICT), sub=role)
        for verb in ("assign", *STEPS):
            made = new_id()
            await finance.database.fetch(ALERT, made, of, str(made), state)
            offers = allowed(ok(await caller.get(f"/v1/account-alerts/{made}")))
            assert (await take(caller, verb, made)).is_success == offers[verb], (role, verb)


@pytest.mark.parametrize("state", ["filed", "accepted", "returned", "replaced"])
async def test_a_payroll_sheet_offers_what_it_accepts(finance: Service, state: str):
    for role in (*ROLES, "accountant", "principal"):
        of = await given.kindergarten(finance)
        scope = f"k:{of}" if role in {"accountant", "principal"} else given.DISTRICT
        for number, filer in enumerate((role, "somebody")):
            caller = finance.client((role, scope), sub=role)
            made = new_id()
            await finance.database.fetch("DELETE FROM payroll_sheets WHERE kindergarten = %s", of)
            await finance.database.fetch(SHEET, made, of, number + 1, state, filer)
            offers = allowed(ok(await caller.get(f"/v1/payroll-sheets/{made}")))
            answer = await caller.post(f"/v1/payroll-sheets/{made}/decisions", json={"accept": True})
            assert answer.is_success == offers["decide"], (role, filer)
            sent = {"rows": [given.proof(new_id())]}
            filed = await caller.put(f"/v1/payroll-sheets/{of}/2025-10-01", json=sent)
            assert filed.is_success == offers["file"], role
            await finance.database.fetch("DELETE FROM payroll_proofs WHERE kindergarten = %s", of)
