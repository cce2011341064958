"""The gateway: one door, one identity, one document. Settings in, ASGI application out."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from gateway import identity, routes
from gateway.accounts.router import router as accounts
from gateway.clients.router import router as clients
from gateway.directory import Directory
from gateway.grants.router import router as grants
from gateway.me.router import password
from gateway.me.router import roles as role_list
from gateway.me.router import router as me
from gateway.permissions import ROLES
from gateway.portal.merged import committed, merged
from gateway.portal.problems import router as problems
from gateway.portal.router import mount_assets
from gateway.portal.router import router as portal
from gateway.portal.status import router as status
from gateway.proxy import http
from gateway.proxy.edge import Edge
from gateway.proxy.upstream import InProcess, Upstream
from gateway.quotas import Quota
from gateway.settings import Settings, chosen
from gateway.signing_keys.router import published
from gateway.signing_keys.router import router as signing_keys
from gateway.tokens.router import router as tokens
from shared import feed, logs
from shared import settings as shared
from shared.auth import Keys
from shared.service import create_service

PREFIX = "/auth/v1"
EXPOSED = ["Content-Disposition", "ETag", "Idempotency-Replayed", "Location", "RateLimit", "RateLimit-Policy"]


def create_app(
    made: shared.Settings | None = None, keys: Keys | None = None, mounted: Mapping[str, ASGIApp] | None = None
) -> FastAPI:
    """Build the application.

    Args:
        made: Replaces what the environment says.
        keys: Verify tokens too, beside the gateway's own.
        mounted: Services by name to dispatch to inside this process; whoever mounts them runs their lifespans.
    """
    settings = chosen(made)
    own = () if settings.is_external else (tokens, password, accounts, grants, clients, signing_keys)
    routers = (*own, me, role_list, *([] if settings.is_external else [feed.router("gateway")]))
    app = create_service(
        "gateway", "怀幼 Huaiyou", ROLES, routers, made=settings, keys=keys, prefix=PREFIX, platform=False, alive=status
    )
    for router in (published, problems, portal):
        app.include_router(router)
    mount_assets(app)
    services = routes.table(settings)
    upstreams: dict[bytes, Upstream] = {name.encode(): InProcess(name, each) for name, each in (mounted or {}).items()}
    app.state.directory = Directory(services, upstreams)
    identity.install(app, settings, keys)
    edge = Middleware(
        Edge,
        upstreams=upstreams,
        verifier=app.state.verifier,
        quota=Quota(settings),
        trust_proxy=settings.trust_proxy,
    )
    # Inside the trace, so that what the edge refuses carries its id; outside everything made for our own routes.
    outer = [getattr(each.cls, "__name__", "") for each in app.user_middleware]
    app.user_middleware.insert(outer.index(logs.Traced.__name__) + 1, edge)
    if settings.cors_origins:
        allowed = [each.strip() for each in settings.cors_origins.split(",")]
        app.add_middleware(
            CORSMiddleware,
            allow_origins=allowed,
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=EXPOSED,
            max_age=600,
        )
    _describe(app, services)
    _live(app, settings, upstreams)
    return app


def _describe(app: FastAPI, services: tuple[routes.Service, ...]) -> None:
    """The one document: ours as the framework makes it, the services' as they are committed."""
    own = app.openapi
    made: dict[str, Any] = {}

    def described() -> dict[str, Any]:
        if not made:
            found = {each.name: document for each in services if (document := committed(each.name))}
            made.update(merged(own(), services, found))
        return made

    app.state.own_openapi = own
    app.openapi = described  # type: ignore[method-assign]  # FastAPI documents this as the way


def _live(app: FastAPI, settings: Settings, upstreams: dict[bytes, Upstream]) -> None:
    """Wrap the lifespan: connections to the services, and keys and sessions looked after."""
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[None]:
        async with inner(running), http.client(settings) as session:
            for each in routes.table(settings):
                upstreams.setdefault(each.name.encode(), http.OverHttp(each.name, each.url, session, settings))
            caring = await identity.care(running.state)
            try:
                yield
            finally:
                caring.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await caring

    app.router.lifespan_context = lifespan
