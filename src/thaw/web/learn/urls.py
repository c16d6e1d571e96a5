from django.urls import path

from thaw.web.learn import views

urlpatterns = [
    path("learn", views.learn, name="learn"),
    path("learn/works/<str:work>", views.work, name="work"),
    path("learn/<str:article>", views.article, name="article"),
]
