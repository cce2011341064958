"""The short way for reads: a list at a fixed address is answered before the framework takes the request apart.

FastAPI's routing and resolving of a list's parameters cost more than everything else about it together (measured; see
docs/decisions/0006). This middleware does the same for routes of one shape: a GET at a fixed path whose parameters are
the caller, the reader, the query model and the request. Whatever is wrong with a request is left to the long way,
which says so; a test sends the same requests both ways and compares.
"""

import inspect
from collections.abc import Awaitable, Callable, Iterable
from typing import Annotated, Any, get_args, get_origin
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.params import Depends as DependsParameter
from fastapi.params import Query as QueryParameter
from fastapi.params import Security as SecurityParameter
from fastapi.routing import APIRoute
from psycopg import Error
from pydantic import BaseModel, ValidationError
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.auth import authorize, permitted
from shared.db import Reader, _reader
from shared.errors import DomainError

Source = Callable[[Request, frozenset[str]], Awaitable[Any]]
Endpoint = Callable[..., Awaitable[Response]]


class ShortWay:
    """Middleware that answers the reads it knows and hands on everything else."""

    def __init__(self, app: ASGIApp, plans: dict[str, "Plan"]) -> None:
        self.app, self.plans = app, plans

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        plan = self.plans.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if plan is not None:
            try:
                response = await plan.answer(Request(scope, receive))
            except (DomainError, ValidationError, UnicodeError, Error):
                pass
            else:
                return await response(scope, receive, send)
        return await self.app(scope, receive, send)


class Plan:
    """How to call one endpoint."""

    def __init__(self, endpoint: Endpoint, parameters: dict[str, Any]) -> None:
        self.endpoint = endpoint
        self.needed: frozenset[str] = frozenset()
        self.actor = self.reader = self.request = ""
        self.query: tuple[str, type[BaseModel], frozenset[str]] | None = None
        for name, annotation in parameters.items():
            self._take(name, annotation)

    def _take(self, name: str, annotation: Any) -> None:
        kind, *extra = get_args(annotation) if get_origin(annotation) is Annotated else (annotation,)
        source = extra[0] if extra else None
        if isinstance(source, SecurityParameter) and source.dependency is authorize:
            self.actor, self.needed = name, frozenset(source.scopes or ())
        elif isinstance(source, DependsParameter) and source.dependency is _reader:
            self.reader = name
        elif isinstance(source, QueryParameter) and issubclass(kind, BaseModel):
            many = {key for key, field in kind.model_fields.items() if get_origin(field.annotation) is list}
            self.query = (name, kind, frozenset(many))
        elif kind is Request:
            self.request = name
        else:
            raise TypeError(f"{name}: not of the shape the short way knows")

    async def answer(self, request: Request) -> Response:
        caller = await permitted(request, self.needed)
        given: dict[str, Any] = {self.actor: caller, self.reader: Reader(request.app.state.database, caller)}
        if self.request:
            given[self.request] = request
        if self.query:
            name, model, many = self.query
            given[name] = model.__pydantic_validator__.validate_python(_values(request, many))
        return await self.endpoint(**given)


def _values(request: Request, many: frozenset[str]) -> dict[str, Any]:
    """The query's values as the model takes them: the last of each name, all of them where it takes a list."""
    values: dict[str, Any] = {}
    for name, value in parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True):
        if name in many:
            values.setdefault(name, []).append(value)
        else:
            values[name] = value
    return values


def plans(routers: Iterable[APIRouter], prefix: str) -> dict[str, Plan]:
    """The routes that have the shape, by address."""
    found: dict[str, Plan] = {}
    for route in (route for router in routers for route in router.routes):
        if not isinstance(route, APIRoute) or route.methods != {"GET"} or "{" in route.path:
            continue
        signature = inspect.signature(route.endpoint, eval_str=True)
        if signature.return_annotation is not Response:
            continue
        try:
            found[prefix + route.path] = Plan(
                route.endpoint, {name: each.annotation for name, each in signature.parameters.items()}
            )
        except TypeError:
            continue
    return {path: plan for path, plan in found.items() if plan.actor and plan.reader}
