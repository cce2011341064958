"""The registry: who exists. Settings in, ASGI application out."""

from collections.abc import Iterable

from fastapi import FastAPI

from services.registry.added_places.router import router as added_places
from services.registry.admission_allocations.router import router as admission_allocations
from services.registry.admission_applications.router import router as admission_applications
from services.registry.admission_demand.router import router as admission_demand
from services.registry.admission_places.router import router as admission_places
from services.registry.admission_rounds.router import priorities as admission_priorities
from services.registry.admission_rounds.router import router as admission_rounds
from services.registry.attendance.router import router as attendance
from services.registry.bars.following import of_ethics
from services.registry.bars.router import router as bars
from services.registry.births.router import populations
from services.registry.births.router import router as births
from services.registry.campuses.router import router as campuses
from services.registry.children.router import router as children
from services.registry.classes.router import router as classes
from services.registry.construction.router import router as construction
from services.registry.credit_entries.router import public as public_credit
from services.registry.credit_entries.router import router as credit_entries
from services.registry.data_quality.router import router as data_quality
from services.registry.disclosures.router import router as disclosures
from services.registry.divisions.router import router as divisions
from services.registry.enrolments.router import router as enrolments
from services.registry.filings.router import of_licences as licence_application_effects
from services.registry.filings.router import previews as filing_previews
from services.registry.filings.router import router as filings
from services.registry.filings.router import standings as filing_standings
from services.registry.forecasts.router import assumptions as forecast_scenarios
from services.registry.forecasts.router import router as forecasts
from services.registry.founders.router import router as founders
from services.registry.groups.router import router as groups
from services.registry.guardians.router import router as guardians
from services.registry.headcounts.router import router as headcounts
from services.registry.history.router import router as history
from services.registry.imports.router import router as imports
from services.registry.indicator_snapshots.router import router as indicator_snapshots
from services.registry.indicators.router import router as indicators
from services.registry.key_rotations.router import router as key_rotations
from services.registry.kindergartens.router import router as kindergartens
from services.registry.licences.application_router import router as licence_applications
from services.registry.licences.router import router as licences
from services.registry.network.router import public as public_network
from services.registry.network.router import router as network
from services.registry.nursery_filings.router import router as nursery_filings
from services.registry.nursery_filings.router import running as nursery_classes
from services.registry.oversize_plans.router import classes as oversize_classes
from services.registry.oversize_plans.router import router as oversize_plans
from services.registry.permissions import ROLES
from services.registry.plan_baselines.router import router as plan_baselines
from services.registry.plan_drafts.router import router as plan_drafts
from services.registry.plan_scorecards.router import router as plan_scorecards
from services.registry.plan_tasks.router import router as plan_tasks
from services.registry.plan_units.router import router as plan_units
from services.registry.plans.router import plans as plan_list
from services.registry.plans.router import projects
from services.registry.plans.router import router as plans
from services.registry.posts.router import router as posts
from services.registry.premises.building_router import rooms
from services.registry.premises.building_router import router as buildings
from services.registry.premises.router import router as premises
from services.registry.publications.public import router as public_kindergartens
from services.registry.publications.router import drafts as publication_drafts
from services.registry.publications.router import duties as publication_duties
from services.registry.publications.router import router as publications
from services.registry.qualifications.router import router as qualifications
from services.registry.quotas.router import router as quotas
from services.registry.recognitions.router import checks as recognition_checks
from services.registry.recognitions.router import router as recognitions
from services.registry.recognitions.term_router import entries as existing_recognitions
from services.registry.recognitions.term_router import router as recognition_terms
from services.registry.relation_agreements.router import router as relation_agreements
from services.registry.roll_overs.router import router as roll_overs
from services.registry.rule_catalogue.router import router as rule_catalogue
from services.registry.seat_plans.router import router as seat_plans
from services.registry.service_facts.actions import FROM_FINANCE, FROM_QUALITY, FROM_SAFETY
from services.registry.service_facts.router import router as standings
from services.registry.staff.router import router as staff
from services.registry.staff_attendance.router import router as staff_attendance
from services.registry.staffing.router import router as staffing
from services.registry.statuses.router import router as statuses
from services.registry.types.router import router as types
from services.registry.universal_checks.router import router as universal_checks
from services.registry.unplaced_children.router import router as unplaced_children
from shared.auth import Keys
from shared.consumer import Consumer, ServiceToken
from shared.service import create_service
from shared.settings import Settings

ROUTERS = (
    divisions,
    kindergartens,
    types,
    statuses,
    campuses,
    groups,
    standings,
    history,
    classes,
    children,
    guardians,
    disclosures,
    enrolments,
    staff,
    qualifications,
    posts,
    bars,
    quotas,
    staffing,
    attendance,
    staff_attendance,
    headcounts,
    recognition_checks,
    recognitions,
    recognition_terms,
    existing_recognitions,
    licences,
    licence_applications,
    premises,
    buildings,
    rooms,
    oversize_classes,
    oversize_plans,
    nursery_filings,
    nursery_classes,
    founders,
    relation_agreements,
    credit_entries,
    public_credit,
    filings,
    filing_previews,
    filing_standings,
    licence_application_effects,
    publications,
    publication_drafts,
    publication_duties,
    public_kindergartens,
    construction,
    admission_priorities,
    admission_rounds,
    admission_applications,
    admission_allocations,
    admission_places,
    unplaced_children,
    imports,
    roll_overs,
    key_rotations,
    data_quality,
    rule_catalogue,
    indicators,
    indicator_snapshots,
    network,
    public_network,
    births,
    populations,
    forecast_scenarios,
    forecasts,
    added_places,
    admission_demand,
    seat_plans,
    plans,
    plan_list,
    projects,
    plan_units,
    plan_tasks,
    plan_scorecards,
    plan_drafts,
    plan_baselines,
    universal_checks,
)


def following(app: FastAPI, made: Settings) -> Iterable[Consumer]:
    """What the other services say of a kindergarten, and quality's bars from employment."""
    token = ServiceToken(made.gateway_url, made.client_id, made.client_secret.get_secret_value())
    of_quality = {**FROM_QUALITY, **of_ethics(lambda: app.state.keys)}
    return [
        Consumer("quality", made.quality_url, token, app.state.database, of_quality),
        Consumer("safety", made.safety_url, token, app.state.database, FROM_SAFETY),
        Consumer("finance", made.finance_url, token, app.state.database, FROM_FINANCE),
    ]


def create_app(made: Settings | None = None, keys: Keys | None = None) -> FastAPI:
    """Build the application; `made` and `keys` replace what the environment says."""
    return create_service("registry", "怀幼 · 登记 Registry", ROLES, ROUTERS, following=following, made=made, keys=keys)
