from django.urls import path

from thaw.web.help import views

urlpatterns = [
    path("help", views.help_page, name="help"),
    path("help/mine", views.mine, name="help-mine"),
    path("help/mine/edit", views.edit, name="help-edit"),
    path("help/mine/locked", views.locked, name="help-locked"),
    path("help/mine/use", views.use, name="help-use"),
    path("help/country", views.country, name="help-country"),
    path("leave", views.leave, name="leave"),
]
