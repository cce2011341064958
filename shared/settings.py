"""Settings of one process, read from the environment (prefix `HUAIYOU_`) and nowhere else."""

from functools import lru_cache

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What every service and the gateway need to know to start."""

    model_config = SettingsConfigDict(env_prefix="HUAIYOU_", extra="ignore", frozen=True)

    app_database_url: SecretStr = Field(description="This service's database as its app role, `postgresql://…`.")
    pool_size: int = Field(8, ge=1, le=100, description="Connections for writes, and as many again for reads.")
    issuer: str = Field("huaiyou", description="`iss` every token must carry.")
    audience: str = Field("huaiyou", description="`aud` every token must carry.")
    grants_claim: str = Field("grants", description="Claim with the list of [role, scope], if an issuer names it so.")
    jwks_url: str = Field("http://127.0.0.1:8000/.well-known/jwks.json", description="Where signing keys are read.")
    gateway_url: str = Field("http://127.0.0.1:8000", description="Token endpoint for service-to-service calls.")
    registry_url: str = Field("http://127.0.0.1:8001", description="Registry's own address, for its change feed.")
    finance_url: str = Field("http://127.0.0.1:8002", description="Finance's own address, for its change feed.")
    safety_url: str = Field("http://127.0.0.1:8003", description="Safety's own address, for its change feed.")
    quality_url: str = Field("http://127.0.0.1:8004", description="Quality's own address, for its change feed.")
    client_id: str = Field("", description="This service's API client at the gateway; empty: no feed is consumed.")
    client_secret: SecretStr = SecretStr("")
    field_keys: SecretStr = Field(
        SecretStr(""),
        description='Key ring: {"current": "k1", "keys": {"k1": "AES-GCM:<base64>"}, "index": "<base64>"}.',
    )
    district: str = Field("110116", description="Division code of the district this installation serves.")
    demonstration: bool = Field(
        default=True, description="Fill an empty installation with synthetic data, and say so on every page (演示数据)."
    )
    trust_proxy: bool = Field(default=False, description="Believe `X-Forwarded-For` of the peer (behind the gateway).")
    log_level: str = "INFO"
    run_background: bool = Field(default=True, description="Number events and follow feeds in this process.")


@lru_cache
def settings() -> Settings:
    return Settings()
