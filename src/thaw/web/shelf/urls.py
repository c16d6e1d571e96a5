from django.urls import path

from thaw.web.shelf import views

urlpatterns = [
    path("library", views.library, name="library"),
    path("library/<str:practice>", views.practice, name="practice"),
    path("library/<str:practice>/text", views.text, name="practice-text"),
    path("library/<str:practice>/plan.json", views.plan, name="plan"),
    path("library/<str:practice>/voicing", views.voicing, name="voicing"),
    path("library/<str:practice>/sit", views.begin, name="begin"),
]
