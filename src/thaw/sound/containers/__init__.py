"""File formats: a timeline of clips to a virtual file with an exact size and any byte range."""
