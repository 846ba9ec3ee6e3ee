"""Fairness over results: rates by group, impact ratios, and what changing only the person changes. All of it pure."""
