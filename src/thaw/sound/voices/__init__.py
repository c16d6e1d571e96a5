"""Voices: engines that turn a line into speech, each a process of its own, behind one port."""
