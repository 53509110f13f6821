"""Terms and names that the language room reads, as YAML under review; no code."""
