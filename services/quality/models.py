"""Every table of the quality service, imported so that its metadata is whole."""

from services.quality.annual_inspections import models as annual_inspections
from services.quality.book_campaigns import models as book_campaigns
from services.quality.books import models as books
from services.quality.class_copies import models as class_copies
from services.quality.class_plans import models as class_plans
from services.quality.commendations import models as commendations
from services.quality.daily_norms import models as daily_norms
from services.quality.employment_bars import models as employment_bars
from services.quality.environment_checks import models as environment_checks
from services.quality.equipment import models as equipment
from services.quality.equipment_plans import models as equipment_plans
from services.quality.ethics_cases import models as ethics_cases
from services.quality.ethics_commitments import models as ethics_commitments
from services.quality.evaluation_cycles import models as evaluation_cycles
from services.quality.evaluations import models as evaluations
from services.quality.evaluators import models as evaluators
from services.quality.evidence import models as evidence
from services.quality.family_activities import models as family_activities
from services.quality.frameworks import models as frameworks
from services.quality.graduate_supplies import models as graduate_supplies
from services.quality.guidance_visits import models as guidance_visits
from services.quality.handovers import models as handovers
from services.quality.head_copies import models as head_copies
from services.quality.indicator_copies import models as indicator_copies
from services.quality.kindergartens import models as kindergartens
from services.quality.parent_courses import models as parent_courses
from services.quality.parents_committees import models as parents_committees
from services.quality.partnerships import models as partnerships
from services.quality.practice_cases import models as practice_cases
from services.quality.primary_schools import models as primary_schools
from services.quality.primary_style_cases import models as primary_style_cases
from services.quality.primary_style_checks import models as primary_style_checks
from services.quality.recalibrations import models as recalibrations
from services.quality.research_activities import models as research_activities
from services.quality.research_plans import models as research_plans
from services.quality.research_zones import models as research_zones
from services.quality.researchers import models as researchers
from services.quality.responsible_inspectors import models as responsible_inspectors
from services.quality.self_evaluations import models as self_evaluations
from services.quality.service_facts import models as service_facts
from services.quality.steps import models as steps
from services.quality.studios import models as studios
from services.quality.supervision_visits import models as supervision_visits
from services.quality.support_cases import models as support_cases
from services.quality.talents import models as talents
from services.quality.timetable_observations import models as timetable_observations
from services.quality.timetables import models as timetables
from services.quality.training import models as training
from services.quality.transition_measures import models as transition_measures
from services.quality.transition_pairs import models as transition_pairs
from services.quality.transition_pilots import models as transition_pilots
from services.quality.transition_plans import models as transition_plans
from services.quality.universality_reviews import models as universality_reviews

__all__ = [
    "annual_inspections",
    "book_campaigns",
    "books",
    "class_copies",
    "class_plans",
    "commendations",
    "daily_norms",
    "employment_bars",
    "environment_checks",
    "equipment",
    "equipment_plans",
    "ethics_cases",
    "ethics_commitments",
    "evaluation_cycles",
    "evaluations",
    "evaluators",
    "evidence",
    "family_activities",
    "frameworks",
    "graduate_supplies",
    "guidance_visits",
    "handovers",
    "head_copies",
    "indicator_copies",
    "kindergartens",
    "parent_courses",
    "parents_committees",
    "partnerships",
    "practice_cases",
    "primary_schools",
    "primary_style_cases",
    "primary_style_checks",
    "recalibrations",
    "research_activities",
    "research_plans",
    "research_zones",
    "researchers",
    "responsible_inspectors",
    "self_evaluations",
    "service_facts",
    "steps",
    "studios",
    "supervision_visits",
    "support_cases",
    "talents",
    "timetable_observations",
    "timetables",
    "training",
    "transition_measures",
    "transition_pairs",
    "transition_pilots",
    "transition_plans",
    "universality_reviews",
]
