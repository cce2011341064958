"""Why aid cannot be applied for."""

from shared.errors import DomainError


class AidAlreadyApplied(DomainError):
    zh = "该幼儿同一类别的资助已申请,期间为 {since} 至 {until}。"
    en = "Aid of this category is applied for or given from {since} until {until} already."
