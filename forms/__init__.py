"""What is collected: the one way in for a return, the built-in form, and files of rows."""
