"""Every kind of long work of the finance service; the worker imports this module to know them."""

from services.finance.subsidy_runs import work as subsidy_runs

__all__ = ["subsidy_runs"]
