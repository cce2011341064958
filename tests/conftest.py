"""One PostgreSQL for the run, one set of cloned databases for each test process, emptied before each test."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack

import pytest
import pytest_asyncio

from deploy.postgres import embedded
from tests import stack
from tests.registry import given

# Passwords are hashed as in service, with a tenth of the work: hundreds of sign-ins are tried here.
os.environ |= {"HUAIYOU_PASSWORD_MEMORY_KIB": "8192", "HUAIYOU_PASSWORD_PASSES": "2", "HUAIYOU_PASSWORD_LANES": "1"}
EXTERNAL = "HUAIYOU_TEST_DATABASE_URL"
_ended = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """In the process that leads the run: start PostgreSQL (or take the one that is named) and make the templates."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    if external := os.environ.get(EXTERNAL):
        config.stash[URL] = external
        stack.drop_everything(external)
        _ended.callback(stack.drop_everything, external)
    else:
        config.stash[URL] = _ended.enter_context(embedded(fast=True)).admin_url
    stack.make_templates(config.stash[URL])


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        _ended.close()


URL = pytest.StashKey[str]()


class Leader:
    """Hands the address to each process of the run."""

    def pytest_configure_node(self, node: pytest.Item) -> None:
        node.workerinput["admin_url"] = node.config.stash[URL]  # type: ignore[attr-defined]  # xdist's node


def pytest_sessionstart(session: pytest.Session) -> None:
    if session.config.pluginmanager.hasplugin("dsession"):
        session.config.pluginmanager.register(Leader())


@pytest.fixture(scope="session")
def admin_url(request: pytest.FixtureRequest) -> str:
    """The superuser's URL of the PostgreSQL of this run."""
    found = getattr(request.config, "workerinput", None)
    return str(found["admin_url"]) if found else request.config.stash[URL]


@pytest.fixture(scope="session")
def process(request: pytest.FixtureRequest) -> str:
    return str(getattr(request.config, "workerinput", {"workerid": "main"})["workerid"])


def _database(service: str) -> object:
    @pytest.fixture(scope="session", name=f"{service}_database")
    def made(admin_url: str, process: str) -> Iterator[stack.Database]:
        database = stack.Database.clone(admin_url, service, process)
        yield database
        database.drop()

    return made


def _running(service: str) -> object:
    @pytest_asyncio.fixture(scope="session", loop_scope="session", name=f"_{service}")
    async def started(request: pytest.FixtureRequest) -> AsyncIterator[stack.Service]:
        async with stack.running(service, request.getfixturevalue(f"{service}_database")) as made:
            yield made

    return started


def _clean(service: str) -> object:
    @pytest.fixture(name=service)
    def ready(request: pytest.FixtureRequest) -> stack.Service:
        """The running service, its database emptied of what former tests left."""
        made: stack.Service = request.getfixturevalue(f"_{service}")
        made.database.clean()
        given.start_over()
        return made

    return ready


registry_database, _registry, registry = _database("registry"), _running("registry"), _clean("registry")
finance_database, _finance, finance = _database("finance"), _running("finance"), _clean("finance")
safety_database, _safety, safety = _database("safety"), _running("safety"), _clean("safety")
quality_database, _quality, quality = _database("quality"), _running("quality"), _clean("quality")
gateway_database, _gateway, gateway = _database("gateway"), _running("gateway"), _clean("gateway")
