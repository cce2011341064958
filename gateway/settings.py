"""What the gateway needs to know beyond what every service does."""

from pydantic import Field

from shared import settings as shared


class Settings(shared.Settings):
    """Settings of the gateway, read from the environment (prefix `HUAIYOU_`)."""

    finance_url: str = Field("http://127.0.0.1:8002", description="Finance's own address.")
    safety_url: str = Field("http://127.0.0.1:8003", description="Safety's own address.")
    quality_url: str = Field("http://127.0.0.1:8004", description="Quality's own address.")
    cors_origins: str = Field("", description="Origins whose pages may call the API, comma-separated; empty: none.")

    oidc_issuer: str = Field("", description="`iss` of an external OIDC issuer that replaces the built-in identity.")
    oidc_jwks_url: str = Field("", description="Where that issuer publishes its keys.")
    oidc_audience: str = Field("huaiyou", description="`aud` of that issuer's tokens.")
    oidc_grants_claim: str = Field("grants", description="Claim that holds the list of [role, scope].")

    access_seconds: int = Field(600, ge=5, le=3600, description="Life of an access token.")
    refresh_days: int = Field(14, ge=1, le=90, description="Life of an unused refresh token.")
    session_days: int = Field(60, ge=1, le=365, description="After so long a person signs in anew, whatever happens.")
    signing_key_days: int = Field(90, ge=1, le=730, description="Age at which a signing key is replaced.")
    signing_key_lead_seconds: int = Field(
        15, ge=0, le=3600, description="A new key is published so long before it signs, so that everyone knows it."
    )

    password_memory_kib: int = Field(65536, ge=8, description="Argon2id memory: RFC 9106, second recommendation.")
    password_passes: int = Field(3, ge=1, description="Argon2id passes.")
    password_lanes: int = Field(4, ge=1, description="Argon2id lanes.")
    password_workers: int = Field(2, ge=1, description="Passwords checked at the same time; the others wait.")
    password_queue: int = Field(64, ge=1, description="Sign-ins that may wait; more are told to come back.")
    free_attempts: int = Field(5, ge=1, description="Failed sign-ins of an account before the first delay.")
    free_attempts_address: int = Field(30, ge=1, description="Failed sign-ins from one address before the first delay.")

    limit_units: int = Field(60_000, ge=0, description="Units a signed-in caller has in each window; 0: no limit.")
    limit_stranger_units: int = Field(6_000, ge=1, description="Units an address without a token has in each window.")
    limit_seconds: int = Field(60, ge=1, description="Length of the window.")
    limit_storage: str = Field("memory://", description="Where counters are kept: memory:// or async+redis://host.")

    upstream_connect_seconds: float = Field(2, gt=0, description="A service that takes longer to connect is down.")
    upstream_idle_seconds: float = Field(60, gt=0, description="A service silent for so long is slow.")
    upstream_stream_seconds: float = Field(900, gt=0, description="The same for a stream of server-sent events.")
    upstream_concurrency: int = Field(2_000, ge=1, description="Requests in flight to one service; more are refused.")

    @property
    def is_external(self) -> bool:
        """Whether accounts and tokens are another issuer's business."""
        return bool(self.oidc_issuer)


def chosen(made: shared.Settings | None) -> Settings:
    """The gateway's settings: those given, completed from the environment."""
    if isinstance(made, Settings):
        return made
    return Settings(**(made.model_dump() if made else {}))
