"""JSON Resume, the JSON Resume job schema and bare JobPosting objects to lines under headings."""

from __future__ import annotations

import json
import re

from matcher.model import Notice
from matcher.reading import problems
from matcher.reading.draft import BREAK, Draft
from matcher.reading.jobposting import job_postings, posting_drafts
from matcher.reading.pagelines import fragment_drafts

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-\d{2})?(?:T.*)?\Z")
_RESUME = frozenset({"basics", "work", "education", "skills", "projects", "volunteer"})
_JOB = frozenset({"description", "responsibilities", "qualifications", "company", "skills"})

Json = dict[str, object]


def json_drafts(text: str, source: str, notices: list[Notice]) -> list[Draft]:
    """The lines of a JSON document."""
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise problems.damaged(source, "JSON") from None
    postings = job_postings([text])
    if postings:
        return posting_drafts(postings[0])
    if isinstance(value, dict):
        if isinstance(value.get("basics"), dict) or len(_RESUME & value.keys()) >= 2:
            return _resume(value)
        if isinstance(value.get("title"), str) and _JOB & value.keys():
            return _job(value)
    notices.append(Notice("unknown-json", "the JSON is neither a JSON Resume nor a job; all of its texts were read"))
    drafts: list[Draft] = []
    _flat(value, drafts, 0)
    return drafts


def _resume(data: Json) -> list[Draft]:
    basics = _object(data.get("basics"))
    drafts = [Draft(_text(basics, "name"), heading=True), Draft(_text(basics, "label"))]
    drafts.append(_joined(" | ", _text(basics, "email"), _text(basics, "phone"), _text(basics, "url"), _place(basics)))
    for profile in _objects(basics.get("profiles")):
        drafts.append(_joined(": ", _text(profile, "network"), _text(profile, "url") or _text(profile, "username")))
    drafts += _section("Summary", fragment_drafts(_text(basics, "summary")))
    drafts += _section("Experience", [line for job in _objects(data.get("work")) for line in _position(job)])
    drafts += _section("Projects", [line for job in _objects(data.get("projects")) for line in _project(job)])
    drafts += _section("Education", [line for item in _objects(data.get("education")) for line in _study(item)])
    drafts += _section("Skills", [_keyworded(item) for item in _objects(data.get("skills"))])
    drafts += _section("Certificates", [_award(item) for item in _objects(data.get("certificates"))])
    drafts += _section("Awards", [line for item in _objects(data.get("awards")) for line in _with_summary(item)])
    drafts += _section(
        "Publications", [line for item in _objects(data.get("publications")) for line in _with_summary(item)]
    )
    drafts += _section("Volunteer", [line for job in _objects(data.get("volunteer")) for line in _position(job)])
    languages = [
        _joined(": ", _text(item, "language"), _text(item, "fluency")) for item in _objects(data.get("languages"))
    ]
    drafts += _section("Languages", languages)
    drafts += _section("Interests", [_keyworded(item) for item in _objects(data.get("interests"))])
    drafts += _section(
        "References",
        [_joined(": ", _text(item, "name"), _text(item, "reference")) for item in _objects(data.get("references"))],
    )
    return drafts


def _position(job: Json) -> list[Draft]:
    employer = _text(job, "name") or _text(job, "company") or _text(job, "organization")
    return [
        _joined("  ", _text(job, "position"), _dates(job), bold=True),
        _joined(", ", employer, _text(job, "location")),
        Draft(_text(job, "description")),
        *_body(job),
        BREAK,
    ]


def _project(project: Json) -> list[Draft]:
    return [
        _joined("  ", _text(project, "name"), _dates(project), bold=True),
        _joined(", ", ", ".join(_strings(project.get("roles"))), _text(project, "entity")),
        Draft(_text(project, "description")),
        *_body(project),
        Draft(", ".join(_strings(project.get("keywords")))),
        BREAK,
    ]


def _study(study: Json) -> list[Draft]:
    degree = _joined(" in ", _text(study, "studyType"), _text(study, "area")).text
    courses = ", ".join(_strings(study.get("courses")))
    return [
        _joined("  ", degree, _dates(study), bold=True),
        Draft(_text(study, "institution")),
        _joined(": ", "Score" if _text(study, "score") else "", _text(study, "score")),
        Draft(f"Courses: {courses}" if courses else ""),
        BREAK,
    ]


