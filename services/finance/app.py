"""The finance service. Settings in, ASGI application out."""

from collections.abc import Iterable

from fastapi import FastAPI

from services.finance.account_titles.router import router as account_titles
from services.finance.adjustments.router import router as adjustments
from services.finance.aids.router import router as aids
from services.finance.alerts.router import router as alerts
from services.finance.allocations.router import router as allocations
from services.finance.attendance_days.actions import HANDLERS as ATTENDANCE
from services.finance.attributes.router import router as attributes
from services.finance.bank_accounts.router import router as bank_accounts
from services.finance.bank_statements.router import router as bank_statements
from services.finance.bill_runs.router import router as bill_runs
from services.finance.books.router import router as books
from services.finance.budgets.router import router as budgets
from services.finance.charges.router import router as charges
from services.finance.check_runs.router import router as check_runs
from services.finance.class_copies.actions import HANDLERS as CLASSES
from services.finance.contribution_reports.router import router as contribution_reports
from services.finance.enrolments.actions import HANDLERS as ENROLMENTS
from services.finance.entries.router import router as entries
from services.finance.fee_items.router import router as fee_items
from services.finance.headcounts.actions import HANDLERS as HEADCOUNTS
from services.finance.improper_payments.router import router as improper_payments
from services.finance.kindergartens.router import router as kindergartens
from services.finance.meal_accounts.router import router as meal_accounts
from services.finance.meal_returns.router import router as meal_returns
from services.finance.ownerships.router import router as ownerships
from services.finance.parameters.router import router as parameters
from services.finance.payroll_checks.router import router as payroll_checks
from services.finance.payroll_sheets.router import router as payroll_sheets
from services.finance.performance_reviews.router import router as performance_reviews
from services.finance.permissions import ROLES
from services.finance.posts.actions import HANDLERS as POSTS
from services.finance.programmes.router import router as programmes
from services.finance.receipts.router import router as receipts
from services.finance.related_parties.router import router as related_parties
from services.finance.reliefs.router import router as reliefs
from services.finance.rulebook.router import router as rulebook
from services.finance.scenarios.router import router as scenarios
from services.finance.service_contracts.router import router as service_contracts
from services.finance.standard_reviews.router import router as standard_reviews
from services.finance.standings.actions import QUALITY
from services.finance.standings.actions import REGISTRY as STANDINGS
from services.finance.statements.router import router as statements
from services.finance.subsidy_payments.router import router as subsidy_payments
from services.finance.subsidy_runs.router import router as subsidy_runs
from services.finance.subsidy_uses.router import router as subsidy_uses
from services.finance.suspensions.router import router as suspensions
from services.finance.unit_costs.router import router as unit_costs
from services.finance.year_ends.router import router as year_ends
from services.finance.yearly_reports.router import router as yearly_reports
from shared.auth import Keys
from shared.consumer import Consumer, ServiceToken
from shared.service import create_service
from shared.settings import Settings

ROUTERS = (
    kindergartens,
    account_titles,
    books,
    entries,
    statements,
    parameters,
    fee_items,
    charges,
    bill_runs,
    receipts,
    adjustments,
    aids,
    programmes,
    attributes,
    bank_accounts,
    bank_statements,
    related_parties,
    alerts,
    rulebook,
    subsidy_runs,
    subsidy_payments,
    suspensions,
    improper_payments,
    reliefs,
    budgets,
    performance_reviews,
    year_ends,
    payroll_sheets,
    payroll_checks,
    contribution_reports,
    service_contracts,
    check_runs,
    unit_costs,
    allocations,
    scenarios,
    standard_reviews,
    ownerships,
    subsidy_uses,
    meal_returns,
    yearly_reports,
    meal_accounts,
)
REGISTRY = {**STANDINGS, **ENROLMENTS, **HEADCOUNTS, **POSTS, **CLASSES, **ATTENDANCE}
FOLLOWED = {**REGISTRY, **QUALITY}


def following(app: FastAPI, made: Settings) -> Iterable[Consumer]:
    """Registry's feed: kindergartens, children, attendance, certified months, posts. Quality's: what was decided."""
    token = ServiceToken(made.gateway_url, made.client_id, made.client_secret.get_secret_value())
    return [
        Consumer("registry", made.registry_url, token, app.state.database, REGISTRY),
        Consumer("quality", made.quality_url, token, app.state.database, QUALITY),
    ]


def create_app(made: Settings | None = None, keys: Keys | None = None) -> FastAPI:
    """Build the application; `made` and `keys` replace what the environment says."""
    return create_service("finance", "怀幼 · 财务 Finance", ROLES, ROUTERS, following=following, made=made, keys=keys)
