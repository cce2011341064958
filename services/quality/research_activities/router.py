from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.quality.permissions import May
from services.quality.research_activities import actions, queries
from services.quality.research_activities.actions import AlreadyAnswered, LevelNamesItsPlace, PlanOfAnotherPlace
from services.quality.research_activities.schemas import (
    AnswerTimes,
    Knowledge,
    KnowledgeQuery,
    ResearchActivityNew,
    ResearchActivityOut,
    ResearchActivityPage,
    ResearchActivityQuery,
    TeacherAnswer,
    TeacherQuestionNew,
    TeacherQuestionOut,
    TeacherQuestionPage,
    TeacherQuestionQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.schemas import In

router = APIRouter(tags=["teaching research"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_RESEARCH])]
Recorder = Annotated[Actor, Security(authorize, scopes=[May.RECORD_RESEARCH])]
Teacher = Annotated[Actor, Security(authorize, scopes=[May.ASK_RESEARCHERS])]
Researcher = Annotated[Actor, Security(authorize, scopes=[May.ANSWER_TEACHERS])]


class NoQuestion(In):
    """A query without parameters: an unknown one is refused."""


@router.get(
    "/research-activities",
    operation_id="list_research_activities",
    response_model=ResearchActivityPage,
    responses=exports.responses(ResearchActivityPage),
)
async def list_research_activities(
    query: Annotated[ResearchActivityQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List 教研 activities in the caller's scope."""
    return await exports.answer(request, reader, queries.ACTIVITIES, query)


@router.post(
    "/research-activities",
    operation_id="record_research_activity",
    status_code=status.HTTP_201_CREATED,
    response_model=ResearchActivityOut,
    responses=problems(NotFound, LevelNamesItsPlace, PlanOfAnotherPlace),
)
async def record_research_activity(new: ResearchActivityNew, caller: Recorder, session: Write) -> Response:
    """Record an activity of district, zone or kindergarten 区、片、园 with who was there."""
    made = await actions.record_activity(session, caller, new)
    body = await written(session, queries.ACTIVITY, id=made)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.get(
    "/teacher-questions",
    operation_id="list_teacher_questions",
    response_model=TeacherQuestionPage,
    responses=exports.responses(TeacherQuestionPage),
)
async def list_teacher_questions(
    query: Annotated[TeacherQuestionQuery, Query()], request: Request, _: Teacher, reader: Read
) -> Response:
    """List teachers' questions in the caller's scope."""
    return await exports.answer(request, reader, queries.QUESTIONS, query, as_of=today())


@router.get("/teacher-questions/answer-times", operation_id="get_answer_times", response_model=AnswerTimes)
async def get_answer_times(_: Reader, __: Annotated[NoQuestion, Query()], reader: Read) -> Response:
    """How fast teachers' questions were answered in the last twelve months, in the caller's scope."""
    (body,) = await reader.one(queries.ANSWER_TIMES, "figure", as_of=today())
    return Response(body, media_type="application/json")


@router.post(
    "/teacher-questions",
    operation_id="ask_researchers",
    status_code=status.HTTP_201_CREATED,
    response_model=TeacherQuestionOut,
    responses=problems(NotFound),
)
async def ask_researchers(new: TeacherQuestionNew, caller: Teacher, session: Write) -> Response:
    """Ask the researchers; the day by which they answer is told."""
    made = await actions.ask_question(session, caller, new)
    body = await written(session, queries.QUESTION, id=made, as_of=today())
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "/teacher-questions/{id}/answers",
    operation_id="answer_teacher_question",
    status_code=status.HTTP_201_CREATED,
    response_model=TeacherQuestionOut,
    responses=problems(NotFound, AlreadyAnswered),
)
async def answer_teacher_question(id: UUID, asked: TeacherAnswer, caller: Researcher, session: Write) -> Response:
    """Answer a question; shared, everyone finds question and answer in the knowledge base."""
    await actions.answer_question(session, caller, id, asked)
    body = await written(session, queries.QUESTION, id=id, as_of=today())
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.get("/research-knowledge", operation_id="list_research_knowledge", response_model=list[Knowledge])
async def list_research_knowledge(_: Teacher, query: Annotated[KnowledgeQuery, Query()], reader: Read) -> Response:
    """Shared questions and answers of all kindergartens, without who asked; by keyword."""
    found = await reader.row(queries.KNOWLEDGE, keyword=query.keyword)
    return Response(found[0] if found else "[]", media_type="application/json")
