"""Raw texts and where they came from, where each stands in the flow, and which of them repeat one another."""
