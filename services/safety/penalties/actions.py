"""The verbs of a penalty case."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.hazards.models import Hazard
from services.safety.kindergartens.models import Kindergarten
from services.safety.parameters.published import PARAMETERS
from services.safety.penalties import rules
from services.safety.penalties.models import Penalty
from services.safety.penalties.rules import MACHINE, ladder
from services.safety.penalties.schemas import PenaltyDecision, PenaltyNew, PenaltyNotice, PenaltyStep
from services.safety.sites.models import Site
from services.safety.steps.actions import admit, record
from services.safety.timers.actions import arm
from shared.auth import Actor
from shared.contracts.safety import PENALTY_DECIDED, PenaltyFact
from shared.days import today
from shared.errors import DomainError, InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id


class RectificationNotFailed(DomainError):
    zh = "该隐患未逾期,也没有复核不通过,不能据此立案。"
    en = "The hazard is neither overdue nor was a rectification refused: no case can be filed for it."


class TimeBarred(DomainError):
    zh = "违法行为已超过追责时效(行政处罚法第三十六条)。"
    en = "The act is time-barred (Administrative Penalty Law art. 36)."


class HeavierThanNoticed(DomainError):
    zh = "决定不得重于告知的处罚(行政处罚法第四十五条);如需加重,应重新告知。"
    en = "The decision must not be heavier than what was noticed (art. 45); give notice anew."


async def file_penalty(session: AsyncSession, actor: Actor, new: PenaltyNew) -> UUID:
    """File a case. Raises NotFound, RectificationNotFailed, TimeBarred."""
    division, kindergarten = await _place(session, new)
    if not new.ended_on <= new.discovered_on <= today():
        raise InvalidInput(
            reason_zh="应不早于行为终了、不晚于今天。",
            reason_en="it must lie between the end of the act and today.",
            pointer="/discovered_on",
        )
    if rules.is_barred(PARAMETERS, new.ended_on, new.discovered_on, harm=new.harm):
        raise TimeBarred
    made = Penalty(
        **new.model_dump(exclude={"files", "kindergarten"}),
        id=new_id(),
        division=division,
        kindergarten=kindergarten,
        state="filed",
        filed_on=today(),
        filed_by=actor.id,
        decision_due=rules.decision_due(PARAMETERS, today()),
        decision="",
    )
    session.add(made)
    await session.flush()
    await record(session, actor, "penalty", made, "file", new.legal_basis, note=new.facts, files=new.files)
    await arm(session, "penalty", made, ladder(PARAMETERS, made))
    return UUID(str(made.id))


async def _place(session: AsyncSession, new: PenaltyNew) -> tuple[str, UUID | None]:
    if new.hazard:
        hazard = await session.get(Hazard, new.hazard)
        if hazard is None:
            raise NotFound(what="hazard", pointer="/hazard")
        late = hazard.due_on is not None and hazard.due_on < today() and hazard.state in ("graded", "assigned")
        if not late and not hazard.failed_verifications:
            raise RectificationNotFailed(pointer="/hazard")
        return hazard.division, hazard.kindergarten
    if new.site:
        site = await session.get(Site, new.site)
        if site is None:
            raise NotFound(what="site", pointer="/site")
        return site.division, None
    place = await session.get(Kindergarten, new.kindergarten) if new.kindergarten else None
    if place is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    return place.division, place.id


async def _held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> Penalty:
    found = await session.scalar(select(Penalty).where(Penalty.id == id).with_for_update())
    if found is None:
        raise NotFound(what="penalty case")
    admit(MACHINE, verb, found, actor)
    return found


async def _follow(
    session: AsyncSession,
    actor: Actor,
    case: Penalty,
    verb: str,
    to: str | None = None,
    *,
    note: str = "",
    files: Sequence[UUID] = (),
    data: dict[str, Any] | None = None,
) -> None:
    case.state = to or case.state
    await record(session, actor, "penalty", case, verb, MACHINE[verb].basis, note=note, files=files, data=data)
    await arm(session, "penalty", case, ladder(PARAMETERS, case))


async def give_notice(session: AsyncSession, actor: Actor, id: UUID, asked: PenaltyNotice) -> None:
    """Tell facts, grounds, the penalty meant and the rights."""
    case = await _held(session, actor, id, "notice")
    case.kind, case.amount, case.noticed_on = asked.kind.value, asked.amount, today()
    case.hearing_right = rules.hearing_right(PARAMETERS, asked.kind.value, asked.amount, today())
    case.hearing_until = rules.hearing_until(PARAMETERS, today()) if case.hearing_right else None
    data = {"kind": asked.kind, "amount": asked.amount, "hearing_until": case.hearing_until}
    await _follow(session, actor, case, "notice", "noticed", note=asked.note, files=asked.files, data=data)


async def state_penalty_case(session: AsyncSession, actor: Actor, id: UUID, asked: PenaltyStep) -> None:
    """The party states its case."""
    case = await _held(session, actor, id, "state")
    await _follow(session, actor, case, "state", note=asked.note, files=asked.files)


async def ask_penalty_hearing(session: AsyncSession, actor: Actor, id: UUID, asked: PenaltyStep) -> None:
    """The party asks for a hearing."""
    case = await _held(session, actor, id, "ask_hearing")
    case.hearing_asked_on = today()
    await _follow(session, actor, case, "ask_hearing", note=asked.note, files=asked.files)


async def hold_penalty_hearing(session: AsyncSession, actor: Actor, id: UUID, asked: PenaltyStep) -> None:
    """The hearing is held by somebody who did not investigate."""
    case = await _held(session, actor, id, "hear")
    case.hearing_on = today()
    await _follow(session, actor, case, "hear", note=asked.note, files=asked.files)


async def review_penalty(session: AsyncSession, actor: Actor, id: UUID, asked: PenaltyStep) -> None:
    """Legal review by another person."""
    case = await _held(session, actor, id, "review")
    case.reviewed_by = actor.id
    await _follow(session, actor, case, "review", note=asked.note, files=asked.files)


async def decide_penalty(session: AsyncSession, actor: Actor, id: UUID, asked: PenaltyDecision) -> None:
    """Decide, not heavier than was noticed. Raises HeavierThanNoticed."""
    case = await _held(session, actor, id, "decide")
    other = asked.kind not in (case.kind, "none", "warning")
    if other or (asked.amount or 0) > (case.amount or 0):
        raise HeavierThanNoticed(pointer="/kind")
    case.kind, case.amount, case.decision = asked.kind.value, asked.amount, asked.decision
    case.decision_number, case.decided_on = asked.number, today()
    case.delivery_due, case.execution_due = rules.delivery_due(PARAMETERS, today()), asked.execution_due
    data = {"number": asked.number, "kind": asked.kind, "amount": asked.amount, "collective": asked.collective}
    await _follow(session, actor, case, "decide", "decided", note=asked.decision, files=asked.files, data=data)
    fact = PenaltyFact(
        case=case.id, kindergarten=case.kindergarten, division=case.division, decision=asked.kind.zh,
        basis=case.legal_basis, decided_on=today(),
    )  # fmt: skip
    await announce(
        session,
        PENALTY_DECIDED,
        f"penalties/{case.id}",
        division=case.division,
        kindergarten=case.kindergarten,
        data=fact.model_dump(mode="json"),
    )


async def deliver_penalty(session: AsyncSession, actor: Actor, id: UUID, asked: PenaltyStep) -> None:
    """The decision reached the party."""
    case = await _held(session, actor, id, "deliver")
    case.delivered_on = today()
    await _follow(session, actor, case, "deliver", "delivered", note=asked.note, files=asked.files)


async def execute_penalty(session: AsyncSession, actor: Actor, id: UUID, asked: PenaltyStep) -> None:
    """It was carried out."""
    case = await _held(session, actor, id, "execute")
    case.executed_on = today()
    await _follow(session, actor, case, "execute", "executed", note=asked.note, files=asked.files)


async def publish_penalty(session: AsyncSession, actor: Actor, id: UUID, asked: PenaltyStep) -> None:
    """Publish a decision with effect on society."""
    case = await _held(session, actor, id, "publish")
    case.published_on = today()
    await _follow(session, actor, case, "publish", note=asked.note)


async def withdraw_penalty(session: AsyncSession, actor: Actor, id: UUID, asked: PenaltyStep) -> None:
    """Withdraw the publication of a decision that was changed or annulled."""
    case = await _held(session, actor, id, "withdraw")
    case.withdrawn_on = today()
    await _follow(session, actor, case, "withdraw", note=asked.note)


async def close_penalty(session: AsyncSession, actor: Actor, id: UUID, asked: PenaltyStep) -> None:
    """The case is over."""
    case = await _held(session, actor, id, "close")
    await _follow(session, actor, case, "close", "closed", note=asked.note)


async def drop_penalty(session: AsyncSession, actor: Actor, id: UUID, asked: PenaltyStep) -> None:
    """The case is dropped, with the reason."""
    case = await _held(session, actor, id, "drop")
    await _follow(session, actor, case, "drop", "dropped", note=asked.note)
