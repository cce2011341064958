from datetime import datetime
from typing import Any

from sqlalchemy import Text, func
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Table


class SigningKey(Table):
    """A key pair that signs from `signs_from` until the next one does.

    The private half is sealed with the installation's field keys and forgotten once it no longer signs.
    """

    __tablename__ = "signing_keys"

    kid: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    sealed: Mapped[bytes | None]
    public: Mapped[dict[str, Any]]
    signs_from: Mapped[datetime] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(server_default=func.now())
    made_by: Mapped[str]
