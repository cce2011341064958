"""What a caller of the quality service can be allowed to do, and which roles are."""

from enum import StrEnum

from shared.contracts.roles import KINDERGARTEN, MACHINES, OFFICERS, Role, may


class May(StrEnum):
    """Permissions of the quality service."""

    READ_KINDERGARTENS = "quality.kindergartens.read"
    READ_FRAMEWORKS = "quality.frameworks.read"
    WRITE_FRAMEWORKS = "quality.frameworks.write"
    READ_EVIDENCE = "quality.evidence.read"
    COLLECT_EVIDENCE = "quality.evidence.collect"
    READ_INSPECTIONS = "quality.annual_inspections.read"
    OPEN_INSPECTIONS = "quality.annual_inspections.open"
    SUBMIT_INSPECTIONS = "quality.annual_inspections.submit"
    ASSESS_INSPECTIONS = "quality.annual_inspections.assess"
    DECIDE_INSPECTIONS = "quality.annual_inspections.decide"
    DECIDE_INSPECTION_APPEALS = "quality.annual_inspections.decide_appeal"
    REPORT_ETHICS = "quality.ethics.report"
    READ_ETHICS = "quality.ethics.read"
    HANDLE_ETHICS = "quality.ethics.handle"
    DECIDE_ETHICS = "quality.ethics.decide"
    DECIDE_SEVERE_ETHICS = "quality.ethics.decide_severe"
    APPOINT_ETHICS_HANDLERS = "quality.ethics.appoint"
    READ_ETHICS_COVERAGE = "quality.ethics_records.read"
    KEEP_ETHICS_RECORDS = "quality.ethics_records.keep"
    ASK_EMPLOYMENT_BARS = "quality.employment_bars.ask"
    READ_EVALUATIONS = "quality.evaluations.read"
    ORGANISE_EVALUATIONS = "quality.evaluations.organise"
    EVALUATE = "quality.evaluations.evaluate"
    ANSWER_EVALUATIONS = "quality.evaluations.answer"
    PUBLISH_EVALUATIONS = "quality.evaluations.publish"
    DECIDE_EVALUATION_APPEALS = "quality.evaluations.decide_appeal"
    READ_PLATES = "quality.plates.read"
    ASSIGN_INSPECTORS = "quality.inspectors.assign"
    READ_VISITS = "quality.visits.read"
    VISIT = "quality.visits.record"
    ANSWER_ISSUES = "quality.visits.answer"
    READ_RESEARCH = "quality.research.read"
    ORGANISE_RESEARCH = "quality.research.organise"
    RECORD_RESEARCH = "quality.research.record"
    ASK_RESEARCHERS = "quality.questions.ask"
    ANSWER_TEACHERS = "quality.questions.answer"
    READ_DAILY_LIFE = "quality.daily_life.read"
    FILE_DAILY_LIFE = "quality.daily_life.file"
    CHECK_DAILY_LIFE = "quality.daily_life.check"
    READ_BOOKS = "quality.books.read"
    KEEP_BOOKS = "quality.books.keep"
    REVIEW_BOOKS = "quality.books.review"
    REMOVE_BOOKS = "quality.books.remove"
    READ_RULES = "quality.rules.read"
    READ_TRAINING = "quality.training.read"
    OFFER_TRAINING = "quality.training.offer"
    ENROL_TRAINING = "quality.training.enrol"
    KEEP_TALENTS = "quality.talents.keep"
    KEEP_STUDIOS = "quality.studios.keep"
    REVIEW_STUDIOS = "quality.studios.review"
    READ_UNIVERSALITY = "quality.universality.read"
    KEEP_UNIVERSALITY = "quality.universality.keep"
    CONFIRM_UNIVERSALITY = "quality.universality.confirm"
    READ_OVERVIEW = "quality.overview.read"
    CHECK_CERTIFICATES = "quality.certificates.check"
    READ_COMMENDATIONS = "quality.commendations.read"
    NOMINATE = "quality.commendations.nominate"
    PUBLICISE_COMMENDATIONS = "quality.commendations.publicise"
    AWARD_COMMENDATIONS = "quality.commendations.award"
    READ_TRANSITION = "quality.transition.read"
    ORGANISE_TRANSITION = "quality.transition.organise"
    KEEP_TRANSITION = "quality.transition.keep"
    PLAN_TRANSITION = "quality.transition_plans.file"
    REVIEW_TRANSITION = "quality.transition_plans.review"
    READ_HANDOVERS = "quality.handovers.read"
    KEEP_HANDOVERS = "quality.handovers.keep"
    READ_FAMILIES = "quality.families.read"
    KEEP_FAMILIES = "quality.families.keep"
    OFFER_PARENT_COURSES = "quality.parent_courses.offer"
    FORM_COMMITTEES = "quality.parents_committees.form"
    FILE_CLASS_PLANS = "quality.daily_life.plan"
    ORDER_DAILY_LIFE = "quality.daily_life.order"
    DRAFT_NORMS = "quality.daily_norms.draft"
    PUBLISH_NORMS = "quality.daily_norms.publish"
    READ_STYLE_CASES = "quality.style_cases.read"
    RECEIVE_STYLE_COMPLAINTS = "quality.style_cases.receive"
    ANSWER_STYLE_CASES = "quality.style_cases.answer"
    REPORT_BOOKS = "quality.book_reports.report"
    RUN_BOOK_CAMPAIGNS = "quality.book_reports.run"
    READ_SUPPORT = "quality.support.read"
    ORGANISE_SUPPORT = "quality.support.organise"
    RELEASE_SUPPORT = "quality.support.release"
    RECORD_SUPPORT = "quality.support.record"
    READ_EQUIPMENT = "quality.equipment.read"
    KEEP_EQUIPMENT = "quality.equipment.keep"
    PUBLISH_EQUIPMENT_LISTS = "quality.equipment.publish_list"
    KEEP_EQUIPMENT_PLANS = "quality.equipment.plan"
    APPROVE_EQUIPMENT = "quality.equipment.approve"
    READ_PRACTICE = "quality.practice.read"
    SUBMIT_PRACTICE = "quality.practice.submit"
    ACCEPT_PRACTICE = "quality.practice.accept"
    READ_EVENTS = "events.read"
    VERIFY_EVENTS = "events.verify"
    READ_JOBS = "jobs.read"
    CANCEL_JOBS = "jobs.cancel"
    READ_CODES = "codes.read"


