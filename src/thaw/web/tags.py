"""What templates may call."""

from django import template

from thaw.web.assets import asset_url

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a built file: ``{% asset "app.js" %}``."""
    return asset_url(name)
