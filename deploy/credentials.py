"""The secrets of one installation, made once at random and kept in one file that only its owner reads."""

import json
import os
import secrets
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from deploy.databases import Passwords
from deploy.settings import PROGRAMS, Unusable

_FILE = "secrets.json"


@dataclass(slots=True)
class Secrets:
    """By program name, except the accounts, which go by their sign-in name."""

    databases: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    field_keys: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)
    clients: dict[str, str] = field(default_factory=dict, repr=False)
    accounts: dict[str, str] = field(default_factory=dict, repr=False)

    def passwords(self) -> dict[str, Passwords]:
        return {program: Passwords(**kept) for program, kept in self.databases.items()}

    def key_ring(self, program: str) -> str:
        """The key ring as the program's setting `HUAIYOU_FIELD_KEYS` takes it."""
        return json.dumps(self.field_keys[program], separators=(",", ":"))


def kept(state_dir: Path, accounts: Iterable[str] = ()) -> Secrets:
    """Read the secrets of this state folder, and make those that are missing.

    Raises:
        Unusable: the file is damaged. It is never replaced: without the field keys nothing encrypted can be read.
    """
    file = state_dir / _FILE
    try:
        found = Secrets(**json.loads(file.read_text()))
    except FileNotFoundError:
        found = Secrets()
    except (ValueError, TypeError) as damage:
        raise Unusable(f"{file} is damaged ({damage}): restore it from a copy; the field keys are in it.") from None
    before = json.dumps(asdict(found))
    for program in PROGRAMS:
        # Each program has keys of its own: what finance can decrypt says nothing about registry's children.
        found.databases.setdefault(program, {"owner": secrets.token_hex(24), "app": secrets.token_hex(24)})
        found.field_keys.setdefault(program, _new_ring())
        found.clients.setdefault(program, secrets.token_urlsafe(32))
    found.clients.setdefault("integration", secrets.token_urlsafe(32))  # the district's other systems, as one of them
    for account in accounts:
        found.accounts.setdefault(account, _typable())
    if (after := json.dumps(asdict(found), indent=2)) != before:
        _write(file, after)
    return found


def _new_ring() -> dict[str, Any]:
    return {"current": "k1", "keys": {"k1": f"AES-GCM:{_key()}"}, "index": _key()}


def _key() -> str:
    return b64encode(secrets.token_bytes(32)).decode()


def _typable() -> str:
    """A password of 80 random bits that a person can read off a screen: no 0, 1, I or O."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def _write(file: Path, text: str) -> None:
    """Replace the file in one step; a power cut leaves the former or the new one, whole."""
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(text + "\n")
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
