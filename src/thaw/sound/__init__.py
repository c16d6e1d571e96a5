"""A plan becomes sound: voices, clips, bells, streams, containers, loudness."""
