import pytest

from tests.gateway.echo import Echo
from tests.stack import Service


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture(autouse=True)
def keys_of_this_test(request: pytest.FixtureRequest) -> None:
    """The gateway under test lives on while its tables are emptied: what it remembers of them goes too."""
    if "gateway" in request.fixturenames:
        gateway: Service = request.getfixturevalue("gateway")
        gateway.app.state.signing_keys.read_at = float("-inf")
        gateway.app.state.verifier.known.clear()
