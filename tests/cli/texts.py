"""A small practice, whole and in two parts: quick to voice, easy to spoil."""

HEAD = """\
---
title: A short one
summary: For a test.
level: 1
minutes: {least: 1, usual: 1, most: 2}
themes: [numbness]
for: days when little is felt
not_for: nothing known
anchors: [feet]
postures: [sitting]
eyes: open
sources: []
author: Thaw
licence: CC-BY-SA-4.0
language: en
version: 1
lists:
  things: [a cup, a door]
---
"""
BODY = """
## Start

You could look around.

[rest 10..60]

## Back {closing}

This is the end of it, in your own time.

[rest 5..30]
"""
