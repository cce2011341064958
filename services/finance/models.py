"""Every table of the finance service, imported so that its metadata is whole."""

from services.finance.account_titles import models as account_titles
from services.finance.adjustments import models as adjustments
from services.finance.aids import models as aids
from services.finance.alerts import models as alerts
from services.finance.attendance_days import models as attendance_days
from services.finance.attributes import models as attributes
from services.finance.bank_accounts import models as bank_accounts
from services.finance.bank_statements import models as bank_statements
from services.finance.bill_runs import models as bill_runs
from services.finance.books import models as books
from services.finance.budgets import models as budgets
from services.finance.charges import models as charges
from services.finance.class_copies import models as class_copies
from services.finance.contribution_reports import models as contribution_reports
from services.finance.enrolments import models as enrolments
from services.finance.entries import models as entries
from services.finance.fee_items import models as fee_items
from services.finance.headcounts import models as headcounts
from services.finance.kindergartens import models as kindergartens
from services.finance.meal_accounts import models as meal_accounts
from services.finance.meal_returns import models as meal_returns
from services.finance.ownerships import models as ownerships
from services.finance.parameters import models as parameters
from services.finance.payroll_sheets import models as payroll_sheets
from services.finance.performance_reviews import models as performance_reviews
from services.finance.posts import models as posts
from services.finance.programmes import models as programmes
from services.finance.receipts import models as receipts
from services.finance.related_parties import models as related_parties
from services.finance.reliefs import models as reliefs
from services.finance.scenarios import models as scenarios
from services.finance.service_contracts import models as service_contracts
from services.finance.standard_reviews import models as standard_reviews
from services.finance.standings import models as standings
from services.finance.subsidy_payments import models as subsidy_payments
from services.finance.subsidy_runs import models as subsidy_runs
from services.finance.subsidy_uses import models as subsidy_uses
from services.finance.yearly_reports import models as yearly_reports

__all__ = [
    "account_titles",
    "adjustments",
    "aids",
    "alerts",
    "attendance_days",
    "attributes",
    "bank_accounts",
    "bank_statements",
    "bill_runs",
    "books",
    "budgets",
    "charges",
    "class_copies",
    "contribution_reports",
    "enrolments",
    "entries",
    "fee_items",
    "headcounts",
    "kindergartens",
    "meal_accounts",
    "meal_returns",
    "ownerships",
    "parameters",
    "payroll_sheets",
    "performance_reviews",
    "posts",
    "programmes",
    "receipts",
    "related_parties",
    "reliefs",
    "scenarios",
    "service_contracts",
    "standard_reviews",
    "standings",
    "subsidy_payments",
    "subsidy_runs",
    "subsidy_uses",
    "yearly_reports",
]
