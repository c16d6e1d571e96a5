from django.urls import path

from thaw.web.preferences import views

urlpatterns = [path("me/preferences", views.preferences, name="preferences")]
