"""Sessions: opened by a sign-in, carried on by refresh tokens that are good for one use each, ended as a whole."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.settings import Settings
from gateway.tokens.models import RefreshToken, Session
from gateway.tokens.schemas import Ended
from shared.events import announce
from shared.ids import new_id


@dataclass(frozen=True, slots=True)
class Opened:
    """A session and the refresh token that carries it on."""

    session: UUID
    account: UUID
    refresh_token: str


def digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def open_session(db: AsyncSession, settings: Settings, account: UUID, division: str) -> Opened:
    """Begin a session."""
    made = new_id()
    ends_at = func.now() + timedelta(days=settings.session_days)
    db.add(Session(id=made, division=division, account=account, ends_at=ends_at))
    await db.flush()
    await announce(db, "gateway.session.opened", f"accounts/{account}", division=division, data={"session": made})
    return Opened(made, account, await _issue(db, settings, made, division))


async def carry_on(db: AsyncSession, settings: Settings, token: str) -> Opened | None:
    """Exchange a refresh token for the next one; None when it is worth nothing.

    A token used a second time was stolen, or its thief was faster: the whole session ends, whoever holds the newer one.
    """
    known = RefreshToken.digest == digest(token)
    use = update(RefreshToken).where(known, RefreshToken.used_at.is_(None), RefreshToken.expires_at > func.now())
    used = (await db.execute(use.values(used_at=func.now()).returning(RefreshToken.session))).scalar_one_or_none()
    if used is None:
        spent = select(RefreshToken.session).where(known, RefreshToken.used_at.is_not(None))
        if (reused := (await db.execute(spent)).scalar_one_or_none()) is not None:
            await end_sessions(db, Ended.REUSED, session=reused)
        return None
    alive = select(Session).where(Session.id == used, Session.ended_at.is_(None), Session.ends_at > func.now())
    found = (await db.execute(alive.with_for_update())).scalar_one_or_none()
    if found is None:
        return None
    return Opened(found.id, found.account, await _issue(db, settings, found.id, found.division))


async def end_sessions(
    db: AsyncSession, because: Ended, *, session: UUID | None = None, account: UUID | None = None
) -> int:
    """End one session, or all of an account; return how many were alive."""
    which = Session.id == session if session else Session.account == account
    ending = update(Session).where(which, Session.ended_at.is_(None))
    ended = ending.values(ended_at=func.now(), ended_because=because.value)
    rows = (await db.execute(ended.returning(Session.id, Session.account, Session.division))).all()
    for made, owner, division in rows:
        data = {"session": made, "because": because.value}
        await announce(db, "gateway.session.ended", f"accounts/{owner}", division=division, data=data)
    return len(rows)


async def forget_old_sessions(db: AsyncSession, days: int) -> None:
    """Drop sessions that ended so many days ago, with their tokens; the events remember them."""
    over = func.coalesce(Session.ended_at, Session.ends_at) < func.now() - timedelta(days=days)
    await db.execute(delete(Session).where(over))


async def _issue(db: AsyncSession, settings: Settings, session: UUID, division: str) -> str:
    token = secrets.token_urlsafe(32)
    expires = func.now() + timedelta(days=settings.refresh_days)
    db.add(RefreshToken(digest=digest(token), division=division, session=session, expires_at=expires))
    return token
