from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Table


class Session(Table):
    """A sign-in and every refresh token that descends from it (token family). It ends as a whole."""

    __tablename__ = "sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    account: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(server_default=text("''"))


class RefreshToken(Table):
    """One link of a session. Only a digest is kept: the token is 256 random bits."""

    __tablename__ = "refresh_tokens"

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    division: Mapped[str]
    session: Mapped[UUID] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInAttempt(Table):
    """Failed sign-ins under one name or from one address; unknown names count like known ones."""

    __tablename__ = "sign_in_attempts"

    key: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
    blocked_until: Mapped[datetime]
