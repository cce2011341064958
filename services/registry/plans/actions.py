from http import HTTPStatus

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.plans.models import Project
from services.registry.plans.schemas import ProjectProgress
from shared.contracts.registry import PROJECT_CHANGED, ProjectFact
from shared.days import today
from shared.errors import DomainError, NotFound
from shared.etags import check
from shared.events import announce


class ProgressInTheFuture(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "进展日期不能晚于今天。"
    en = "A project cannot have come so far on a day that has not come yet."


async def report_progress(session: AsyncSession, id: str, progress: ProjectProgress, version: int) -> None:
    """Record how far a project has come.

    Raises NotFound (also for a project outside the planner's own division), VersionIsStale, ProgressInTheFuture.
    """
    if progress.status_on > today():
        raise ProgressInTheFuture(pointer="/status_on")
    project = await session.scalar(select(Project).where(Project.id == id).with_for_update())
    if project is None:
        raise NotFound(what="project")
    sent = progress.model_dump()
    now = {name: getattr(project, name) for name in sent}
    check(version, project.version, {name: str(now[name]) for name in sent if now[name] != sent[name]})
    for name, value in sent.items():
        setattr(project, name, value)
    await session.flush()
    await session.refresh(project)
    fact = ProjectFact.model_validate(project, from_attributes=True)
    await announce(
        session, PROJECT_CHANGED, f"projects/{project.id}", division=project.division, data=fact.model_dump()
    )
