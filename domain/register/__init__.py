"""The household register: who lives where, what a delivery of it changed, and what somebody should look at."""
