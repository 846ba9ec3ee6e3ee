"""The real output of the samples against the published schemas."""

import json
from copy import deepcopy

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from matcher import schemas
from matcher.cli import main


def validator(name):
    return Draft202012Validator(schemas.load(name), format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("name", schemas.NAMES)
def test_each_schema_is_itself_valid_described_and_strict(name):
    schema = schemas.load(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    objects = list(walk(schema))
    assert objects
    for path, item in objects:
        assert item.get("additionalProperties") is not None, f"{path} allows anything"
        assert item.get("description"), f"{path} is not described"
        for key, value in item.get("properties", {}).items():
            assert value.get("description") or "$ref" in value, f"{path}.{key} is not described"


def walk(value, path="$"):
    if isinstance(value, dict):
        if value.get("type") == "object":
            yield path, value
        for key, item in value.items():
            yield from walk(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, f"{path}[{index}]")


def test_a_schema_is_found_by_the_name_in_the_output():
    assert schemas.load("matcher.result/1") == schemas.load("result-1")
    with pytest.raises(KeyError, match="there are: profile-1"):
        schemas.load("nothing-1")


def test_profiles_hold(resumes, postings):
    check = validator("profile-1")
    for profile in (*resumes, *postings):
        check.validate(through_json(profile.to_dict()))


def test_results_hold(results, abstained, hostile_result):
    check = validator("result-1")
    for result in (*results, abstained):
        check.validate(through_json(result.to_dict()))
    check.validate(json.loads(json.dumps(hostile_result.to_dict())))


@pytest.mark.parametrize("kind", ["resume", "posting"])
def test_levels_hold(resumes, postings, kind):
    check = validator("level-1")
    for profile in resumes[:3] if kind == "resume" else postings:
        for target in (["--target", "senior"], []):
            call = ["level", profile.document.source, "--kind", kind, "--format", "json", "--as-of", "2026-11-20"]
            done = CliRunner().invoke(main, [*call, *target])
            assert done.exit_code == 0, done.output
            check.validate(json.loads(done.output))


def through_json(data):
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    assert json.loads(text) == data, "the output is plain JSON"
    return data


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data.pop("score"),
        lambda data: data.update(extra=1),
        lambda data: data.update(score=101),
        lambda data: data.update(score=None),
        lambda data: data["contributions"][0].update(path="sideways"),
        lambda data: data["contributions"][0].update(extra=1),
        lambda data: data["resume"]["skills"][0].update(status="mastered"),
        lambda data: data["resume"]["skills"][0]["evidence"][0].pop("text"),
        lambda data: data["resume"]["level"]["coverage"].update(senior=1.2),
        lambda data: data["resume"]["document"].update(sha256="short"),
        lambda data: data["posting"].update(as_of="yesterday"),
    ],
)
def test_what_does_not_belong_is_refused(result, harm):
    data = deepcopy(result.to_dict())
    check = validator("result-1")
    assert check.is_valid(data)
    harm(data)
    assert not check.is_valid(data)
