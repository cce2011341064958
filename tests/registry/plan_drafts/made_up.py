"""A plan for 2026 to 2028 that nobody issued: an example, marked so."""

from typing import Any

CODE = "made-up-2026-2028"


def document(**changed: Any) -> dict[str, Any]:
    return {
        "title_zh": "怀柔区学前教育行动计划(2026—2028年)(示例,非真实文件)",
        "document_number": "示例〔2026〕1号",
        "issued_by": "示例发文机关",
        "issued_on": "2025-12-20",
        "status": "示例,非真实文件",
        "since": "2026-01-01",
        "until": "2029-01-01",
        "source": "示例,由测试编写",
        "units": [{"code": "made_up_office", "name_zh": "示例办公室"}],
        "clauses": [
            {
                "id": "二-1",
                "section": "二",
                "section_title": "主要目标(示例)",
                "quote": "示例目标:公办园在园幼儿占比保持在60%以上",
            },
            {
                "id": "三(一)2-a",
                "section": "三(一)2",
                "quote": "示例措施:多渠道增加普惠性资源供给",
                "lead": "made_up_office",
                "assist": ["tax"],
                "basis": "示例",
            },
        ],
        "target_sets": [
            {
                "code": "district",
                "name_zh": "示例目标",
                "document": "示例〔2026〕1号",
                "tag": "illustrative",
                "due_year": 2028,
                "targets": [
                    {
                        "id": "made-up-public",
                        "clause": "二-1",
                        "indicator": "public_share",
                        "comparison": "ge",
                        "threshold": "0.60",
                        "due_year": 2028,
                        "wording": "示例:公办园在园幼儿占比60%以上",
                    }
                ],
            }
        ],
        "projects": [
            {
                "id": "made-up-kindergarten",
                "clause": "三(一)2-a",
                "name": "示例幼儿园",
                "kind": "residential_kindergarten",
                "division": "110116102",
            }
        ],
    } | changed
