"""Other classifications of skills to overlays in the taxonomy's own format."""

from __future__ import annotations

from matcher.taxonomy.importers.esco import import_esco
from matcher.taxonomy.importers.onet import import_onet
from matcher.taxonomy.importers.overlay import Imported

__all__ = ["Imported", "import_esco", "import_onet"]
