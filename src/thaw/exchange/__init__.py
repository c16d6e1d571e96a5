"""Taking along: backups that only their owner opens, and copies that anyone can read.

It knows bytes, keys and rows as plain values, and nothing of where they are kept: rows come in
and go out as arguments. The forms are told in docs/reference/bundle.md.
"""