READERS = OFFICERS | KINDERGARTEN | MACHINES
EVERYONE = frozenset(Role)
OFFICE = frozenset({Role.QUALITY_OFFICER})
LEADERS = frozenset({Role.LEADER})
PRINCIPALS = frozenset({Role.PRINCIPAL})

ROLES = may(
    {
        May.READ_KINDERGARTENS: READERS,
        May.READ_FRAMEWORKS: EVERYONE,
        May.WRITE_FRAMEWORKS: OFFICE,
        May.READ_EVIDENCE: OFFICERS | KINDERGARTEN,
        May.COLLECT_EVIDENCE: OFFICE | PRINCIPALS | {Role.CLERK, Role.TEACHER, Role.INSPECTOR},
        May.READ_INSPECTIONS: READERS,
        May.OPEN_INSPECTIONS: OFFICE,
        May.SUBMIT_INSPECTIONS: PRINCIPALS,
        May.ASSESS_INSPECTIONS: OFFICE,
        May.DECIDE_INSPECTIONS: OFFICE | LEADERS,
        May.DECIDE_INSPECTION_APPEALS: LEADERS,
        # The permission alone shows no case: only those named on it see it.
        May.REPORT_ETHICS: EVERYONE,
        May.READ_ETHICS: OFFICE | LEADERS | {Role.INSPECTOR, Role.POLICE, Role.AUDITOR, Role.PRINCIPAL},
        May.HANDLE_ETHICS: OFFICE | {Role.INSPECTOR},
        May.DECIDE_ETHICS: OFFICE | LEADERS,
        May.DECIDE_SEVERE_ETHICS: LEADERS,
        May.APPOINT_ETHICS_HANDLERS: LEADERS,
        May.READ_ETHICS_COVERAGE: OFFICERS | PRINCIPALS,
        May.KEEP_ETHICS_RECORDS: PRINCIPALS | {Role.CLERK},
        May.ASK_EMPLOYMENT_BARS: PRINCIPALS | {Role.CLERK, Role.REGISTRAR, Role.SERVICE},
        May.READ_EVALUATIONS: READERS,
        May.ORGANISE_EVALUATIONS: OFFICE,
        May.EVALUATE: OFFICE | {Role.INSPECTOR},
        May.ANSWER_EVALUATIONS: PRINCIPALS,
        May.PUBLISH_EVALUATIONS: OFFICE | LEADERS,
        May.DECIDE_EVALUATION_APPEALS: LEADERS,
        May.READ_PLATES: EVERYONE,
        May.ASSIGN_INSPECTORS: OFFICE,
        May.READ_VISITS: OFFICERS | PRINCIPALS | MACHINES,
        May.VISIT: frozenset({Role.INSPECTOR}),
        May.ANSWER_ISSUES: PRINCIPALS,
        May.READ_RESEARCH: READERS,
        May.ORGANISE_RESEARCH: OFFICE,
        May.RECORD_RESEARCH: OFFICE | PRINCIPALS | {Role.INSPECTOR, Role.CLERK},
        May.ASK_RESEARCHERS: OFFICE | PRINCIPALS | {Role.TEACHER, Role.INSPECTOR},
        May.ANSWER_TEACHERS: OFFICE | {Role.INSPECTOR},
        May.READ_DAILY_LIFE: READERS,
        May.FILE_DAILY_LIFE: PRINCIPALS | {Role.CLERK},
        May.CHECK_DAILY_LIFE: OFFICE | {Role.INSPECTOR},
        May.READ_BOOKS: READERS,
        May.KEEP_BOOKS: PRINCIPALS | {Role.CLERK, Role.TEACHER},
        May.REVIEW_BOOKS: OFFICE | PRINCIPALS | {Role.TEACHER},
        May.REMOVE_BOOKS: OFFICE | PRINCIPALS,
        May.READ_RULES: EVERYONE,
        May.READ_TRAINING: READERS,
        May.OFFER_TRAINING: OFFICE | PRINCIPALS,
        May.ENROL_TRAINING: OFFICE | PRINCIPALS | {Role.CLERK},
        May.KEEP_TALENTS: OFFICE,
        May.KEEP_STUDIOS: OFFICE | PRINCIPALS,
        May.REVIEW_STUDIOS: OFFICE,
        May.READ_UNIVERSALITY: OFFICERS | MACHINES,
        May.KEEP_UNIVERSALITY: OFFICE | {Role.PLANNER},
        May.CONFIRM_UNIVERSALITY: LEADERS,
        May.READ_OVERVIEW: OFFICERS | MACHINES,
        May.CHECK_CERTIFICATES: EVERYONE,
        May.READ_COMMENDATIONS: READERS,
        May.NOMINATE: OFFICE | PRINCIPALS | {Role.TOWN_OFFICER},
        May.PUBLICISE_COMMENDATIONS: OFFICE,
        May.AWARD_COMMENDATIONS: LEADERS,
        May.READ_TRANSITION: READERS,
        May.ORGANISE_TRANSITION: OFFICE,
        May.KEEP_TRANSITION: OFFICE | PRINCIPALS | {Role.CLERK},
        May.PLAN_TRANSITION: PRINCIPALS | {Role.TEACHER},
        May.REVIEW_TRANSITION: OFFICE | {Role.INSPECTOR},
        # Of a child: those who teach it, and those who watch over the data. What was written is opened apart.
        May.READ_HANDOVERS: OFFICE | PRINCIPALS | {Role.TEACHER, Role.AUDITOR, Role.DATA_PROTECTION},
        May.KEEP_HANDOVERS: PRINCIPALS | {Role.TEACHER},
        May.READ_FAMILIES: READERS,
        May.KEEP_FAMILIES: PRINCIPALS | {Role.CLERK, Role.TEACHER},
        May.OFFER_PARENT_COURSES: OFFICE | PRINCIPALS,
        May.FORM_COMMITTEES: PRINCIPALS | {Role.CLERK},
        May.FILE_CLASS_PLANS: PRINCIPALS | {Role.CLERK, Role.TEACHER},
        May.ORDER_DAILY_LIFE: OFFICE,
        May.DRAFT_NORMS: OFFICE,
        May.PUBLISH_NORMS: OFFICE | LEADERS,
        May.READ_STYLE_CASES: OFFICERS | PRINCIPALS,
        May.RECEIVE_STYLE_COMPLAINTS: OFFICE | LEADERS | {Role.INSPECTOR, Role.TOWN_OFFICER},
        May.ANSWER_STYLE_CASES: PRINCIPALS,
        May.REPORT_BOOKS: PRINCIPALS | {Role.CLERK},
        May.RUN_BOOK_CAMPAIGNS: OFFICE,
        May.READ_SUPPORT: OFFICERS | PRINCIPALS,
        May.ORGANISE_SUPPORT: OFFICE,
        May.RELEASE_SUPPORT: OFFICE | LEADERS,
        May.RECORD_SUPPORT: OFFICE | PRINCIPALS | {Role.CLERK},
        May.READ_EQUIPMENT: READERS,
        May.KEEP_EQUIPMENT: PRINCIPALS | {Role.CLERK, Role.TEACHER},
        May.PUBLISH_EQUIPMENT_LISTS: OFFICE,
        May.KEEP_EQUIPMENT_PLANS: PRINCIPALS | {Role.CLERK},
        May.APPROVE_EQUIPMENT: OFFICE,
        May.READ_PRACTICE: READERS,
        May.SUBMIT_PRACTICE: PRINCIPALS | {Role.TEACHER, Role.CLERK},
        May.ACCEPT_PRACTICE: OFFICE,
        May.READ_EVENTS: READERS,
        May.VERIFY_EVENTS: frozenset({Role.AUDITOR, Role.DATA_PROTECTION}),
        May.READ_JOBS: READERS,
        May.CANCEL_JOBS: PRINCIPALS,
        May.READ_CODES: EVERYONE,
    }
)
