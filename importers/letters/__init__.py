"""Letters, mails and what officials write around them: where one ends, who wrote it, when."""
