"""What leaves for other systems and people: events, deliveries, notices."""
