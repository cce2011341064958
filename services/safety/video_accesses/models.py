from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Text, Uuid, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from services.safety.video_accesses.codes import VideoApplicant, VideoMode, VideoState
from shared.tables import one_of


class VideoAccess(Table):
    """A request to view, retrieve or copy video, and what was done on it."""

    __tablename__ = "video_accesses"
    __table_args__ = (
        one_of("video_accesses", "state", VideoState),
        one_of("video_accesses", "mode", VideoMode),
        one_of("video_accesses", "applicant_kind", VideoApplicant),
        CheckConstraint("span_from < span_until", name="ck_video_accesses_span"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    state: Mapped[str]
    state_since: Mapped[date]
    mode: Mapped[str]
    applicant_kind: Mapped[str]
    applicant: Mapped[str]
    unit: Mapped[str]
    document_mask: Mapped[str]
    reason: Mapped[str]
    cameras: Mapped[list[str]] = mapped_column(ARRAY(Text))
    span_from: Mapped[datetime]
    span_until: Mapped[datetime]
    files: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))
    requested_by: Mapped[str]
    approved_by: Mapped[str | None]
    viewings: Mapped[int] = mapped_column(server_default=text("0"))
    at_night: Mapped[bool] = mapped_column(server_default=text("false"))
    medium: Mapped[str]
    medium_sha256: Mapped[str]
    copied_by: Mapped[str | None]
    witness: Mapped[str]
    receiver: Mapped[str]
    return_by: Mapped[date | None]
    destroyed_on: Mapped[date | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
