"""Files that people are handed: ledgers, reports and workbooks."""
