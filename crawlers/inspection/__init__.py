"""A look at a medium before it is crawled: does the declaration fit the site, and what would a declaration say."""
