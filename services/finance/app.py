"""The finance service. Settings in, ASGI application out."""

from collections.abc import Iterable

from fastapi import FastAPI

from services.finance.account_titles.router import router as account_titles
from services.finance.books.router import router as books
from services.finance.charges.router import router as charges
from services.finance.enrolments.actions import HANDLERS as ENROLMENTS
from services.finance.entries.router import router as entries
from services.finance.fee_items.router import router as fee_items
from services.finance.kindergartens.actions import HANDLERS as KINDERGARTENS
from services.finance.kindergartens.router import router as kindergartens
from services.finance.parameters.router import router as parameters
from services.finance.permissions import ROLES
from services.finance.statements.router import router as statements
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
)
REGISTRY = {**KINDERGARTENS, **ENROLMENTS}


def following(app: FastAPI, made: Settings) -> Iterable[Consumer]:
    """Registry's feed: who the kindergartens are and who attends them."""
    token = ServiceToken(made.gateway_url, made.client_id, made.client_secret.get_secret_value())
    return [Consumer("registry", made.registry_url, token, app.state.database, REGISTRY)]


def create_app(made: Settings | None = None, keys: Keys | None = None) -> FastAPI:
    """Build the application; `made` and `keys` replace what the environment says."""
    return create_service("finance", "怀幼 · 财务 Finance", ROLES, ROUTERS, following=following, made=made, keys=keys)
