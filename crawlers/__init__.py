"""Everything that brings public texts in: declared media, Scrapy spiders, extraction, the spool. It never opens the database."""
