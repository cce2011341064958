"""What a caller of the registry can be allowed to do, and which roles are."""

from enum import StrEnum

from shared.contracts.roles import KINDERGARTEN, MACHINES, OFFICERS, Role, may


class May(StrEnum):
    """Permissions of the registry."""

    READ_DIVISIONS = "registry.divisions.read"
    READ_KINDERGARTENS = "registry.kindergartens.read"
    WRITE_KINDERGARTENS = "registry.kindergartens.write"
    READ_STANDING = "registry.standing.read"
    READ_CLASSES = "registry.classes.read"
    WRITE_CLASSES = "registry.classes.write"
    READ_CHILDREN = "registry.children.read"
    WRITE_CHILDREN = "registry.children.write"
    IDENTIFY_CHILDREN = "registry.children.identify"
    READ_ENROLMENTS = "registry.enrolments.read"
    WRITE_ENROLMENTS = "registry.enrolments.write"
    READ_ATTENDANCE = "registry.attendance.read"
    WRITE_ATTENDANCE = "registry.attendance.write"
    READ_STAFF_ATTENDANCE = "registry.staff_attendance.read"
    WRITE_STAFF_ATTENDANCE = "registry.staff_attendance.write"
    READ_HEADCOUNTS = "registry.headcounts.read"
    PREPARE_HEADCOUNT = "registry.headcounts.prepare"
    CERTIFY_HEADCOUNT = "registry.headcounts.certify"
    ROLL_OVER = "registry.enrolments.roll_over"
    READ_RECOGNITIONS = "registry.recognitions.read"
    APPLY_FOR_RECOGNITION = "registry.recognitions.apply"
    REVIEW_RECOGNITIONS = "registry.recognitions.review"
    DECIDE_RECOGNITIONS = "registry.recognitions.decide"
    READ_LICENCES = "registry.licences.read"
    APPLY_FOR_LICENCE = "registry.licences.apply"
    REVIEW_LICENCES = "registry.licences.review"
    DECIDE_LICENCES = "registry.licences.decide"
    READ_NURSERY = "registry.nursery.read"
    APPLY_FOR_NURSERY = "registry.nursery.apply"
    REVIEW_NURSERY = "registry.nursery.review"
    DECIDE_NURSERY = "registry.nursery.decide"
    READ_FILINGS = "registry.filings.read"
    PROPOSE_FILINGS = "registry.filings.propose"
    ANSWER_FILINGS = "registry.filings.answer"
    PUBLISH_RECORDS = "registry.records.publish"
    READ_PREMISES = "registry.premises.read"
    WRITE_PREMISES = "registry.premises.write"
    WRITE_OVERSIZE_PLANS = "registry.oversize_plans.write"
    REVIEW_OVERSIZE_PLANS = "registry.oversize_plans.review"
    READ_FOUNDERS = "registry.founders.read"
    WRITE_FOUNDERS = "registry.founders.write"
    READ_RELATIONS = "registry.relation_agreements.read"
    PROPOSE_RELATIONS = "registry.relation_agreements.propose"
    DECIDE_RELATIONS = "registry.relation_agreements.decide"
    READ_CREDIT = "registry.credit_entries.read"
    WRITE_CREDIT = "registry.credit_entries.write"
    READ_CONSTRUCTION = "registry.construction.read"
    WRITE_CONSTRUCTION = "registry.construction.write"
    REPORT_CONSTRUCTION = "registry.construction.report"
    READ_ADMISSION_ROUNDS = "registry.admission_rounds.read"
    RUN_ADMISSION_ROUNDS = "registry.admission_rounds.run"
    READ_APPLICATIONS = "registry.admission_applications.read"
    WRITE_APPLICATIONS = "registry.admission_applications.write"
    CHECK_DECLARATIONS = "registry.admission_declarations.check"
    READ_PLACES = "registry.admission_places.read"
    ACCEPT_PLACES = "registry.admission_places.accept"
    DECLINE_PLACES = "registry.admission_places.decline"
    FOLLOW_UP_CHILDREN = "registry.children.follow_up"
    READ_IMPORTS = "registry.imports.read"
    RUN_IMPORTS = "registry.imports.run"
    READ_NETWORK = "registry.network.read"
    WRITE_NETWORK = "registry.network.write"
    CONFIRM_BIRTHS = "registry.births.confirm"
    READ_PLAN = "registry.plan.read"
    WRITE_PLAN = "registry.plan.write"
    ADOPT_PLAN = "registry.plan.adopt"
    REPORT_PLAN_TASKS = "registry.plan_tasks.report"
    ACCEPT_PLAN_TASKS = "registry.plan_tasks.accept"
    READ_INDICATORS = "registry.indicators.read"
    FREEZE_INDICATORS = "registry.indicators.freeze"
    READ_STAFF = "registry.staff.read"
    WRITE_STAFF = "registry.staff.write"
    READ_BACKGROUND_CHECKS = "registry.background_checks.read"
    READ_BARS = "registry.bars.read"
    WRITE_BARS = "registry.bars.write"
    READ_STAFFING = "registry.staffing.read"
    WRITE_STAFF_QUOTAS = "registry.staff_quotas.write"
    READ_DATA_QUALITY = "registry.data_quality.read"
    JUDGE_DATA_QUALITY = "registry.data_quality.judge"
    READ_RULES = "registry.rules.read"
    READ_HISTORY = "registry.history.read"
    READ_ACCESS_LOG = "registry.access_log.read"
    ROTATE_KEYS = "registry.keys.rotate"
    READ_EVENTS = "events.read"
    VERIFY_EVENTS = "events.verify"
    READ_JOBS = "jobs.read"
    CANCEL_JOBS = "jobs.cancel"
    READ_CODES = "codes.read"


