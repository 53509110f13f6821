"""Printed pages, PDF and OFD: what stands where, and in which order it is read."""
