from django.urls import path

from thaw.web.worker import views

urlpatterns = [
    path("worker.js", views.worker, name="worker"),
    path("away", views.away, name="away"),
    path("here", views.here, name="here"),
]
