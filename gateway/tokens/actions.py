"""Signing in, carrying on, signing out. Each step is a transaction of its own: a refusal must not undo the count."""

import hashlib
import hmac
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.accounts.codes import AccountStatus
from gateway.accounts.models import Account, Password
from gateway.clients.models import ApiClient
from gateway.grants.models import Grant
from gateway.grants.queries import grants_of
from gateway.settings import Settings
from gateway.signing_keys.ring import SigningKeys
from gateway.tokens.attempts import Attempt, claim, succeeded
from gateway.tokens.errors import AccountIsLocked, InvalidClient, InvalidGrant
from gateway.tokens.issue import Subject, access_token
from gateway.tokens.passwords import Passwords
from gateway.tokens.schemas import TokenOut
from gateway.tokens.sessions import Opened, carry_on, open_session
from shared.db import Database


@dataclass(frozen=True, slots=True)
class Identity:
    """What signing in needs: the database, the keys, the password checker."""

    settings: Settings
    database: Database
    keys: SigningKeys
    passwords: Passwords

    async def answer(self, subject: Subject, refresh_token: str | None) -> TokenOut:
        return TokenOut(
            access_token=await access_token(self.keys, self.settings, subject),
            token_type="Bearer",  # noqa: S106  # the scheme's name
            expires_in=self.settings.access_seconds,
            refresh_token=refresh_token,
        )


def normal(name: str) -> str:
    """Sign-in names are told apart without regard to case."""
    return name.strip().casefold()


async def sign_in(identity: Identity, name: str, password: str, address: str) -> TokenOut:
    """Open a session for the person with this name and password.

    Raises:
        TooManyAttempts: too early after failures; the password was not looked at.
        InvalidGrant: no such account, or another password; nobody can tell which.
        AccountIsLocked: the password is right and the account is locked.
    """
    database, settings = identity.database, identity.settings
    attempt = Attempt(normal(name), address)
    await claim(database, attempt, settings.free_attempts, settings.free_attempts_address)
    account, hashed = await _known(database, attempt.name)
    if not await identity.passwords.verify(hashed, password) or account is None:
        raise InvalidGrant
    await succeeded(database, attempt)
    if account.status != AccountStatus.ACTIVE:
        raise AccountIsLocked
    stronger = await _stronger(identity.passwords, hashed, password)
    async with database.begin(replace(database.system, id=str(account.id))) as db:
        if stronger:
            (await db.get_one(Password, account.id)).hash = stronger
        opened = await open_session(db, settings, account.id, account.division)
        subject = await _subject(db, account, opened)
    return await identity.answer(subject, opened.refresh_token)


async def refresh(identity: Identity, token: str) -> TokenOut:
    """Carry a session on.

    Raises:
        InvalidGrant: the token is unknown, spent or expired, or its session or account is not alive.
    """
    subject: Subject | None = None
    async with identity.database.begin(identity.database.system) as db:
        opened = await carry_on(db, identity.settings, token)
        account = await db.get(Account, opened.account) if opened else None
        if opened and account is not None and account.status == AccountStatus.ACTIVE:
            subject = await _subject(db, account, opened)
    if opened is None or subject is None:
        raise InvalidGrant
    return await identity.answer(subject, opened.refresh_token)


async def authenticate_client(identity: Identity, client_id: str, secret: str, address: str) -> TokenOut:
    """A token for a machine.

    Failures count by address only: nobody guesses 256 bits, and nobody shall lock a machine out by trying.

    Raises:
        TooManyAttempts: too many failures from this address.
        InvalidClient: unknown, locked, or another secret.
    """
    database, settings = identity.database, identity.settings
    attempt = Attempt("", address)
    await claim(database, attempt, settings.free_attempts, settings.free_attempts_address)
    async with database.begin(database.system) as db:
        client = await db.get(ApiClient, client_id)
        right = hmac.compare_digest(client.secret if client else b"", hashlib.sha256(secret.encode()).digest())
        if client is None or not right or client.status != AccountStatus.ACTIVE:
            raise InvalidClient
        subject = Subject(client.id, client.name, await grants_of(db, Grant.client == client.id))
    await succeeded(database, attempt)
    return await identity.answer(subject, None)


async def _known(database: Database, name: str) -> tuple[Account | None, str | None]:
    asked = select(Account, Password.hash).outerjoin(Password, Password.account == Account.id)
    async with database.begin(database.system) as db:
        row = (await db.execute(asked.where(Account.sign_in_name == name))).one_or_none()
    return (row[0], row[1]) if row else (None, None)


async def _stronger(passwords: Passwords, hashed: str | None, password: str) -> str | None:
    """The password hashed anew when the settings have become stricter since."""
    return await passwords.hash(password) if hashed and passwords.is_outdated(hashed) else None


async def _subject(db: AsyncSession, account: Account, opened: Opened) -> Subject:
    grants = await grants_of(db, Grant.account == account.id)
    return Subject(str(account.id), account.display_name, grants, str(opened.session))
