"""A text on its way: as found, as read by models and people, and what keeps it out of the flow."""
