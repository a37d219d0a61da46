"""The OpenAPI document: exact, whole, readable; and a fuzzer that believes it finds no fault."""

from contextlib import suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from armstrace.web.api.routes import API_ROUTERS
from armstrace.web.people.access import ACCESS

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROUTES = [(method, route.path) for router in API_ROUTERS for route in router.routes for method in sorted(route.methods)]
EXAMPLES = 8  # of each operation


@pytest.fixture(scope="module")
def api_schema(own):
    """Return the document as the fuzzer reads it, from the running desk."""
    return schemathesis.openapi.from_url(f"{str(own.base_url).rstrip('/')}/api/v1/openapi.json")


@pytest.fixture(scope="module")
def document(own):
    return own.get("/api/v1/openapi.json").json()


def test_every_route_is_told_with_an_example_and_what_it_may_answer(document):
    told = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert told == set(ROUTES)
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert operation["x-codeSamples"], where
            assert operation["summary"], where
            assert operation["description"], where
            for name in [one["name"] for one in operation.get("parameters", []) if one["in"] == "path"]:
                assert "404" in operation["responses"], f"{where}: {name} may not be there"


def test_every_key_and_parameter_is_explained(document):
    silent = [
        f"{method} {path} {one['name']}"
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        for one in operation.get("parameters", [])
        if one["in"] == "query" and not (one.get("description") or one["schema"].get("description"))
    ]
    silent += [
        f"{name}.{key}"
        for name, shape in document["components"]["schemas"].items()
        if not name.startswith("Measure") or name in {"Measures", "MeasureLine"}
        for key, inner in shape.get("properties", {}).items()
        if not inner.get("description")
    ]
    assert not silent


def test_the_table_of_access_names_every_route():
    assert {(route.method, route.path) for route in ACCESS if route.path.startswith("/api/")} == set(ROUTES)


# Valid by the document and refused all the same are words that only a reader can tell to be none (a day that does not
# exist, a cursor that nobody gave), so that no check asks for their acceptance.
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_fuzzer_that_believes_the_document_finds_no_fault(api_schema, method, path, mode):
    operation = api_schema[path][method]

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        case.call_and_validate(checks=CHECKS, timeout=120)

    with suppress(Unsatisfiable):  # what takes nothing cannot be asked wrongly
        ask()
