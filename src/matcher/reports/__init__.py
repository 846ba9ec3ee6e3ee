"""Results to pages: terminal, HTML, Markdown and CSV."""
