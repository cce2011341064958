"""Every table of the quality service, imported so that its metadata is whole."""

from services.quality.annual_inspections import models as annual_inspections
from services.quality.employment_bars import models as employment_bars
from services.quality.ethics_cases import models as ethics_cases
from services.quality.ethics_commitments import models as ethics_commitments
from services.quality.evidence import models as evidence
from services.quality.frameworks import models as frameworks
from services.quality.kindergartens import models as kindergartens
from services.quality.service_facts import models as service_facts
from services.quality.steps import models as steps

__all__ = [
    "annual_inspections",
    "employment_bars",
    "ethics_cases",
    "ethics_commitments",
    "evidence",
    "frameworks",
    "kindergartens",
    "service_facts",
    "steps",
]
