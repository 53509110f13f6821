"""Where people decide: the web pages of the leads feed and what an account may see."""
