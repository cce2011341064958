"""The quality service. Settings in, ASGI application out."""

from collections.abc import Iterable

from fastapi import FastAPI

from services.quality.annual_inspections.decision_router import router as inspection_decisions
from services.quality.annual_inspections.router import router as annual_inspections
from services.quality.book_campaigns.report_router import router as book_reports
from services.quality.book_campaigns.router import router as book_campaigns
from services.quality.book_numbers.router import router as book_numbers
from services.quality.books.router import router as books
from services.quality.class_copies.actions import HANDLERS as OF_CLASSES
from services.quality.class_plans.router import router as class_plans
from services.quality.commendations.router import router as commendations
from services.quality.daily_norms.router import router as daily_norms
from services.quality.employment_bars.router import router as employment_bars
from services.quality.environment_checks.router import router as environment_checks
from services.quality.equipment.router import router as equipment
from services.quality.equipment_plans.router import router as equipment_plans
from services.quality.ethics_cases.procedure_router import router as ethics_procedure
from services.quality.ethics_cases.report_router import router as ethics_reports
from services.quality.ethics_cases.router import appointments as ethics_handlers
from services.quality.ethics_cases.router import router as ethics_cases
from services.quality.ethics_commitments.router import router as ethics_commitments
from services.quality.evaluation_cycles.router import plans as evaluation_plans
from services.quality.evaluation_cycles.router import router as evaluation_cycles
from services.quality.evaluation_reports.router import router as evaluation_reports
from services.quality.evaluations.result_router import router as evaluation_results
from services.quality.evaluations.router import router as evaluations
from services.quality.evaluators.router import router as evaluators
from services.quality.evidence.router import coverage
from services.quality.evidence.router import router as evidence
from services.quality.family_activities.router import router as family_activities
from services.quality.family_coverage.router import router as family_coverage
from services.quality.frameworks.router import router as frameworks
from services.quality.graduate_supplies.router import router as graduate_supplies
from services.quality.guidance_visits.router import router as guidance_visits
from services.quality.handovers.router import router as handovers
from services.quality.head_copies.actions import HANDLERS as OF_HEADS
from services.quality.indicator_copies.actions import HANDLERS as OF_INDICATORS
from services.quality.kindergartens.actions import HANDLERS as OF_KINDERGARTENS
from services.quality.kindergartens.router import router as kindergartens
from services.quality.overview.router import router as overview
from services.quality.parent_courses.router import router as parent_courses
from services.quality.parent_courses.session_router import router as parent_sessions
from services.quality.parents_committees.router import router as parents_committees
from services.quality.partnerships.router import router as partnerships
from services.quality.partnerships.work_router import router as partnership_work
from services.quality.permissions import ROLES
from services.quality.practice_cases.router import router as practice_cases
from services.quality.practice_cases.seminar_router import router as seminars
from services.quality.primary_schools.router import router as primary_schools
from services.quality.primary_style_cases.router import router as primary_style_cases
from services.quality.primary_style_checks.router import router as primary_style_checks
from services.quality.recalibrations.router import router as recalibrations
from services.quality.research_activities.router import router as research_activities
from services.quality.research_plans.router import router as research_plans
from services.quality.research_zones.router import router as research_zones
from services.quality.researchers.router import router as researchers
from services.quality.responsible_inspectors.router import plates as inspector_plates
from services.quality.responsible_inspectors.router import router as inspector_assignments
from services.quality.rule_catalogue.router import router as rule_catalogue
from services.quality.self_evaluations.router import router as self_evaluations
from services.quality.service_facts.actions import FROM_FINANCE, FROM_SAFETY
from services.quality.studios.router import router as studios
from services.quality.supervision_visits.router import router as supervision_visits
from services.quality.support_cases.router import router as support_cases
from services.quality.talents.router import router as talents
from services.quality.timetable_observations.router import router as timetable_observations
from services.quality.timetables.router import coverage as timetable_coverage
from services.quality.timetables.router import router as timetables
from services.quality.training.router import router as training
from services.quality.transition_coverage.router import router as transition_coverage
from services.quality.transition_measures.router import router as transition_measures
from services.quality.transition_pairs.router import router as transition_pairs
from services.quality.transition_pilots.router import router as transition_pilots
from services.quality.transition_plans.router import router as transition_plans
from services.quality.universality_reviews.router import router as universality_reviews
from services.quality.weak_kindergartens.router import router as weak_kindergartens
from shared.auth import Keys
from shared.consumer import Consumer, ServiceToken
from shared.service import create_service
from shared.settings import Settings

ROUTERS = (
    kindergartens,
    frameworks,
    coverage,
    evidence,
    annual_inspections,
    inspection_decisions,
    ethics_reports,
    ethics_cases,
    ethics_procedure,
    ethics_handlers,
    ethics_commitments,
    employment_bars,
    evaluators,
    evaluation_cycles,
    evaluation_plans,
    evaluations,
    evaluation_results,
    evaluation_reports,
    self_evaluations,
    inspector_assignments,
    inspector_plates,
    supervision_visits,
    research_zones,
    research_activities,
    timetables,
    primary_style_checks,
    books,
    rule_catalogue,
    training,
    primary_schools,
    transition_pairs,
    transition_pilots,
    transition_measures,
    transition_plans,
    handovers,
    transition_coverage,
    parent_courses,
    parent_sessions,
    parents_committees,
    family_activities,
    family_coverage,
    book_campaigns,
    book_reports,
    book_numbers,
    daily_norms,
    class_plans,
    timetable_observations,
    primary_style_cases,
    timetable_coverage,
    weak_kindergartens,
    support_cases,
    partnerships,
    partnership_work,
    equipment,
    equipment_plans,
    environment_checks,
    practice_cases,
    seminars,
    commendations,
    recalibrations,
    researchers,
    research_plans,
    guidance_visits,
    talents,
    studios,
    graduate_supplies,
    universality_reviews,
    overview,
)

OF_REGISTRY = {**OF_KINDERGARTENS, **OF_CLASSES, **OF_HEADS, **OF_INDICATORS}


def following(app: FastAPI, made: Settings) -> Iterable[Consumer]:
    """Registry's feed: places, classes, headcounts, posts, figures. Safety's and finance's: what weighs on them."""
    token = ServiceToken(made.gateway_url, made.client_id, made.client_secret.get_secret_value())
    return [
        Consumer("registry", made.registry_url, token, app.state.database, OF_REGISTRY),
        Consumer("safety", made.safety_url, token, app.state.database, FROM_SAFETY),
        Consumer("finance", made.finance_url, token, app.state.database, FROM_FINANCE),
    ]


def create_app(made: Settings | None = None, keys: Keys | None = None) -> FastAPI:
    """Build the application; `made` and `keys` replace what the environment says."""
    return create_service("quality", "怀幼 · 质量 Quality", ROLES, ROUTERS, following=following, made=made, keys=keys)
