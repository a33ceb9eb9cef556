"""The model's fix in VS Code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editors.support import DemoWorker
from tests.editors.vscode.conftest import Start

pytestmark = [pytest.mark.editors, pytest.mark.timeout(300)]

# Our own rules cannot mend it, so the model is asked.
UNFINISHED = "value = = 1"
SCRIPTED_REPAIR = "value = 1"


def test_a_syntax_error_is_fixed_from_the_menu_and_from_the_palette(
    vscode: Start, scripted_worker: DemoWorker, tmp_path: Path
) -> None:
    sample = tmp_path / "broken.py"
    sample.write_text(f"import bioql\n\n{UNFINISHED}\n")
    window = vscode({}, scripted_worker.environment(), sample=sample)
    seen = window.play("fix", problem="BQ000", fixedText=SCRIPTED_REPAIR)
    expected = sample.read_text().replace(UNFINISHED, SCRIPTED_REPAIR)
    assert seen["fromMenu"] == seen["fromPalette"] == expected
