"""For a district's own servers: make the databases and write what each program must be told.

`HUAIYOU_DATABASE_URL=postgresql://… python -m deploy.envfiles [FOLDER [http://{}:8000]]` writes `<program>.env` and
`<program>-migrate.env` (0600) into the folder, `.run/settings` by default. Compose reads them as `env_file`, Kubernetes
as secrets made with `kubectl create secret generic huaiyou-<program> --from-env-file=…`. Run again it writes the same.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy import credentials, environments
from deploy.databases import provision
from deploy.places import make_state_dir
from deploy.settings import PROGRAMS, Unusable, from_environment


def main(arguments: Sequence[str]) -> int:
    """Provision and write; the folder keeps `secrets.json` too, the only copy of the field keys."""
    settings = from_environment()
    folder = arguments[0] if arguments else settings.state_dir / "settings"
    pattern = arguments[1] if len(arguments) > 1 else "http://{}:8000"
    if settings.database_url is None:
        raise Unusable("HUAIYOU_DATABASE_URL: set it to the URL of an administrator of the district's PostgreSQL.")
    kept = make_state_dir(Path(folder))
    secrets = credentials.kept(kept)
    databases = provision(settings.database_url, secrets.passwords(), settings.database_prefix)
    network = environments.containers(pattern)
    for program in PROGRAMS:
        serving = environments.serving(program, network, databases[program], secrets)
        serving["HUAIYOU_DEMONSTRATION"] = "false"  # a district's own data are real
        _write(kept / f"{program}.env", serving)
        _write(kept / f"{program}-migrate.env", environments.migrating(databases[program]))
    return 0


def _write(file: Path, told: Mapping[str, str]) -> None:
    """One `NAME=value` a line, unquoted: Compose and Kubernetes agree on nothing else."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.writelines(f"{name}={value}\n" for name, value in told.items())


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Unusable as reason:
        sys.exit(str(reason))
