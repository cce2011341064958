"""The safety service. Settings in, ASGI application out."""

from collections.abc import Iterable

from fastapi import FastAPI

from services.safety.absences.following import HANDLERS as ABSENCES
from services.safety.absences.router import exams as health_exams
from services.safety.absences.router import router as absences
from services.safety.buses.router import router as school_buses
from services.safety.check_coverage.router import router as check_coverage
from services.safety.checklists.router import router as checklists
from services.safety.disputes.router import router as disputes
from services.safety.draws.router import router as draws
from services.safety.duties.joint import router as joint_prevention
from services.safety.duties.router import more as duties
from services.safety.duties.router import router as duty_posts
from services.safety.files.router import router as files
from services.safety.files.storage import storage
from services.safety.hazards.following import FROM_FINANCE, FROM_QUALITY, FROM_REGISTRY
from services.safety.hazards.rectification_router import findings
from services.safety.hazards.rectification_router import router as rectification
from services.safety.hazards.router import counts as hazard_counts
from services.safety.hazards.router import items as hazard_items
from services.safety.hazards.router import router as hazards
from services.safety.incidents.router import router as incidents
from services.safety.inspection_imports.router import imports as inspection_imports
from services.safety.inspection_imports.router import router as outside_inspections
from services.safety.inspection_plans.router import router as inspection_plans
from services.safety.inspections.router import coverage
from services.safety.inspections.router import router as inspections
from services.safety.kindergartens.actions import HANDLERS
from services.safety.kindergartens.router import router as kindergartens
from services.safety.penalties.router import router as penalties
from services.safety.permissions import ROLES
from services.safety.protections.proving import router as protection_proofs
from services.safety.protections.router import devices, percents
from services.safety.protections.router import router as protections
from services.safety.referrals.router import router as referrals
from services.safety.referrals.router import times as referral_times
from services.safety.risks.router import router as risks
from services.safety.risks.router import supervision
from services.safety.routines.router import router as routines
from services.safety.rulebook.router import parameters
from services.safety.rulebook.router import router as rulebook
from services.safety.self_checks.offline import router as offline
from services.safety.self_checks.router import router as self_checks
from services.safety.site_logs.router import patrols as patrol_gaps
from services.safety.site_logs.router import router as site_logs
from services.safety.sites.public import router as public
from services.safety.sites.router import router as sites
from services.safety.sites.sweeps_router import router as sweeps
from services.safety.sites.sweeps_router import zero
from services.safety.suppliers.router import router as suppliers
from services.safety.timers.router import router as timers
from services.safety.video_accesses.router import router as video_accesses
from shared.auth import Keys
from shared.consumer import Consumer, ServiceToken
from shared.service import create_service
from shared.settings import Settings

ROUTERS = (
    kindergartens,
    files,
    hazards,
    rectification,
    hazard_items,
    findings,
    timers,
    checklists,
    self_checks,
    draws,
    inspections,
    coverage,
    sites,
    sweeps,
    zero,
    public,
    penalties,
    protections,
    devices,
    percents,
    rulebook,
    parameters,
    video_accesses,
    incidents,
    routines,
    disputes,
    duty_posts,
    duties,
    risks,
    supervision,
    offline,
    inspection_imports,
    outside_inspections,
    hazard_counts,
    absences,
    health_exams,
    suppliers,
    school_buses,
    check_coverage,
    site_logs,
    patrol_gaps,
    inspection_plans,
    referrals,
    referral_times,
    joint_prevention,
    protection_proofs,
)


def following(app: FastAPI, made: Settings) -> Iterable[Consumer]:
    """Who the kindergartens are, which children left or came again, and the findings of the other services."""
    token = ServiceToken(made.gateway_url, made.client_id, made.client_secret.get_secret_value())
    feeds = {
        "registry": (made.registry_url, HANDLERS | ABSENCES | FROM_REGISTRY),
        "quality": (made.quality_url, FROM_QUALITY),
        "finance": (made.finance_url, FROM_FINANCE),
    }
    return [Consumer(name, url, token, app.state.database, handlers) for name, (url, handlers) in feeds.items()]


def create_app(made: Settings | None = None, keys: Keys | None = None) -> FastAPI:
    """Build the application; `made` and `keys` replace what the environment says."""
    app = create_service("safety", "怀幼 · 安全 Safety", ROLES, ROUTERS, following=following, made=made, keys=keys)
    app.state.storage = storage()
    return app
