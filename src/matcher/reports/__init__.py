"""Results to pages: terminal and JSON."""
