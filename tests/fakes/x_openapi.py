"""X's own description of its API, against which the fake server checks what passes through it.

The document is not part of the project: where it is absent, nothing is checked, and `document`
returns None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema

PLACE = Path(__file__).parents[3] / "shared" / "reference" / "x-openapi.json"

_FORMATS = jsonschema.FormatChecker(formats=())


@_FORMATS.checks("date-time", raises=ValueError)
def _is_instant(value: object) -> bool:
    if isinstance(value, str):
        return datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo is not None
    return True


@cache
def document() -> OpenApi | None:
    """X's document, read once; None when it is not there."""
    return OpenApi(json.loads(PLACE.read_text("utf-8"))) if PLACE.exists() else None


class OpenApi:
    """Finds what is wrong with requests and answers. OpenAPI 3.0, as far as X uses it."""

    def __init__(self, source: Mapping[str, Any]) -> None:
        self._source = _as_json_schema(source)
        self._problems = set(source["components"]["schemas"]["Problem"]["discriminator"]["mapping"])
        self._validators: dict[int, jsonschema.protocols.Validator] = {}
        self._routes = [
            (re.compile(re.sub(r"\{[^}]+\}", "([^/]+)", path)), path)
            for path in sorted(source["paths"], key=lambda path: path.count("{"))
        ]

    def request_faults(
        self, method: str, path: str, query: Mapping[str, str], body: object | None
    ) -> Iterator[str]:
        """What a request has that X does not describe. `body` is decoded JSON or form fields."""
        found = self._operation(method, path)
        if found is None:
            yield f"{method} {path}: no such operation"
            return
        operation, in_path = found
        given = {("path", name): value for name, value in in_path.items()}
        given |= {("query", name): value for name, value in query.items()}
        faults = [*self._parameter_faults(operation, given), *self._body_faults(operation, body)]
        yield from (f"{method} {path}: {fault}" for fault in faults)

    def _parameter_faults(
        self, operation: Any, given: Mapping[tuple[str, str], str]
    ) -> Iterator[str]:
        resolved = [self._resolved(each) for each in operation.get("parameters", ())]
        known = {(each["in"], each["name"]): each for each in resolved}
        for key, value in given.items():
            if key not in known:
                yield f"unknown parameter {key[1]}"
                continue
            schema = self._resolved(known[key]["schema"])
            for fault in self._faults(schema, _typed(value, schema)):
                yield f"parameter {key[1]}: {fault}"
        for key, parameter in known.items():
            if parameter.get("required") and key not in given:
                yield f"parameter {key[1]} is missing"

    def _body_faults(self, operation: Any, body: object | None) -> Iterator[str]:
        described = operation.get("requestBody")
        if described is None:
            if body:
                yield "a body where there is none"
        elif body is None:
            if described.get("required"):
                yield "the body is missing"
        else:
            schema = next(iter(described["content"].values()))["schema"]
            for fault in self._faults(schema, body):
                yield f"body: {fault}"

    def answer_faults(self, method: str, path: str, status: int, body: object) -> Iterator[str]:
        """What an answer has that X does not describe.

        X's document leaves out many of the errors X is known to send: those are not looked at.
        """
        found = self._operation(method, path)
        if found is None:
            return
        responses = found[0]["responses"]
        if str(status) in responses:
            content = responses[str(status)].get("content", {})
            if "application/json" not in content:
                return
            schema = content["application/json"]["schema"]
        elif status < 400:
            yield f"{method} {path}: answer {status} is not described"
            return
        elif isinstance(body, dict) and body.get("type") in self._problems:
            schema = self._source["components"]["schemas"]["Problem"]
        else:
            return
        for fault in self._faults(schema, body):
            yield f"{method} {path}: answer {status}: {fault}"

    def _operation(self, method: str, path: str) -> tuple[Any, dict[str, str]] | None:
        for pattern, template in self._routes:
            match = pattern.fullmatch(path)
            operation = match and self._source["paths"][template].get(method.lower())
            if match and operation:
                names = re.findall(r"\{([^}]+)\}", template)
                return operation, dict(zip(names, map(unquote, match.groups()), strict=True))
        return None

    def _resolved(self, part: Any) -> Any:
        while "$ref" in part:
            inner: Any = self._source
            for name in part["$ref"].removeprefix("#/").split("/"):
                inner = inner[name]
            part = inner
        return part

    def _faults(self, schema: Any, value: Any) -> Iterator[str]:
        validator = self._validators.get(id(schema))
        if validator is None:
            # The schema stands in the document, which lives as long as this: its id is its own.
            whole = {"components": self._source["components"], "allOf": [schema]}
            validator = jsonschema.Draft202012Validator(whole, format_checker=_FORMATS)
            self._validators[id(schema)] = validator
        for error in validator.iter_errors(value):
            yield f"{error.json_path} {error.message}"[:300]


def _as_json_schema(part: Any) -> Any:
    """OpenAPI 3.0 says "nullable" where JSON Schema says that null is a type."""
    if isinstance(part, list):
        return [_as_json_schema(each) for each in part]
    if not isinstance(part, Mapping):
        return part
    made = {name: _as_json_schema(each) for name, each in part.items()}
    if made.get("nullable") is True:
        del made["nullable"]
        return {"anyOf": [made, {"type": "null"}]}
    return made


def _typed(text: str, schema: Any) -> object:
    """A parameter as its schema means it: "a,b" may be a list, "5" a number."""
    if schema.get("type") == "array":
        return text.split(",")
    if schema.get("type") == "integer" and re.fullmatch(r"-?[0-9]+", text):
        return int(text)
    return text
