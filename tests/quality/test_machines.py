"""Every state machine of the service is tried in every state as every role."""

from importlib import import_module
from pathlib import Path

from shared.machine import Verb

ROOT = Path(__file__).parents[2]


def machines() -> set[str]:
    """Concepts whose rules say what may be done in which state."""
    found = set()
    for path in (ROOT / "services/quality").glob("*/rules.py"):
        module = import_module(f"services.quality.{path.parent.name}.rules")
        made = [each for name, each in vars(module).items() if name.endswith("MACHINE")]
        if any(isinstance(verb, Verb) for each in made for verb in each.values()):
            found.add(path.parent.name)
    return found


def test_each_machine_has_its_generated_test():
    tried = {
        path.parent.name
        for path in (ROOT / "tests/quality").glob("*/test_*.py")
        if "matrix.disagreements(" in path.read_text("utf-8")
    }
    assert len(machines()) >= 15
    assert machines() - tried == set()
