"""The files for a district's own servers agree with the programs and with the settings written for them."""

import os
from pathlib import Path
from typing import Any

import pytest

from deploy import envfiles
from deploy.postgres import embedded
from deploy.settings import CHECKOUT, PROGRAMS, Unusable
from shared.settings import Settings

yaml: Any = pytest.importorskip("yaml")


def loaded(file: str) -> Any:
    return yaml.safe_load((CHECKOUT / "deploy" / file).read_text(encoding="utf-8"))


def test_compose_runs_every_program_after_its_migration() -> None:
    services = loaded("compose.yaml")["services"]
    for program in PROGRAMS:
        assert services[program]["env_file"] == f"../.run/settings/{program}.env"
        assert services[program]["build"]["args"] == {"SERVICE": program}
        assert services[program]["depends_on"] == {
            f"{program}-migration": {"condition": "service_completed_successfully"}
        }
        assert services[f"{program}-migration"]["command"][-3:] == [program, "upgrade", "head"]


def test_the_chart_runs_every_program() -> None:
    assert loaded("chart/values.yaml")["programs"].keys() == set(PROGRAMS)
    assert loaded("chart/Chart.yaml")["name"] == "huaiyou"


def test_workers_run_where_there_are_jobs() -> None:
    with_jobs = {program for program in PROGRAMS if (CHECKOUT / "services" / program / "jobs.py").exists()}
    values = loaded("chart/values.yaml")["programs"]
    assert {program for program in values if values[program]["worker"]} >= with_jobs
    assert {f"{program}-worker" for program in with_jobs} <= loaded("compose.yaml")["services"].keys()


def test_env_files_are_private_complete_and_the_same_when_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with embedded(fast=True) as server:
        admin = server.admin_url
        monkeypatch.setenv("HUAIYOU_DATABASE_URL", admin)
        envfiles.main([str(tmp_path)])
        first = {file.name: file.read_text() for file in tmp_path.iterdir()}
        envfiles.main([str(tmp_path)])
        assert {file.name: file.read_text() for file in tmp_path.iterdir()} == first
    assert {oct(file.stat().st_mode & 0o777) for file in tmp_path.iterdir()} == {"0o600"}
    assert first.keys() == {
        "secrets.json",
        *(f"{program}{part}.env" for program in PROGRAMS for part in ("", "-migrate")),
    }
    for name in [name for name in os.environ if name.startswith("HUAIYOU_")]:
        monkeypatch.delenv(name)
    for each in first["registry.env"].splitlines():
        monkeypatch.setenv(*each.split("=", 1))
    told = Settings()
    assert told.registry_url == "http://registry:8000"
    assert told.client_id == "registry"
    assert admin.split(":")[2].split("@")[0] not in "".join(first.values())


def test_env_files_need_an_external_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUAIYOU_DATABASE_URL", raising=False)
    with pytest.raises(Unusable, match="HUAIYOU_DATABASE_URL"):
        envfiles.main([])
