from django.urls import path

from thaw.web.checkin import views

urlpatterns = [
    path("check-in", views.checkin, name="checkin"),
    path("check-in/list", views.listing, name="checkins"),
    path("check-in/way", views.way, name="checkin-way"),
    path("check-in/<uuid:checkin>", views.one, name="checkin-one"),
    path("check-in/<uuid:checkin>/change", views.change, name="checkin-change"),
    path("check-in/<uuid:checkin>/kept", views.kept, name="checkin-kept"),
    path("check-in/<uuid:checkin>/remove", views.remove, name="checkin-remove"),
]
