"""The only room that speaks SQL: tables, migrations, repositories of domain types, one unit of work per batch."""
