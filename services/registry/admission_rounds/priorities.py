"""The dated priorities of admission, as the API shows them."""

from services.registry.admission_rounds.schemas import (
    AdmissionPriorityCriterion,
    AdmissionPriorityStep,
    AdmissionPriorityVersion,
)
from services.registry.admissions.priorities import Criterion, Priorities, Step
from services.registry.admissions.published import VERSIONS


def published() -> list[AdmissionPriorityVersion]:
    """Every version that came with this release."""
    return [_version(each) for each in VERSIONS]


def _version(each: Priorities) -> AdmissionPriorityVersion:
    return AdmissionPriorityVersion(
        version=each.version,
        document=each.document,
        tag=each.tag,
        since=each.since,
        until=each.until,
        steps=[_step(step) for step in each.steps],
        criteria=[_criterion(criterion) for criterion in each.criteria.values()],
    )


def _step(step: Step) -> AdmissionPriorityStep:
    return AdmissionPriorityStep(
        code=step.code,
        label_zh=step.zh,
        kind=step.kind,
        criteria=sorted(step.criteria),
        metres=list(step.metres),
    )


def _criterion(criterion: Criterion) -> AdmissionPriorityCriterion:
    return AdmissionPriorityCriterion(
        code=criterion.code,
        label_zh=criterion.zh,
        label_en=criterion.en,
        document=criterion.document,
        article=criterion.article,
        tag=criterion.tag,
        proof_zh=criterion.proof_zh,
        types=sorted(criterion.types),
        here_only=criterion.here_only,
    )
