"""Folders of documents to a ranked file: reads every document once, keeps failures as rows, survives being killed."""

from __future__ import annotations

from matcher.batch.job import Batch, Progress, Summary
from matcher.batch.run import run_batch

__all__ = ["Batch", "Progress", "Summary", "run_batch"]
