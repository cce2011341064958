"""The quality service. Settings in, ASGI application out."""

from collections.abc import Iterable

from fastapi import FastAPI

from services.quality.kindergartens.actions import HANDLERS
from services.quality.kindergartens.router import router as kindergartens
from services.quality.permissions import ROLES
from shared.auth import Keys
from shared.consumer import Consumer, ServiceToken
from shared.service import create_service
from shared.settings import Settings

ROUTERS = (kindergartens,)


def following(app: FastAPI, made: Settings) -> Iterable[Consumer]:
    """Registry's feed: who the kindergartens are."""
    token = ServiceToken(made.gateway_url, made.client_id, made.client_secret.get_secret_value())
    return [Consumer("registry", made.registry_url, token, app.state.database, HANDLERS)]


def create_app(made: Settings | None = None, keys: Keys | None = None) -> FastAPI:
    """Build the application; `made` and `keys` replace what the environment says."""
    return create_service("quality", "怀幼 · 质量 Quality", ROLES, ROUTERS, following=following, made=made, keys=keys)
