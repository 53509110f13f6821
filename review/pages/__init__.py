"""The pages: each reads a request, asks the rooms beside it, and renders a template."""
