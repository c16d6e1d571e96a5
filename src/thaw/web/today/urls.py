from django.urls import path

from thaw.web.today import views

urlpatterns = [
    path("today", views.today, name="today"),
    path("today/decide", views.decide, name="today-decide"),
    path("today/unwelcome", views.unwelcome, name="today-unwelcome"),
    path(
        "today/unwelcome/<uuid:entry>/remove",
        views.remove_unwelcome,
        name="today-unwelcome-remove",
    ),
    path(
        "today/unwelcome/<uuid:entry>/return",
        views.return_unwelcome,
        name="today-unwelcome-return",
    ),
]
