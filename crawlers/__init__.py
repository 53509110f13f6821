"""Everything that brings public texts in: declared media, spiders, extraction, the spool. Never opens the database."""
