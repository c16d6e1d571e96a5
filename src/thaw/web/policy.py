"""What every answer says about itself: the content policy and its companions."""

POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "blob:"],
    "media-src": ["'self'", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "worker-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["thaw"],
}
"""The one policy of every page (docs/reference/pages.md); django-csp is given the same."""

# "no-referrer" would make browsers send "Origin: null" with every form, and the check of
# where a form comes from would be blind; nothing leaves this origin either way (ADR 0050).
REFERRER_POLICY = "same-origin"

NO_STORE = "private, no-store"


def policy_text() -> str:
    """Return the policy as the value of its header."""
    return "; ".join(f"{name} {' '.join(values)}" for name, values in POLICY.items())


def headers() -> list[tuple[str, str]]:
    """Return the headers of an answer that Django does not make."""
    return [
        ("Content-Security-Policy", policy_text()),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", REFERRER_POLICY),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", NO_STORE),
    ]
