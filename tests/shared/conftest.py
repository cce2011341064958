from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests import stack
from tests.shared.specimen import create_app


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _specimen(finance_database: stack.Database) -> AsyncIterator[stack.Service]:
    app = create_app(finance_database)
    async with app.router.lifespan_context(app):
        made = stack.Service(app, finance_database)
        yield made
        await made.close()


@pytest.fixture
def specimen(_specimen: stack.Service) -> stack.Service:
    """The small service, on a clean database."""
    _specimen.database.clean()
    return _specimen