def _award(item: Json) -> Draft:
    name = _text(item, "name") or _text(item, "title")
    issuer = _text(item, "issuer") or _text(item, "awarder") or _text(item, "publisher")
    date = _text(item, "date") or _text(item, "releaseDate")
    return _joined("  ", _joined(", ", name, issuer).text, _date(date))


def _with_summary(item: Json) -> list[Draft]:
    return [_award(item), *fragment_drafts(_text(item, "summary"))]


def _keyworded(item: Json) -> Draft:
    level = _text(item, "level")
    name = f"{_text(item, 'name')} ({level})" if level else _text(item, "name")
    return _joined(": ", name, ", ".join(_strings(item.get("keywords"))))


def _job(data: Json) -> list[Draft]:
    drafts = [Draft(_text(data, "title"), heading=True), Draft(_text(data, "company"))]
    drafts.append(_joined(" | ", _text(data, "type"), _place(data), _remote(data), _text(data, "salary")))
    drafts.append(_joined(": ", "Level" if _text(data, "experience") else "", _text(data, "experience")))
    drafts += [BREAK, *fragment_drafts(_text(data, "description"))]
    for key in ("responsibilities", "qualifications"):
        lines = [line for item in _strings(data.get(key)) for line in _bulleted(item)]
        drafts += _section(key.capitalize(), lines)
    return drafts + _section("Skills", [_keyworded(item) for item in _objects(data.get("skills"))])


def _remote(data: Json) -> str:
    value = _text(data, "remote")
    return f"Remote: {value}" if value and value != "None" else ""


def _section(heading: str, lines: list[Draft]) -> list[Draft]:
    said = [line for line in lines if line is BREAK or line.text.strip()]
    if all(line is BREAK for line in said):
        return []
    return [BREAK, Draft(heading, heading=True), *said]


def _body(item: Json) -> list[Draft]:
    lines = fragment_drafts(_text(item, "summary"))
    for highlight in _strings(item.get("highlights")):
        lines += _bulleted(highlight)
    return lines


def _bulleted(text: str) -> list[Draft]:
    lines = fragment_drafts(text)
    if lines and lines[0].text:
        lines[0].text = "• " + lines[0].text.removeprefix("• ")
    return lines


def _joined(gap: str, *parts: str, bold: bool = False) -> Draft:
    return Draft(gap.join(part for part in parts if part), bold=bold)


def _dates(item: Json) -> str:
    start, end = _date(_text(item, "startDate")), _date(_text(item, "endDate"))
    if start:
        return f"{start} – {end or 'present'}"
    return end


def _date(value: str) -> str:
    iso = _ISO.match(value)
    if iso is None or not 1 <= int(iso[2]) <= 12:
        return value
    return f"{_MONTHS[int(iso[2]) - 1]} {iso[1]}"


def _place(item: Json) -> str:
    place = item.get("location")
    if isinstance(place, str):
        return place
    place = _object(place)
    return ", ".join(filter(None, (_text(place, key) for key in ("city", "region", "countryCode"))))


def _text(item: Json, key: str) -> str:
    value = item.get(key)
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Json]:
    """A list of objects; a bare string stands for an object with that name."""
    if not isinstance(value, list):
        return []
    return [item if isinstance(item, dict) else {"name": item} for item in value if isinstance(item, (dict, str))]


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _flat(value: object, drafts: list[Draft], depth: int) -> None:
    if isinstance(value, str):
        drafts += fragment_drafts(value)
    elif isinstance(value, list) and depth < 50:
        for item in value:
            _flat(item, drafts, depth + 1)
    elif isinstance(value, dict) and depth < 50:
        for key, item in value.items():
            if isinstance(item, (list, dict)) and not key.startswith(("$", "@")):
                drafts.append(Draft(key.replace("_", " "), heading=True))
            if not key.startswith(("$", "@")):
                _flat(item, drafts, depth + 1)
