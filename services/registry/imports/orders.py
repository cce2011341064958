"""What was asked of one import, as its job sees it."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.imports.codes import ImportAtomicity, ImportMode, ImportState
from services.registry.imports.models import Import, ImportStep
from services.registry.imports.staging import Step
from services.registry.rolls.reading import Format


class Order(NamedTuple):
    """One import: what to do, how far it was done."""

    id: UUID
    format: Format
    size: int
    school_year: int
    mode: str
    atomic: bool
    on_existing: str
    state: str
    steps: tuple[ImportStep, ...]

    @property
    def is_open(self) -> bool:
        """Whether there is anything left to do."""
        return self.state in (ImportState.RECEIVED, ImportState.STORING)

    @property
    def resumed(self) -> bool:
        """Whether a worker died while rows were stored."""
        return self.state == ImportState.STORING and bool(self.steps)

    @property
    def in_one_transaction(self) -> bool:
        return self.atomic and (self.mode == ImportMode.COMMIT or self.state == ImportState.STORING)

    def kept_steps(self, lanes: int) -> list[Step]:
        """The steps as they were written down."""
        return [
            Step(
                step.number,
                step.number % lanes,
                [each.hex for each in step.kindergartens],
                stored=step.stored_at is not None,
            )
            for step in self.steps
        ]


async def order_of(session: AsyncSession, import_id: UUID) -> Order:
    """Read the import and its steps."""
    row = (await session.execute(select(Import).where(Import.id == import_id))).scalar_one()
    steps = select(ImportStep).where(ImportStep.import_id == import_id).order_by(ImportStep.number)
    return Order(
        row.id,
        row.format,  # type: ignore[arg-type]  # a check constraint knows the three
        row.size,
        row.school_year,
        row.mode,
        row.atomicity == ImportAtomicity.ATOMIC,
        row.on_existing,
        row.state,
        tuple(await session.scalars(steps)),
    )
