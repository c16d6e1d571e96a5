from django.urls import path

from thaw.web.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("first", views.first, name="first"),
]
