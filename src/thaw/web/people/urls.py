from django.urls import path

from thaw.web.people import views

urlpatterns = [
    path("open/<str:token>", views.open_link, name="open"),
    path("lock", views.lock, name="lock"),
    path("unlock", views.unlock, name="unlock"),
    path("cover", views.cover, name="cover"),
]
