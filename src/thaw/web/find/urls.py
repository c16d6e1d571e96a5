from django.urls import path

from thaw.web.find import views

urlpatterns = [path("find", views.find, name="find")]
