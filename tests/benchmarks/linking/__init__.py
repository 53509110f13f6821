"""Mirrors benchmarks/."""
