"""The registry: who exists. Settings in, ASGI application out."""

from fastapi import FastAPI

from services.registry.children.router import router as children
from services.registry.classes.router import router as classes
from services.registry.disclosures.router import router as disclosures
from services.registry.divisions.router import router as divisions
from services.registry.guardians.router import router as guardians
from services.registry.kindergartens.router import router as kindergartens
from services.registry.permissions import ROLES
from shared.auth import Keys
from shared.service import create_service
from shared.settings import Settings

ROUTERS = (divisions, kindergartens, classes, children, guardians, disclosures)


def create_app(made: Settings | None = None, keys: Keys | None = None) -> FastAPI:
    """Build the application; `made` and `keys` replace what the environment says."""
    return create_service("registry", "怀幼 · 登记 Registry", ROLES, ROUTERS, made=made, keys=keys)
