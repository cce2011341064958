"""购买服务合同: the kindergarten files it, an officer accepts it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.kindergartens.models import Kindergarten
from services.finance.service_contracts.codes import ContractState
from services.finance.service_contracts.models import ServiceContract
from services.finance.service_contracts.refusals import OnlyPublicKindergartens
from services.finance.service_contracts.rules import MACHINE
from services.finance.service_contracts.schemas import ServiceContractNew
from shared.auth import Actor
from shared.days import today
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal


async def file_contract(session: AsyncSession, actor: Actor, new: ServiceContractNew) -> UUID:
    """Raises NotFound, OnlyPublicKindergartens, service_contract_already_filed."""
    of = await session.get(Kindergarten, new.kindergarten)
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    if of.type != "public":
        raise OnlyPublicKindergartens(pointer="/kindergarten")
    made = ServiceContract(
        id=new_id(),
        division=of.division,
        **new.model_dump(),
        state=ContractState.FILED,
        filed_by=actor.id,
        synthetic=of.synthetic,
    )
    session.add(made)
    await session.flush()
    await _announce(session, made)
    return made.id


async def decide_contract(session: AsyncSession, actor: Actor, id: UUID, *, accept: bool, remark: str) -> None:
    """Raises NotFound, NotInThisState, AnotherPersonNeeded."""
    found = await session.scalar(select(ServiceContract).where(ServiceContract.id == id).with_for_update())
    if found is None:
        raise NotFound(what="service contract")
    if refused := refusal(MACHINE, "decide", found, actor.id, today()):
        raise refused
    found.state = ContractState.ACCEPTED if accept else ContractState.RETURNED
    found.decided_by, found.remark = actor.id, remark
    await session.flush()
    await _announce(session, found)


async def _announce(session: AsyncSession, said: ServiceContract) -> None:
    await announce(
        session,
        f"finance.service_contract.{said.state}",
        f"service-contracts/{said.id}",
        division=said.division,
        kindergarten=said.kindergarten,
        data={"kind": said.kind, "workers": said.workers, "since": said.since, "until": said.until},
    )
