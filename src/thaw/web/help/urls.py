from django.urls import path

from thaw.web.help import views

urlpatterns = [
    path("help", views.help_page, name="help"),
    path("leave", views.leave, name="leave"),
]
