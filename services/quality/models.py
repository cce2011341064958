"""Every table of the quality service, imported so that its metadata is whole."""

from services.quality.annual_inspections import models as annual_inspections
from services.quality.evidence import models as evidence
from services.quality.frameworks import models as frameworks
from services.quality.kindergartens import models as kindergartens
from services.quality.service_facts import models as service_facts
from services.quality.steps import models as steps

__all__ = ["annual_inspections", "evidence", "frameworks", "kindergartens", "service_facts", "steps"]
