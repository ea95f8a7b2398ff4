"""What `tierlang check` writes with the real rules is what the schemas say, with findings and without."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft4Validator, Draft202012Validator  # type: ignore[import-untyped]

from tests.cli.files import ROOT, tierlang, write_rules

CHECK = Draft202012Validator(json.loads((ROOT / "docs" / "schemas" / "check.json").read_text(encoding="utf-8")))
SARIF = Draft4Validator(
    json.loads((ROOT / "tests" / "reports" / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
)


def report(form: str, *arguments: str) -> Any:
    result = tierlang("check", *arguments, "--as-of", "2026-11-01", "--format", form)
    assert result.exit_code in (0, 1)
    return json.loads(result.stdout) if form != "junit" else ET.fromstring(result.stdout)


@pytest.fixture(params=["shipped", "small", "broken"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Rules without findings, with findings, and with errors."""
    match request.param:
        case "shipped":
            return str(ROOT / "rulesets")
        case "small":
            return write_rules(tmp_path, 'allow nothing because "x"')
        case _:
            return write_rules(tmp_path, "exclude more when fitt == 90")


def test_all_formats_tell_the_same(path: str) -> None:
    found = report("json", path)
    CHECK.validate(found)
    log = report("sarif", path)
    SARIF.validate(log)
    codes = [finding["code"] for finding in found["findings"]]
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == codes
    assert [result["partialFingerprints"]["tierlang/v1"] for result in log["runs"][0]["results"]] == [
        finding["fingerprint"] for finding in found["findings"]
    ]
    failing = {finding["code"] for finding in found["findings"] if finding["severity"] != "note"}
    failures = int(report("junit", path).get("failures"))
    assert failures == (1 if found["errors"] else len(failing))


def test_every_rule_that_ran_has_its_page_in_sarif() -> None:
    (run,) = report("sarif", str(ROOT / "rulesets"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(rules) > 10
    assert all(rule["help"]["markdown"].startswith(rule["shortDescription"]["text"]) for rule in rules)
    assert [rule["name"] for rule in report("json", str(ROOT / "rulesets"))["rules"]] == [rule["id"] for rule in rules]
