"""A desk in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mobility.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """At the end of every test all runs of its ledger are verified, each with the ones before it."""
    monkeypatch.chdir(tmp_path)
    made = Desk(tmp_path)
    yield made
    made.verify()
