"""What a caller of the finance service can be allowed to do, and which roles are.

Nobody both prepares and decides: of each pair of permissions below no role holds both, and the database refuses the
same person for the second step whatever roles they hold.
"""

from enum import StrEnum
from typing import Final

from shared.contracts.roles import KINDERGARTEN, MACHINES, OFFICERS, Role, may


class May(StrEnum):
    """Permissions of the finance service."""

    READ_KINDERGARTENS = "finance.kindergartens.read"
    READ_ACCOUNT_TITLES = "finance.account_titles.read"
    READ_BOOKS = "finance.books.read"
    OPEN_BOOKS = "finance.books.open"
    POST_ENTRIES = "finance.entries.post"
    PROPOSE_PERIODS = "finance.periods.propose"
    DECIDE_PERIODS = "finance.periods.decide"
    READ_PARAMETERS = "finance.parameters.read"
    PROPOSE_PARAMETERS = "finance.parameters.propose"
    DECIDE_PARAMETERS = "finance.parameters.decide"
    READ_FEE_ITEMS = "finance.fee_items.read"
    READ_FEE_NOTICES = "finance.fee_notices.read"
    FILE_FEE_ITEMS = "finance.fee_items.file"
    ACCEPT_FEE_ITEMS = "finance.fee_items.accept"
    PUBLISH_FEE_ITEMS = "finance.fee_items.publish"
    READ_CHARGES = "finance.charges.read"
    MAKE_CHARGES = "finance.charges.make"
    DECIDE_ADJUSTMENTS = "finance.adjustments.decide"
    READ_AIDS = "finance.aids.read"
    READ_AID_COVERAGE = "finance.aids.count"
    APPLY_FOR_AID = "finance.aids.apply"
    CHECK_AID = "finance.aids.check"
    DECIDE_AID = "finance.aids.decide"
    IMPORT_STATEMENTS = "finance.bank_statements.import"
    READ_ALERTS = "finance.account_alerts.read"
    ENTER_RELATED_PARTIES = "finance.related_parties.enter"
    DECIDE_ALERTS = "finance.account_alerts.decide"
    RUN_CHECKS = "finance.checks.run"
    READ_PAYROLL_SHEETS = "finance.payroll_sheets.read"
    READ_PAY = "finance.pay.read"
    READ_PAY_AVERAGES = "finance.pay_averages.read"
    FILE_PAYROLL = "finance.payroll.file"
    ACCEPT_PAYROLL = "finance.payroll.accept"
    REPORT_CONTRIBUTIONS = "finance.contributions.report"
    READ_CONTRIBUTIONS = "finance.contributions.read"
    READ_SERVICE_CONTRACTS = "finance.service_contracts.read"
    READ_YEARLY_REPORTS = "finance.yearly_reports.read"
    FILE_YEARLY_REPORTS = "finance.yearly_reports.file"
    ACCEPT_YEARLY_REPORTS = "finance.yearly_reports.accept"
    READ_MEAL_ACCOUNTS = "finance.meal_accounts.read"
    KEEP_MEAL_ACCOUNTS = "finance.meal_accounts.keep"
    READ_BUDGETS = "finance.budgets.read"
    PROPOSE_BUDGETS = "finance.budgets.propose"
    DECIDE_BUDGETS = "finance.budgets.decide"
    READ_SCENARIOS = "finance.scenarios.read"
    PROPOSE_SCENARIOS = "finance.scenarios.propose"
    DECIDE_SCENARIOS = "finance.scenarios.decide"
    READ_PROGRAMMES = "finance.programmes.read"
    READ_BANK_ACCOUNTS = "finance.bank_accounts.read"
    FILE_BANK_ACCOUNTS = "finance.bank_accounts.file"
    ACCEPT_BANK_ACCOUNTS = "finance.bank_accounts.accept"
    READ_SUBSIDIES = "finance.subsidies.read"
    READ_SUBSIDY_RUNS = "finance.subsidy_runs.read"
    PREPARE_SUBSIDIES = "finance.subsidies.prepare"
    APPROVE_SUBSIDIES = "finance.subsidies.approve"
    PAY_SUBSIDIES = "finance.subsidies.pay"
    RECEIVE_SUBSIDIES = "finance.subsidies.receive"
    REPORT_SUBSIDY_USES = "finance.subsidy_uses.report"
    CHECK_SUBSIDY_USES = "finance.subsidy_uses.check"
    READ_EVENTS = "events.read"
    VERIFY_EVENTS = "events.verify"
    READ_JOBS = "jobs.read"
    CANCEL_JOBS = "jobs.cancel"
    READ_CODES = "codes.read"


