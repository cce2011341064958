"""Settings only safety has."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class SafetySettings(BaseSettings):
    """Read from the environment, prefix `HUAIYOU_`."""

    model_config = SettingsConfigDict(env_prefix="HUAIYOU_", extra="ignore", frozen=True)

    files_folder: Path = Field(
        Path(".run/files"), description="Folder that keeps uploaded evidence; to be backed up with the database."
    )
