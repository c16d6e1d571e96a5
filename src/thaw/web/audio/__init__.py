"""Sound over HTTP: a native ASGI route with ranges, pacing and back-pressure."""
