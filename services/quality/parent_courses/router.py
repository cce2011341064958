from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.parent_courses import actions, queries
from services.quality.parent_courses.actions import CourseHasEnded
from services.quality.parent_courses.schemas import (
    ParentCourseEnd,
    ParentCourseNew,
    ParentCourseOut,
    ParentCoursePage,
    ParentCourseQuery,
)
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/parent-courses", tags=["families"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_FAMILIES])]
Offerer = Annotated[Actor, Security(authorize, scopes=[May.OFFER_PARENT_COURSES])]


@router.get(
    "",
    operation_id="list_parent_courses",
    response_model=ParentCoursePage,
    responses=exports.responses(ParentCoursePage),
)
async def list_parent_courses(
    query: Annotated[ParentCourseQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """The catalogue of courses for parents by stage 小班、中班、大班: the district's and one's own."""
    return await exports.answer(request, reader, queries.COURSES, query)


@router.get("/{id}", operation_id="get_parent_course", response_model=ParentCourseOut, responses=problems(NotFound))
async def get_parent_course(id: UUID, _: Reader, reader: Read) -> Response:
    """One course."""
    (body,) = await reader.one(queries.COURSE, "course", id=id)
    return Response(body, media_type="application/json")


@router.post(
    "",
    operation_id="offer_parent_course",
    status_code=status.HTTP_201_CREATED,
    response_model=ParentCourseOut,
    responses=problems(NotFound, ChildrenAreNotScored),
)
async def offer_parent_course(new: ParentCourseNew, caller: Offerer, session: Write) -> Response:
    """Put a course into the catalogue."""
    body = await written(session, queries.COURSE, id=await actions.offer_course(session, caller, new))
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "/{id}/ends",
    operation_id="end_parent_course",
    status_code=status.HTTP_201_CREATED,
    response_model=ParentCourseOut,
    responses=problems(NotFound, CourseHasEnded, constraints=("course_ends_after_it_begins",)),
)
async def end_parent_course(id: UUID, asked: ParentCourseEnd, caller: Offerer, session: Write) -> Response:
    """Take a course out of the catalogue from a day on; sessions held stay on record."""
    await actions.end_course(session, caller, id, asked)
    return Response(
        await written(session, queries.COURSE, id=id), status.HTTP_201_CREATED, media_type="application/json"
    )