# The first step and the second, which no role and no person takes both.
SEPARATE: Final = (
    (May.PROPOSE_PERIODS, May.DECIDE_PERIODS),
    (May.PROPOSE_PARAMETERS, May.DECIDE_PARAMETERS),
    (May.FILE_FEE_ITEMS, May.ACCEPT_FEE_ITEMS),
    (May.ACCEPT_FEE_ITEMS, May.PUBLISH_FEE_ITEMS),
    (May.MAKE_CHARGES, May.DECIDE_ADJUSTMENTS),
    (May.APPLY_FOR_AID, May.CHECK_AID),
    (May.CHECK_AID, May.DECIDE_AID),
    (May.ENTER_RELATED_PARTIES, May.DECIDE_ALERTS),
    (May.IMPORT_STATEMENTS, May.DECIDE_ALERTS),
    (May.FILE_PAYROLL, May.ACCEPT_PAYROLL),
    (May.FILE_YEARLY_REPORTS, May.ACCEPT_YEARLY_REPORTS),
    (May.RUN_CHECKS, May.DECIDE_ALERTS),
    (May.PROPOSE_BUDGETS, May.DECIDE_BUDGETS),
    (May.PROPOSE_SCENARIOS, May.DECIDE_SCENARIOS),
    (May.REPORT_SUBSIDY_USES, May.CHECK_SUBSIDY_USES),
    (May.FILE_BANK_ACCOUNTS, May.ACCEPT_BANK_ACCOUNTS),
    (May.PREPARE_SUBSIDIES, May.APPROVE_SUBSIDIES),
    (May.APPROVE_SUBSIDIES, May.PAY_SUBSIDIES),
)

READERS = OFFICERS | KINDERGARTEN | MACHINES
BOOK_READERS = frozenset({Role.LEADER, Role.FINANCE_PREPARER, Role.FINANCE_APPROVER, Role.AUDITOR}) | {
    Role.PRINCIPAL,
    Role.ACCOUNTANT,
}
PREPARERS = frozenset({Role.FINANCE_PREPARER})
APPROVERS = frozenset({Role.FINANCE_APPROVER})

