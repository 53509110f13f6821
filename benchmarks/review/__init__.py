"""The feed and the lead page with 200,000 leads and many cadres at once."""
