"""The only room that speaks SQL: tables, migrations, repositories that return domain types, one unit of work per batch."""
