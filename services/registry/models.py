"""Every table of the registry, imported so that its metadata is whole."""

from services.registry.added_places import models as added_places
from services.registry.admissions import models as admissions
from services.registry.attendance import models as attendance
from services.registry.bars import models as bars
from services.registry.births import models as births
from services.registry.children import models as children
from services.registry.classes import models as classes
from services.registry.construction import models as construction
from services.registry.credit_entries import models as credit_entries
from services.registry.data_quality import models as data_quality
from services.registry.divisions import models as divisions
from services.registry.enrolments import models as enrolments
from services.registry.filings import models as filings
from services.registry.forecasts import models as forecasts
from services.registry.founders import models as founders
from services.registry.headcounts import models as headcounts
from services.registry.imports import models as imports
from services.registry.indicator_snapshots import models as indicator_snapshots
from services.registry.indicators import models as indicators
from services.registry.kindergartens import models as kindergartens
from services.registry.licences import models as licences
from services.registry.network import models as network
from services.registry.nursery_filings import models as nursery_filings
from services.registry.oversize_plans import models as oversize_plans
from services.registry.plan_baselines import models as plan_baselines
from services.registry.plan_drafts import models as plan_drafts
from services.registry.plan_tasks import models as plan_tasks
from services.registry.plan_units import models as plan_units
from services.registry.plans import models as plans
from services.registry.posts import models as posts
from services.registry.premises import models as premises
from services.registry.publications import models as publications
from services.registry.qualifications import models as qualifications
from services.registry.quotas import models as quotas
from services.registry.recognitions import models as recognitions
from services.registry.relation_agreements import models as relation_agreements
from services.registry.seat_plans import models as seat_plans
from services.registry.service_facts import models as service_facts
from services.registry.staff import models as staff
from services.registry.staff_attendance import models as staff_attendance
from services.registry.steps import models as steps
from services.registry.universal_checks import models as universal_checks
from services.registry.unplaced_children import models as unplaced_children

__all__ = [
    "added_places",
    "admissions",
    "attendance",
    "bars",
    "births",
    "children",
    "classes",
    "construction",
    "credit_entries",
    "data_quality",
    "divisions",
    "enrolments",
    "filings",
    "forecasts",
    "founders",
    "headcounts",
    "imports",
    "indicator_snapshots",
    "indicators",
    "kindergartens",
    "licences",
    "network",
    "nursery_filings",
    "oversize_plans",
    "plan_baselines",
    "plan_drafts",
    "plan_tasks",
    "plan_units",
    "plans",
    "posts",
    "premises",
    "publications",
    "qualifications",
    "quotas",
    "recognitions",
    "relation_agreements",
    "seat_plans",
    "service_facts",
    "staff",
    "staff_attendance",
    "steps",
    "universal_checks",
    "unplaced_children",
]
