"""Settings only safety has."""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class S3Settings(BaseSettings):
    """An S3-compatible object store; read from the environment, prefix `HUAIYOU_FILES_S3_`."""

    model_config = SettingsConfigDict(env_prefix="HUAIYOU_FILES_S3_", extra="ignore", frozen=True)

    endpoint: str = Field("", description="Such as https://store.example:9000; empty: a local folder keeps the files.")
    bucket: str = ""
    region: str = "us-east-1"
    prefix: str = Field("", description="Put before each object's name, such as `safety/`.")
    access_key: str = ""
    secret_key: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.endpoint and not (self.bucket and self.access_key and self.secret_key.get_secret_value()):
            raise ValueError("HUAIYOU_FILES_S3_ENDPOINT needs _BUCKET, _ACCESS_KEY and _SECRET_KEY")
        return self


class SafetySettings(BaseSettings):
    """Read from the environment, prefix `HUAIYOU_`."""

    model_config = SettingsConfigDict(env_prefix="HUAIYOU_", extra="ignore", frozen=True)

    files_folder: Path = Field(
        Path(".run/files"), description="Folder that keeps uploaded evidence; to be backed up with the database."
    )
