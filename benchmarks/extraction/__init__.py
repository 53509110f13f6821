"""Measures extraction on saved pages beside trafilatura and GNE."""
