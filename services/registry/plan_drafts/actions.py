"""The verbs of the next plan: load it, put it in force, withdraw it."""

import hashlib
import json
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.plan_drafts import checks
from services.registry.plan_drafts.models import PlanDraft
from services.registry.plan_drafts.rules import MACHINE, Draft
from services.registry.plan_drafts.schemas import PlanDocument
from services.registry.plan_units.actions import for_the_district
from services.registry.plans.models import Plan
from services.registry.refusals import refuse
from services.registry.steps.actions import record
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, NotFound
from shared.ids import new_id
from shared.machine import refusal


class PlanInForce(DomainError):
    zh = "计划 {code} 已生效,不能再导入。"
    en = "The plan {code} is in force and cannot be loaded again."
    hint_zh = "计划只增不改:下一版请用新的代码。"
    hint_en = "A plan is never rewritten: give the next one a code of its own."


async def load_draft(session: AsyncSession, actor: Actor, code: str, document: PlanDocument) -> bool:
    """Keep the document as the next plan, replacing what was loaded under the code; return whether it is new."""
    district = for_the_district(actor)
    found = await session.get(PlanDraft, code, with_for_update=True)
    if found is not None:
        _may(found, actor, "load")
    elif await session.get(Plan, code) is not None:
        raise PlanInForce(code=code)
    refuse(await checks.faults(session, document))
    body: dict[str, Any] = document.model_dump(mode="json")
    digest = hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    if found is not None and (found.digest, found.state) == (digest, "draft"):
        return False
    values = {name: getattr(document, name) for name in ("title_zh", "since", "until")}
    values |= {"document": body, "digest": digest, "state": "draft", "imported_by": actor.id}
    draft = found or PlanDraft(code=code, id=new_id(), division=district)
    for name, value in values.items():
        setattr(draft, name, value)
    if found is None:
        session.add(draft)
    await session.flush()
    await note(session, actor, draft, "load", digest=digest)
    return found is None


async def held(session: AsyncSession, actor: Actor, code: str, verb: str) -> PlanDraft:
    """The draft, locked, when the verb may be done. Raises NotFound and what the rules refuse."""
    for_the_district(actor)
    found = await session.scalar(select(PlanDraft).where(PlanDraft.code == code).with_for_update())
    if found is None:
        raise NotFound(what="plan draft")
    _may(found, actor, verb)
    return found


def _may(draft: PlanDraft, actor: Actor, verb: str) -> None:
    if refused := refusal(MACHINE, verb, Draft(draft.state, draft.imported_by), actor.id, today()):
        raise refused


async def withdraw_draft(session: AsyncSession, actor: Actor, code: str, text: str) -> None:
    """Take it back before it is in force."""
    draft = await held(session, actor, code, "withdraw")
    draft.state = "withdrawn"
    await note(session, actor, draft, "withdraw", text)


async def note(session: AsyncSession, actor: Actor, draft: PlanDraft, verb: str, text: str = "", **data: Any) -> None:
    told = SimpleNamespace(id=draft.id, division=draft.division, kindergarten=None, state=draft.state)
    fact = {"code": draft.code, "state": draft.state, "since": draft.since, "until": draft.until}
    await record(session, actor, "plan_draft", told, MACHINE, verb, note=text, data=data, fact=fact)
