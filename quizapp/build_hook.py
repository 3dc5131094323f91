"""Adds the compiled translations to the wheel; run by hatchling, never by the app."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Compiles the .po files, whose .mo files git does not keep."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into the source tree and name the files for a wheel."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        catalogues = _load_catalogues(root)
        for source in sorted(root.glob("quizapp/translations/*/LC_MESSAGES/*.po")):
            compiled = source.with_suffix(".mo")
            catalogues.compile_catalogue(source, compiled)
            build_data["artifacts"].append(f"/{compiled.relative_to(root).as_posix()}")


def _load_catalogues(root: Path) -> Any:
    """Load one module without the package, whose own packages a build does not have."""
    spec = importlib.util.spec_from_file_location("catalogues", root / "quizapp" / "catalogues.py")
    if spec is None or spec.loader is None:
        sys.exit("quizapp/catalogues.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
