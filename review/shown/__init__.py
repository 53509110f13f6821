"""What a page shows of what is stored: masked, in Chinese, nothing a role may not see."""
