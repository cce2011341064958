"""巩固三期行动计划成果 (怀政办发〔2023〕16号 三(一)1-a): a figure worse than it was is a warning. Pure."""

from decimal import Decimal

from services.registry.plan_baselines.codes import Better


def change(then: Decimal, now: Decimal | None) -> Decimal | None:
    return None if now is None else now - then


def is_regression(then: Decimal, now: Decimal | None, better: str) -> bool | None:
    """Worse than then, on the printed figures; unknown without a figure of now."""
    if now is None:
        return None
    return now < then if better == Better.HIGHER else now > then
