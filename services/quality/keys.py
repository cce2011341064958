"""The key ring of this process, for the routes that seal or open what a case names."""

from typing import Annotated

from fastapi import Depends, Request

from shared.crypto import KeyRing


async def _ring(request: Request) -> KeyRing:
    found: KeyRing = request.app.state.keys
    return found


Keys = Annotated[KeyRing, Depends(_ring)]
