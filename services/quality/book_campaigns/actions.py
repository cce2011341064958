"""Running a campaign, reporting in it, looking again, and spot checks at any time."""

from http import HTTPStatus
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.book_campaigns.models import BookCampaign, BookReport, BookSpotCheck
from services.quality.book_campaigns.rules import MACHINE
from services.quality.book_campaigns.schemas import (
    BookCampaignNew,
    BookReportContent,
    BookReportNew,
    BookSpotCheckNew,
)
from services.quality.books.models import Book
from services.quality.kindergartens.actions import kindergarten_of
from services.quality.steps.actions import happened, holding, record
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, NotFound
from shared.events import announce
from shared.ids import new_id

CONCEPT = "book_report"


class CampaignHasNotBegun(DomainError):
    zh = "该专项自 {since} 起开展。"
    en = "The campaign begins on {since}."


class SomethingIsChecked(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "抽查须至少列出一本图书。"
    en = "A spot check names at least one book."


async def begin_campaign(session: AsyncSession, actor: Actor, new: BookCampaignNew) -> UUID:
    """Raises campaign_ends_after_it_begins."""
    if not (division := min(actor.divisions, key=len, default="")):
        raise NotFound(what="division")
    made = BookCampaign(id=new_id(), division=division, **new.model_dump())
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.book_campaign.began",
        f"book-campaigns/{made.id}",
        division=division,
        data={"title": made.title, "since": made.since, "until": made.until},
    )
    return made.id


async def campaign_of(session: AsyncSession, id: UUID) -> BookCampaign:
    found = await session.scalar(select(BookCampaign).where(BookCampaign.id == id))
    if found is None:
        raise NotFound(what="campaign", pointer="/campaign")
    return found


async def report(session: AsyncSession, actor: Actor, new: BookReportNew) -> UUID:
    """Raises NotFound, CampaignHasNotBegun, reported_in_this_campaign."""
    campaign = await campaign_of(session, new.campaign)
    if today() < campaign.since:
        raise CampaignHasNotBegun(since=campaign.since)
    place = await kindergarten_of(session, new.kindergarten)
    made = BookReport(id=new_id(), division=place.division, state="reported", **new.model_dump())
    made.reported_by, made.reported_on = actor.id, today()
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.book_report.reported",
        f"book-reports/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"campaign": made.campaign, "copies_removed": made.copies_removed},
    )
    return made.id


_held = holding(BookReport, MACHINE, "report")


async def report_again(session: AsyncSession, actor: Actor, id: UUID, asked: BookReportContent) -> None:
    """After the second look found something."""
    found = await _held(session, actor, id, "report")
    for name, value in asked.model_dump().items():
        setattr(found, name, value)
    found.state, found.reported_by, found.reported_on = "reported", actor.id, today()
    await record(session, actor, CONCEPT, found, "report", MACHINE["report"])


async def recheck(session: AsyncSession, actor: Actor, id: UUID, verb: str, note: str) -> None:
    """The second look 复查: passed or failed. Raises NotInThisState, AnotherPersonNeeded."""
    found = await _held(session, actor, id, verb)
    found.state = MACHINE[verb].happened
    await record(session, actor, CONCEPT, found, verb, MACHINE[verb], note=note)


async def spot_check(session: AsyncSession, actor: Actor, new: BookSpotCheckNew) -> UUID:
    """Raises NotFound, SomethingIsChecked."""
    happened(new.on, "/on")
    if not new.checked and not new.strays:
        raise SomethingIsChecked(pointer="/checked")
    place = await kindergarten_of(session, new.kindergarten)
    if new.campaign is not None:
        await campaign_of(session, new.campaign)
    named = [each.book for each in new.checked]
    query = select(Book.id, Book.state).where(Book.id.in_(named), Book.kindergarten == place.id)
    states = {row.id: row.state for row in await session.execute(query)}
    for n, id_ in enumerate(named):
        if id_ not in states:
            raise NotFound(what="book", pointer=f"/checked/{n}/book")
    checked = [each.model_dump(mode="json") | {"reviewed": states[each.book] == "approved"} for each in new.checked]
    made = BookSpotCheck(
        id=new_id(),
        kindergarten=place.id,
        division=place.division,
        campaign=new.campaign,
        on=new.on,
        checked=checked,
        strays=[each.model_dump() for each in new.strays],
        unreviewed=len(new.strays) + sum(not each["reviewed"] for each in checked),
        note=new.note,
        checked_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.book_spot_check.recorded",
        f"book-spot-checks/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"on": made.on, "unreviewed": made.unreviewed},
    )
    return made.id
