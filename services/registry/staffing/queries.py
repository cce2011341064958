from sqlalchemy import ARRAY, Date, Text, Uuid, bindparam, text

from shared.db import Query

# The kindergarten asked for, or all that operate or are at work on the day,
# each with its classes and posts of that day.
WORKFORCE = Query(
    text(
        "SELECT coalesce(json_agg(json_build_object('id', g.id, 'name', g.name, 'division', g.division,"
        "  'relation', g.relation, 'classes', coalesce(c.classes, '[]'), 'posts', coalesce(p.posts, '[]'))"
        "  ORDER BY g.division, g.pinyin, g.id)::text, '[]')"
        " FROM kindergartens g"
        " LEFT JOIN (SELECT k.kindergarten, json_agg(json_build_array(k.id, k.name, k.kind, k.boarding,"
        "   coalesce(n.children, 0), coalesce(w.teachers, 0), coalesce(w.carers, 0))"
        "   ORDER BY k.pinyin, k.id) AS classes"
        "  FROM classes k"
        "  LEFT JOIN (SELECT class_id, count(*) AS children FROM enrolments"
        "   WHERE since <= :as_of AND until > :as_of GROUP BY class_id) n ON n.class_id = k.id"
        "  LEFT JOIN (SELECT class_id, count(*) FILTER (WHERE role = 'teacher') AS teachers,"
        "    count(*) FILTER (WHERE role = 'childcare') AS carers FROM posts"
        "   WHERE since <= :as_of AND until > :as_of AND full_time AND class_id IS NOT NULL"
        "   GROUP BY class_id) w ON w.class_id = k.id"
        "  WHERE k.since <= :as_of AND k.until > :as_of GROUP BY k.kindergarten) c ON c.kindergarten = g.id"
        " LEFT JOIN (SELECT kindergarten, json_agg(json_build_array(role, employment, full_time, n)) AS posts"
        "  FROM (SELECT kindergarten, role, employment, full_time, count(*) AS n FROM posts"
        "   WHERE since <= :as_of AND until > :as_of GROUP BY 1, 2, 3, 4) each_kind"
        "  GROUP BY kindergarten) p ON p.kindergarten = g.id"
        " WHERE starts_with(g.division, :division) AND coalesce(:kindergarten, g.id) = g.id"
        "  AND (:kindergarten IS NOT NULL OR c.kindergarten IS NOT NULL OR p.kindergarten IS NOT NULL"
        "   OR EXISTS (SELECT FROM kindergarten_statuses s WHERE s.kindergarten = g.id AND s.status = 'operating'"
        "    AND s.since <= :as_of AND s.until > :as_of))"
    ).bindparams(
        bindparam("as_of", type_=Date),
        bindparam("division", "", type_=Text),
        bindparam("kindergarten", None, type_=Uuid),
    )
)
# Everyone at work on each day once, with what the structure counts; the function sees who has left the caller's sight.
STRUCTURE = Query(
    text(
        "SELECT coalesce(json_agg(json_build_array(d.day, s.role, s.employment, s.education, s.title,"
        "  s.preschool_major, s.age, s.people))::text, '[]')"
        " FROM unnest(:days) AS d (day)"
        " CROSS JOIN LATERAL staff_structure(d.day, :division, :kindergarten) s"
    ).bindparams(
        bindparam("days", type_=ARRAY(Date)),
        bindparam("division", "", type_=Text),
        bindparam("kindergarten", None, type_=Uuid),
    )
)
