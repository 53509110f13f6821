"""How well scanned registration forms and letters are read: `python -m benchmarks.scans.run`."""
