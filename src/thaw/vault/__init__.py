"""The vault: a key for each person, and everything that is sealed and opened with it.

It knows keys, bytes and where they belong; it keeps nothing and reads no files. What is
written by whom, and in what form, is told in docs/explanation/vault.md.
"""
