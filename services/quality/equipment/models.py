from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.equipment.codes import EquipmentArea, EquipmentPer
from shared.errors import rule
from shared.tables import one_of


class EquipmentEdition(Table):
    """An edition of the list of equipment 玩教具配备目录: in force until the next."""

    __tablename__ = "equipment_editions"

    edition: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    document: Mapped[str]
    tag: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    published_by: Mapped[str]


class EquipmentItem(Table):
    """What an edition asks for, of each class (of these kinds; none: of all) or of the kindergarten."""

    __tablename__ = "equipment_items"
    __table_args__ = (
        one_of("equipment_items", "area", EquipmentArea),
        one_of("equipment_items", "per", EquipmentPer),
        CheckConstraint("least > 0", name="ck_equipment_items_least"),
    )

    edition: Mapped[str] = mapped_column(ForeignKey("equipment_editions.edition"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    area: Mapped[str]
    name: Mapped[str]
    unit: Mapped[str]
    per: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    least: Mapped[int]


class EquipmentHolding(Table):
    """How many of an item stand in a class, or for all (`shared`), and how many of them are fit for use."""

    __tablename__ = "equipment_holdings"
    __table_args__ = (
        CheckConstraint(
            "0 <= usable AND usable <= quantity",
            name=rule("usable_are_among_all", "可用数不超过总数。", "What is usable is among what is there."),
        ),
    )

    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    division: Mapped[str]
    quantity: Mapped[int]
    usable: Mapped[int]
    note: Mapped[str]
    counted_on: Mapped[date]
    version: Mapped[int] = mapped_column(server_default=text("1"))
