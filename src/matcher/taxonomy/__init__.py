"""The taxonomy: YAML files to one validated, frozen object."""
