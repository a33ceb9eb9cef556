"""The model's fix in VS Code."""

from __future__ import annotations

import pytest

from tests.editors.support import DemoWorker
from tests.editors.vscode.conftest import SAMPLES, Start

pytestmark = [pytest.mark.editors, pytest.mark.timeout(300)]

SCRIPTED_REPAIR = "value = 1"


def test_a_syntax_error_is_fixed_from_the_menu_and_from_the_palette(
    vscode: Start, scripted_worker: DemoWorker
) -> None:
    sample = SAMPLES / "broken.py"
    window = vscode({}, scripted_worker.environment(), sample=sample)
    seen = window.play("fix", problem="BQ000", fixedText=SCRIPTED_REPAIR)
    expected = sample.read_text().replace("print(bioql.quantum", SCRIPTED_REPAIR)
    assert seen["fromMenu"] == seen["fromPalette"] == expected
