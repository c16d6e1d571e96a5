from django.urls import path

from thaw.web.after import views

urlpatterns = [
    path("after/<uuid:sat>", views.after, name="after"),
    path("after/steps", views.steps, name="first-steps"),
]
