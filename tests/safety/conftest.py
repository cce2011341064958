"""Evidence of a test goes to a folder of the test."""

from pathlib import Path

import pytest

from services.safety.files.storage import LocalFolder
from tests.stack import Service


@pytest.fixture(autouse=True)
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder uploaded files go to, where a test uses the service."""
    if "safety" in request.fixturenames:
        safety: Service = request.getfixturevalue("safety")
        safety.app.state.storage = LocalFolder(tmp_path)
    return tmp_path
