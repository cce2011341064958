"""What a caller of the safety service can be allowed to do, and which roles are."""

from enum import StrEnum

from shared.contracts.roles import KINDERGARTEN, MACHINES, OFFICERS, Role, may


class May(StrEnum):
    """Permissions of the safety service."""

    READ_KINDERGARTENS = "safety.kindergartens.read"
    READ_FILES = "safety.files.read"
    UPLOAD_FILES = "safety.files.upload"
    READ_TIMERS = "safety.timers.read"
    READ_HAZARDS = "safety.hazards.read"
    REPORT_HAZARDS = "safety.hazards.report"
    RAISE_FINDINGS = "safety.findings.raise"
    GRADE_HAZARDS = "safety.hazards.grade"
    DISMISS_HAZARDS = "safety.hazards.dismiss"
    ASSIGN_HAZARDS = "safety.hazards.assign"
    ASK_EXTENSIONS = "safety.extensions.ask"
    DECIDE_EXTENSIONS = "safety.extensions.decide"
    LIST_HAZARDS = "safety.hazards.list"
    PLAN_RECTIFICATIONS = "safety.hazards.plan"
    RECTIFY_HAZARDS = "safety.hazards.rectify"
    VERIFY_HAZARDS = "safety.hazards.verify"
    REMOVE_HAZARDS = "safety.hazards.remove"
    REOPEN_HAZARDS = "safety.hazards.reopen"
    READ_CHECKLISTS = "safety.checklists.read"
    WRITE_CHECKLISTS = "safety.checklists.write"
    READ_CHECKS = "safety.checks.read"
    MAKE_CHECKS = "safety.checks.make"
    READ_INSPECTIONS = "safety.inspections.read"
    PLAN_INSPECTIONS = "safety.inspections.plan"
    DRAW_INSPECTIONS = "safety.inspections.draw"
    MAKE_INSPECTIONS = "safety.inspections.make"
    SIGN_INSPECTIONS = "safety.inspections.sign"
    SHARE_INSPECTIONS = "safety.inspections.share"
    READ_SITES = "safety.sites.read"
    REPORT_SITES = "safety.sites.report"
    VERIFY_SITES = "safety.sites.verify"
    DISPOSE_SITES = "safety.sites.dispose"
    CLOSE_SITES = "safety.sites.close"
    READ_PENALTIES = "safety.penalties.read"
    WORK_PENALTIES = "safety.penalties.work"
    ANSWER_PENALTIES = "safety.penalties.answer"
    DECIDE_PENALTIES = "safety.penalties.decide"
    READ_PROTECTIONS = "safety.protections.read"
    WRITE_PROTECTIONS = "safety.protections.write"
    TELL_DEVICES = "safety.devices.tell"
    READ_RULES = "safety.rules.read"
    READ_VIDEO = "safety.video.read"
    REQUEST_VIDEO = "safety.video.request"
    APPROVE_VIDEO = "safety.video.approve"
    OPERATE_VIDEO = "safety.video.operate"
    READ_INCIDENTS = "safety.incidents.read"
    WRITE_INCIDENTS = "safety.incidents.write"
    CLOSE_INCIDENTS = "safety.incidents.close"
    READ_ROUTINES = "safety.routines.read"
    WRITE_ROUTINES = "safety.routines.write"
    READ_DISPUTES = "safety.disputes.read"
    WORK_DISPUTES = "safety.disputes.work"
    VISIT_DISPUTES = "safety.disputes.visit"
    READ_DUTIES = "safety.duties.read"
    PLAN_DUTIES = "safety.duties.plan"
    CHECK_IN = "safety.duties.check_in"
    READ_REFERRALS = "safety.referrals.read"
    WORK_REFERRALS = "safety.referrals.work"
    ANSWER_REFERRALS = "safety.referrals.answer"
    READ_RISKS = "safety.risks.read"
    IMPORT_INSPECTIONS = "safety.inspections.import"
    READ_EVENTS = "events.read"
    VERIFY_EVENTS = "events.verify"
    READ_JOBS = "jobs.read"
    CANCEL_JOBS = "jobs.cancel"
    READ_CODES = "codes.read"


READERS = OFFICERS | KINDERGARTEN | MACHINES
EVERYONE = frozenset(Role)
OFFICE = frozenset({Role.SAFETY_OFFICER, Role.TOWN_OFFICER})
FIELD = OFFICE | {Role.INSPECTOR}
STAFF = frozenset({Role.PRINCIPAL, Role.CLERK, Role.TEACHER})
MANAGEMENT = frozenset({Role.PRINCIPAL, Role.CLERK})

