"""Tests of the checks of household registers."""
