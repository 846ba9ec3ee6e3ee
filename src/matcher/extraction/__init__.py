"""Documents to mentions, requirements, roles and qualifications; the only room that knows spaCy."""
