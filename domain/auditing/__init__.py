"""What is kept of every act, as a chain that shows where it was broken."""
