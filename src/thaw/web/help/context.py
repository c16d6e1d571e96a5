"""What every page holds: help, also when the server is gone."""

from django.http import HttpRequest

from thaw.web.house import the_house


def help_now(request: HttpRequest) -> dict[str, object]:
    """Return the help texts and the countries for the dialog that every page carries."""
    del request
    house = the_house()
    return {"help": house.help, "countries": house.countries}
