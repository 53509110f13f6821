"""Pretraining of the encoder on plain text by replaced-token detection."""
