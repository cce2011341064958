from collections.abc import Iterator

import pytest

from shared.settings import settings
from tests.stack import FIELD_KEYS, Service


@pytest.fixture(autouse=True)
def ring_of_the_worker(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The worker reads its key ring from the environment."""
    if "registry" in request.fixturenames:
        registry: Service = request.getfixturevalue("registry")
        monkeypatch.setenv("HUAIYOU_APP_DATABASE_URL", registry.database.app_url)
        monkeypatch.setenv("HUAIYOU_FIELD_KEYS", FIELD_KEYS)
    settings.cache_clear()
    yield
    settings.cache_clear()
