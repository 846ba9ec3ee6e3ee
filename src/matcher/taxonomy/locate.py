"""Where the bundled taxonomy lies: in the installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

from matcher.errors import TaxonomyError


def bundled_root() -> Path:
    """The folder of the bundled taxonomy.

    Raises:
        TaxonomyError: the installation is damaged and holds none.
    """
    package = Path(__file__).resolve().parent.parent
    # The wheel carries the folder inside the package; a checkout and an editable install have it at the top.
    for candidate in (package / "_taxonomy", package.parent.parent / "taxonomy"):
        if (candidate / "taxonomy.yaml").is_file():
            return candidate
    raise TaxonomyError((f"{package}: holds no taxonomy; the installation is damaged, install matcher again",))
