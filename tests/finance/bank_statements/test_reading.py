import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from services.finance.bank_statements.reading import HEADER, StatementLine, read
from services.finance.bank_statements.refusals import StatementUnreadable

EXPECTED = [
    StatementLine(date(2025, 10, 8), "R1", Decimal("750.00"), "家长", "6200001", "10月保教费"),
    StatementLine(date(2025, 10, 9), "R2", Decimal("-1200.50"), "某公司", "6200002", "食材"),
]
ROWS = [
    ["2025-10-08", "R1", "750.00", "", "家长", "6200001", "10月保教费"],
    ["2025-10-09", "R2", "", "1,200.50", "某公司", "6200002", "食材"],
]
CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Ntry><Amt Ccy="CNY">750.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2025-10-08</Dt></BookgDt>
<AcctSvcrRef>R1</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>家长</Nm></Pty></Dbtr>
<DbtrAcct><Id><Othr><Id>6200001</Id></Othr></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>10月保教费</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="CNY">1200.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><DtTm>2025-10-09T10:00:00</DtTm></BookgDt>
<NtryRef>R2</NtryRef><NtryDtls><TxDtls><RltdPties><Cdtr><Nm>某公司</Nm></Cdtr>
<CdtrAcct><Id><Othr><Id>6200002</Id></Othr></Id></CdtrAcct></RltdPties>
<RmtInf><Ustrd>食材</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>"""


def table(rows: list[list[str]]) -> str:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in [list(HEADER), *rows])


def workbook() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([list(HEADER), *ROWS]):
            sheet.write_row(place, 0, row)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [table(ROWS).encode(), table(ROWS).encode("utf-8-sig"), table(ROWS).encode("gb18030"), workbook(), CAMT.encode()],
)
def test_the_same_bookings_in_every_form(content: bytes):
    assert read(content) == EXPECTED


def test_every_fault_is_told_with_its_row():
    rows = [
        ["bad", "R1", "1", "", "", "", ""],
        ["2025-10-08", "", "1", "", "", "", ""],
        ["2025-10-08", "R3", "0", "", "", "", ""],
    ]
    with pytest.raises(StatementUnreadable) as refusal:
        read(table(rows).encode())
    assert [(fault.pointer, fault.code) for fault in refusal.value.faults] == [
        ("/2", "unreadable"),
        ("/3", "reference"),
        ("/4", "amount"),
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", b"<x", b"PK\x03\x04broken", b"\xff\xfe\x00\x80"],
)
def test_what_is_no_statement_is_refused(content: bytes):
    with pytest.raises(StatementUnreadable):
        read(content)
