"""The interface for other offices' programs: petitions in, receipts out, by keys."""