EVERYONE = frozenset(Role)
RECORDS = frozenset({Role.REGISTRAR, Role.PRINCIPAL, Role.CLERK})  # who keeps a kindergarten's own records
# Where families apply for a place: the district, their town, or the portal that speaks for them.
COUNTER = frozenset({Role.REGISTRAR, Role.TOWN_OFFICER, Role.INTEGRATION})
READERS = OFFICERS | KINDERGARTEN | MACHINES

ROLES = may(
    {
        May.READ_DIVISIONS: EVERYONE,
        May.READ_KINDERGARTENS: READERS | {Role.POLICE},
        May.WRITE_KINDERGARTENS: frozenset({Role.REGISTRAR}),
        # What weighs on a kindergarten is for who answers for it or watches over it.
        May.READ_STANDING: OFFICERS | {Role.PRINCIPAL, Role.ACCOUNTANT} | MACHINES,
        May.READ_CLASSES: READERS,
        May.WRITE_CLASSES: RECORDS,
        May.READ_CHILDREN: frozenset({Role.REGISTRAR, Role.TOWN_OFFICER, Role.PRINCIPAL, Role.CLERK, Role.TEACHER})
        | {Role.DATA_PROTECTION, Role.INTEGRATION},
        May.WRITE_CHILDREN: RECORDS,
        May.IDENTIFY_CHILDREN: frozenset({Role.REGISTRAR, Role.PRINCIPAL, Role.DATA_PROTECTION}),
        May.READ_ENROLMENTS: READERS,
        May.WRITE_ENROLMENTS: RECORDS,
        # Whose child was ill is nobody's business but those who look after it.
        May.READ_ATTENDANCE: RECORDS | {Role.TEACHER, Role.AUDITOR} | MACHINES,
        May.WRITE_ATTENDANCE: RECORDS | {Role.TEACHER},
        # Whose colleague was ill is known to who keeps the records, not to the colleagues.
        May.READ_STAFF_ATTENDANCE: RECORDS | {Role.AUDITOR} | MACHINES,
        May.WRITE_STAFF_ATTENDANCE: RECORDS,
        May.READ_HEADCOUNTS: READERS,
        May.PREPARE_HEADCOUNT: frozenset({Role.CLERK, Role.REGISTRAR}),
        May.CERTIFY_HEADCOUNT: frozenset({Role.PRINCIPAL}),
        May.ROLL_OVER: frozenset({Role.REGISTRAR, Role.PRINCIPAL}),
        May.READ_RECOGNITIONS: READERS,
        May.APPLY_FOR_RECOGNITION: frozenset({Role.PRINCIPAL, Role.REGISTRAR}),
        # One registrar reviews, another decides: the case itself refuses the same person.
        May.REVIEW_RECOGNITIONS: frozenset({Role.REGISTRAR}),
        May.DECIDE_RECOGNITIONS: frozenset({Role.REGISTRAR}),
        May.READ_LICENCES: READERS,
        May.APPLY_FOR_LICENCE: frozenset({Role.PRINCIPAL, Role.REGISTRAR}),
        May.REVIEW_LICENCES: frozenset({Role.REGISTRAR}),
        May.DECIDE_LICENCES: frozenset({Role.REGISTRAR}),
        May.READ_NURSERY: READERS,
        May.APPLY_FOR_NURSERY: frozenset({Role.PRINCIPAL, Role.REGISTRAR}),
        # Town and registrar examine, a registrar files: the case itself refuses the same person.
        May.REVIEW_NURSERY: frozenset({Role.REGISTRAR, Role.TOWN_OFFICER}),
        May.DECIDE_NURSERY: frozenset({Role.REGISTRAR}),
        May.READ_FILINGS: READERS,
        # The kindergarten files, or a registrar for it on paper; another registrar answers.
        May.PROPOSE_FILINGS: RECORDS,
        May.ANSWER_FILINGS: frozenset({Role.REGISTRAR}),
        May.PUBLISH_RECORDS: frozenset({Role.REGISTRAR}),
        May.READ_PREMISES: READERS,
        May.WRITE_PREMISES: RECORDS,
        May.WRITE_OVERSIZE_PLANS: RECORDS,
        May.REVIEW_OVERSIZE_PLANS: frozenset({Role.REGISTRAR, Role.TOWN_OFFICER}),
        May.READ_FOUNDERS: OFFICERS | {Role.PRINCIPAL, Role.ACCOUNTANT} | MACHINES,
        May.WRITE_FOUNDERS: frozenset({Role.REGISTRAR}),
        May.READ_RELATIONS: READERS,
        May.PROPOSE_RELATIONS: frozenset({Role.PRINCIPAL, Role.REGISTRAR}),
        May.DECIDE_RELATIONS: frozenset({Role.REGISTRAR}),
        May.READ_CREDIT: OFFICERS | {Role.PRINCIPAL, Role.ACCOUNTANT} | MACHINES,
        May.WRITE_CREDIT: frozenset({Role.REGISTRAR, Role.QUALITY_OFFICER, Role.SAFETY_OFFICER}),
        May.READ_CONSTRUCTION: OFFICERS | MACHINES,
        May.WRITE_CONSTRUCTION: frozenset({Role.PLANNER, Role.REGISTRAR}),
        May.REPORT_CONSTRUCTION: frozenset({Role.PLANNER, Role.REGISTRAR, Role.TOWN_OFFICER}),
        May.READ_ADMISSION_ROUNDS: READERS,
        May.RUN_ADMISSION_ROUNDS: frozenset({Role.REGISTRAR}),
        # No kindergarten sees who wished for what: only whom it was given, once the places are allocated.
        May.READ_APPLICATIONS: COUNTER | {Role.DATA_PROTECTION},
        May.WRITE_APPLICATIONS: COUNTER,
        May.CHECK_DECLARATIONS: frozenset({Role.REGISTRAR, Role.TOWN_OFFICER}),
        May.READ_PLACES: COUNTER | RECORDS | {Role.DATA_PROTECTION},
        May.ACCEPT_PLACES: RECORDS,
        May.DECLINE_PLACES: COUNTER | RECORDS,
        May.FOLLOW_UP_CHILDREN: frozenset({Role.REGISTRAR, Role.TOWN_OFFICER}),
        May.READ_IMPORTS: RECORDS | {Role.AUDITOR},
        May.RUN_IMPORTS: RECORDS,
        May.READ_NETWORK: OFFICERS | MACHINES,
        May.WRITE_NETWORK: frozenset({Role.PLANNER, Role.REGISTRAR}),
        May.CONFIRM_BIRTHS: frozenset({Role.TOWN_OFFICER}),
        May.READ_PLAN: READERS | {Role.POLICE},
        May.WRITE_PLAN: frozenset({Role.PLANNER}),
        # One planner loads the next plan, another or the leader puts it in force; likewise with a task that is done.
        May.ADOPT_PLAN: frozenset({Role.PLANNER, Role.LEADER}),
        May.REPORT_PLAN_TASKS: frozenset({Role.PLANNER, Role.REGISTRAR, Role.SAFETY_OFFICER, Role.QUALITY_OFFICER})
        | {Role.FINANCE_PREPARER, Role.FINANCE_APPROVER, Role.TOWN_OFFICER, Role.POLICE},
        May.ACCEPT_PLAN_TASKS: frozenset({Role.PLANNER, Role.LEADER}),
        May.READ_INDICATORS: READERS,
        May.FREEZE_INDICATORS: frozenset({Role.PLANNER, Role.REGISTRAR}),
        May.READ_STAFF: RECORDS
        | {Role.TOWN_OFFICER, Role.QUALITY_OFFICER, Role.SAFETY_OFFICER, Role.INSPECTOR, Role.DATA_PROTECTION}
        | {Role.INTEGRATION},
        May.WRITE_STAFF: RECORDS,
        May.READ_BACKGROUND_CHECKS: frozenset({Role.REGISTRAR, Role.PRINCIPAL}),
        # Who is barred, and why, is known to who keeps the list and to the police; a hiring learns yes or no.
        May.READ_BARS: frozenset({Role.REGISTRAR, Role.POLICE}),
        May.WRITE_BARS: frozenset({Role.REGISTRAR}),
        May.READ_STAFFING: READERS,
        May.WRITE_STAFF_QUOTAS: frozenset({Role.REGISTRAR}),
        May.READ_DATA_QUALITY: OFFICERS | KINDERGARTEN | {Role.INTEGRATION},
        May.JUDGE_DATA_QUALITY: frozenset({Role.REGISTRAR}),
        May.READ_RULES: EVERYONE,
        May.READ_HISTORY: OFFICERS | {Role.PRINCIPAL},
        May.READ_ACCESS_LOG: frozenset({Role.DATA_PROTECTION, Role.AUDITOR}),
        May.ROTATE_KEYS: frozenset({Role.DATA_PROTECTION}),
        May.READ_EVENTS: READERS,
        May.VERIFY_EVENTS: frozenset({Role.AUDITOR, Role.DATA_PROTECTION}),
        May.READ_JOBS: READERS,
        May.CANCEL_JOBS: RECORDS,
        May.READ_CODES: EVERYONE,
    }
)