ROLES = may(
    {
        May.READ_KINDERGARTENS: READERS | {Role.POLICE},
        May.READ_FILES: READERS | {Role.POLICE},
        May.UPLOAD_FILES: FIELD | STAFF | {Role.POLICE, Role.QUALITY_OFFICER, Role.INTEGRATION, Role.SERVICE},
        May.READ_TIMERS: READERS | {Role.POLICE},
        May.READ_HAZARDS: READERS | {Role.POLICE},
        May.REPORT_HAZARDS: FIELD | STAFF | {Role.POLICE, Role.QUALITY_OFFICER},
        May.RAISE_FINDINGS: MACHINES,
        May.GRADE_HAZARDS: FIELD,
        May.DISMISS_HAZARDS: frozenset({Role.SAFETY_OFFICER, Role.INSPECTOR}),
        May.ASSIGN_HAZARDS: OFFICE | {Role.PRINCIPAL},
        May.ASK_EXTENSIONS: MANAGEMENT,
        May.DECIDE_EXTENSIONS: OFFICE,
        May.LIST_HAZARDS: frozenset({Role.SAFETY_OFFICER, Role.LEADER}),
        May.PLAN_RECTIFICATIONS: MANAGEMENT,
        May.RECTIFY_HAZARDS: STAFF,
        May.VERIFY_HAZARDS: FIELD,
        May.REMOVE_HAZARDS: frozenset({Role.SAFETY_OFFICER, Role.LEADER}),
        May.REOPEN_HAZARDS: frozenset({Role.SAFETY_OFFICER, Role.INSPECTOR}),
        May.READ_CHECKLISTS: READERS | {Role.POLICE},
        May.WRITE_CHECKLISTS: frozenset({Role.SAFETY_OFFICER}),
        May.READ_CHECKS: READERS,
        May.MAKE_CHECKS: STAFF | {Role.INTEGRATION},
        May.READ_INSPECTIONS: READERS | {Role.POLICE},
        May.PLAN_INSPECTIONS: OFFICE,
        May.DRAW_INSPECTIONS: frozenset({Role.SAFETY_OFFICER, Role.AUDITOR, Role.LEADER}),
        May.MAKE_INSPECTIONS: FIELD,
        May.SIGN_INSPECTIONS: frozenset({Role.PRINCIPAL}),
        May.SHARE_INSPECTIONS: OFFICE,
        May.READ_SITES: OFFICERS | {Role.POLICE, Role.INTEGRATION},
        May.REPORT_SITES: FIELD | {Role.POLICE, Role.INTEGRATION},
        May.VERIFY_SITES: FIELD,
        May.DISPOSE_SITES: frozenset({Role.SAFETY_OFFICER}),
        May.CLOSE_SITES: frozenset({Role.SAFETY_OFFICER, Role.LEADER}),
        May.READ_PENALTIES: OFFICERS | {Role.PRINCIPAL, Role.INTEGRATION},
        May.WORK_PENALTIES: frozenset({Role.SAFETY_OFFICER}),
        May.ANSWER_PENALTIES: frozenset({Role.PRINCIPAL, Role.SAFETY_OFFICER}),
        May.DECIDE_PENALTIES: frozenset({Role.LEADER, Role.SAFETY_OFFICER}),
        May.READ_PROTECTIONS: READERS | {Role.POLICE},
        May.WRITE_PROTECTIONS: MANAGEMENT | {Role.SAFETY_OFFICER},
        May.TELL_DEVICES: frozenset({Role.INTEGRATION}),
        May.READ_RULES: EVERYONE,
        May.READ_VIDEO: MANAGEMENT | {Role.SAFETY_OFFICER, Role.POLICE, Role.AUDITOR, Role.DATA_PROTECTION},
        May.REQUEST_VIDEO: MANAGEMENT | {Role.POLICE, Role.SAFETY_OFFICER, Role.TEACHER},
        May.APPROVE_VIDEO: frozenset({Role.PRINCIPAL}),
        May.OPERATE_VIDEO: MANAGEMENT,
        May.READ_INCIDENTS: OFFICERS | STAFF | {Role.POLICE},
        May.WRITE_INCIDENTS: STAFF | OFFICE,
        May.CLOSE_INCIDENTS: OFFICE,
        May.READ_ROUTINES: READERS,
        May.WRITE_ROUTINES: STAFF | {Role.INTEGRATION},
        May.READ_DISPUTES: OFFICE | MANAGEMENT | {Role.LEADER, Role.AUDITOR, Role.QUALITY_OFFICER, Role.INSPECTOR},
        May.WORK_DISPUTES: MANAGEMENT | OFFICE,
        May.VISIT_DISPUTES: OFFICE | {Role.PRINCIPAL},
        May.READ_DUTIES: READERS | {Role.POLICE},
        May.PLAN_DUTIES: MANAGEMENT | OFFICE | {Role.POLICE},
        May.CHECK_IN: STAFF | {Role.POLICE},
        May.READ_REFERRALS: OFFICERS | {Role.POLICE, Role.INTEGRATION},
        May.WORK_REFERRALS: OFFICE | {Role.LEADER},
        May.ANSWER_REFERRALS: OFFICE | {Role.POLICE, Role.INTEGRATION},
        May.READ_RISKS: OFFICERS | {Role.PRINCIPAL, Role.POLICE, Role.SERVICE},
        May.IMPORT_INSPECTIONS: frozenset({Role.SAFETY_OFFICER, Role.INTEGRATION}),
        May.READ_EVENTS: READERS,
        May.VERIFY_EVENTS: frozenset({Role.AUDITOR, Role.DATA_PROTECTION}),
        May.READ_JOBS: READERS,
        May.CANCEL_JOBS: frozenset({Role.PRINCIPAL}),
        May.READ_CODES: EVERYONE,
    }
)
