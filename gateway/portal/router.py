from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from gateway.portal import pages
from gateway.portal.status import states

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/")
async def landing(request: Request) -> HTMLResponse:
    directory = request.app.state.directory
    page = pages.landing(directory.services, await states(directory), request.app.state.settings)
    return HTMLResponse(page, headers=pages.HEADERS)


@router.get("/docs")
async def documentation(request: Request) -> HTMLResponse:
    return HTMLResponse(pages.documentation(request.app.state.settings), headers=pages.HEADERS)


@router.get("/redoc")
async def reference(request: Request) -> HTMLResponse:
    return HTMLResponse(pages.reference(request.app.state.settings), headers=pages.HEADERS)


def mount_assets(app: FastAPI) -> None:
    """Our own files, and Swagger UI and Redoc as the package `fastapi-offline` carries them."""
    spec = find_spec("fastapi_offline")
    if spec is None or spec.origin is None:
        raise RuntimeError("fastapi-offline is not installed: the documentation has no scripts.")
    app.mount("/assets/vendor", StaticFiles(directory=Path(spec.origin).parent / "static"))
    app.mount("/assets", StaticFiles(directory=Path(__file__).parent / "assets"))
