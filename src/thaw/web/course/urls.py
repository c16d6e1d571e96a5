from django.urls import path

from thaw.web.course import views

urlpatterns = [
    path("course", views.courses, name="courses"),
    path("course/<str:course>/<int:number>", views.day, name="course-day"),
    path("course/<str:course>/<int:number>/kept", views.kept, name="course-day-kept"),
    path("course/<str:course>/<int:number>/back", views.take_back, name="course-day-back"),
]
