from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Table
from shared.contracts.roles import Role
from shared.errors import rule
from shared.tables import FOREVER, one_of

_HELD = (
    "已有相同的授权,尚未收回。",
    "The same grant is held already.",
    "如需改变期限,先收回原授权。",
    "Revoke it first.",
)


class Grant(Table):
    """A role within a scope, for some days, held by an account or by an API client.

    `division` is that of the holder, whose administrators see the grant; `scope` is where the role counts.
    """

    __tablename__ = "grants"
    __table_args__ = (
        CheckConstraint("num_nonnulls(account, client) = 1", name="ck_grants_holder"),
        CheckConstraint(
            "granted_by <> coalesce(account::text, client)",
            name=rule("nobody_grants_to_themselves", "不能给自己授权。", "Nobody grants a role to themselves."),
        ),
        CheckConstraint(
            "ends_on >= starts_on",
            name=rule(
                "grant_ends_after_it_starts", "授权的截止日不能早于起始日。", "A grant cannot end before it starts."
            ),
        ),
        CheckConstraint(
            "scope ~ '^([0-9]{2,12}|k:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$'",
            name="ck_grants_scope",
        ),
        one_of("grants", "role", Role),
        Index(
            rule("account_holds_this_grant", *_HELD),
            "account",
            "role",
            "scope",
            unique=True,
            postgresql_where=text("revoked_at IS NULL AND account IS NOT NULL"),
        ),
        Index(
            rule("client_holds_this_grant", *_HELD),
            "client",
            "role",
            "scope",
            unique=True,
            postgresql_where=text("revoked_at IS NULL AND client IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuid_v7())
    division: Mapped[str] = mapped_column(index=True)
    account: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    client: Mapped[str | None] = mapped_column(ForeignKey("api_clients.id"))
    role: Mapped[str]
    scope: Mapped[str]
    starts_on: Mapped[date] = mapped_column(server_default=text("CURRENT_DATE"))
    ends_on: Mapped[date] = mapped_column(server_default=text(f"'{FOREVER}'"))
    granted_by: Mapped[str]
    granted_at: Mapped[datetime] = mapped_column(server_default=func.now())
    revoked_by: Mapped[str | None]
    revoked_at: Mapped[datetime | None]
