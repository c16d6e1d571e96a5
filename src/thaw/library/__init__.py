"""What is said becomes findable: practices, words, helplines, read from content/."""