ROLES = may(
    {
        May.READ_KINDERGARTENS: READERS,
        May.READ_ACCOUNT_TITLES: READERS,
        May.READ_BOOKS: BOOK_READERS,
        May.OPEN_BOOKS: PREPARERS,
        May.POST_ENTRIES: PREPARERS | {Role.ACCOUNTANT},
        May.PROPOSE_PERIODS: PREPARERS | {Role.ACCOUNTANT},
        May.DECIDE_PERIODS: APPROVERS | {Role.PRINCIPAL},
        May.READ_PARAMETERS: READERS,
        May.PROPOSE_PARAMETERS: PREPARERS,
        May.DECIDE_PARAMETERS: APPROVERS,
        May.READ_FEE_ITEMS: OFFICERS | {Role.PRINCIPAL, Role.ACCOUNTANT, Role.CLERK},
        May.READ_FEE_NOTICES: frozenset(Role),
        May.FILE_FEE_ITEMS: frozenset({Role.PRINCIPAL, Role.ACCOUNTANT}),
        May.ACCEPT_FEE_ITEMS: PREPARERS,
        May.PUBLISH_FEE_ITEMS: APPROVERS,
        May.READ_CHARGES: BOOK_READERS,
        May.MAKE_CHARGES: frozenset({Role.ACCOUNTANT}),
        May.DECIDE_ADJUSTMENTS: frozenset({Role.PRINCIPAL}),
        May.READ_AIDS: frozenset({Role.CLERK, Role.PRINCIPAL, Role.ACCOUNTANT, Role.AUDITOR}) | APPROVERS,
        May.READ_AID_COVERAGE: OFFICERS | {Role.PRINCIPAL},
        May.APPLY_FOR_AID: frozenset({Role.CLERK, Role.ACCOUNTANT}),
        May.CHECK_AID: frozenset({Role.PRINCIPAL}),
        May.DECIDE_AID: APPROVERS,
        May.IMPORT_STATEMENTS: PREPARERS | {Role.ACCOUNTANT},
        May.READ_ALERTS: BOOK_READERS - {Role.PRINCIPAL, Role.ACCOUNTANT},
        May.ENTER_RELATED_PARTIES: PREPARERS,
        May.DECIDE_ALERTS: APPROVERS,
        May.RUN_CHECKS: PREPARERS,
        May.READ_PAYROLL_SHEETS: BOOK_READERS | {Role.TOWN_OFFICER},
        # What somebody earns is read by those who file it, check it or audit the check.
        May.READ_PAY: BOOK_READERS - {Role.LEADER},
        May.READ_PAY_AVERAGES: OFFICERS | {Role.PRINCIPAL},
        May.FILE_PAYROLL: frozenset({Role.PRINCIPAL, Role.ACCOUNTANT}),
        May.ACCEPT_PAYROLL: PREPARERS,
        # Whether, never how much: what the departments in charge exchange with the district (三(四)3-d).
        May.REPORT_CONTRIBUTIONS: frozenset({Role.INTEGRATION}) | PREPARERS,
        May.READ_CONTRIBUTIONS: frozenset({Role.INTEGRATION, Role.AUDITOR}) | PREPARERS | APPROVERS,
        May.READ_SERVICE_CONTRACTS: BOOK_READERS | {Role.TOWN_OFFICER},
        May.READ_YEARLY_REPORTS: BOOK_READERS,
        May.FILE_YEARLY_REPORTS: frozenset({Role.PRINCIPAL, Role.ACCOUNTANT}),
        May.ACCEPT_YEARLY_REPORTS: PREPARERS,
        May.READ_MEAL_ACCOUNTS: OFFICERS | KINDERGARTEN,
        May.KEEP_MEAL_ACCOUNTS: frozenset({Role.PRINCIPAL, Role.ACCOUNTANT}),
        May.READ_BUDGETS: BOOK_READERS - {Role.PRINCIPAL, Role.ACCOUNTANT},
        May.PROPOSE_BUDGETS: PREPARERS,
        May.DECIDE_BUDGETS: APPROVERS,
        May.READ_SCENARIOS: (BOOK_READERS - {Role.PRINCIPAL, Role.ACCOUNTANT}) | {Role.PLANNER},
        May.PROPOSE_SCENARIOS: PREPARERS,
        May.DECIDE_SCENARIOS: APPROVERS,
        May.READ_PROGRAMMES: READERS,
        May.READ_BANK_ACCOUNTS: BOOK_READERS,
        May.FILE_BANK_ACCOUNTS: frozenset({Role.PRINCIPAL, Role.ACCOUNTANT}),
        May.ACCEPT_BANK_ACCOUNTS: PREPARERS,
        May.READ_SUBSIDIES: BOOK_READERS | {Role.TOWN_OFFICER},
        May.READ_SUBSIDY_RUNS: BOOK_READERS - {Role.PRINCIPAL, Role.ACCOUNTANT},
        May.PREPARE_SUBSIDIES: PREPARERS,
        May.APPROVE_SUBSIDIES: APPROVERS,
        May.PAY_SUBSIDIES: PREPARERS,
        May.RECEIVE_SUBSIDIES: frozenset({Role.PRINCIPAL, Role.ACCOUNTANT}),
        May.REPORT_SUBSIDY_USES: frozenset({Role.PRINCIPAL, Role.ACCOUNTANT}),
        May.CHECK_SUBSIDY_USES: PREPARERS,
        May.READ_EVENTS: READERS,
        May.VERIFY_EVENTS: frozenset({Role.AUDITOR, Role.DATA_PROTECTION}),
        May.READ_JOBS: READERS,
        May.CANCEL_JOBS: frozenset({Role.PRINCIPAL}) | PREPARERS,
        May.READ_CODES: frozenset(Role),
    }
)
