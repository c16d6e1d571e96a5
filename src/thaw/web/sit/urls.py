from django.urls import path

from thaw.web.sit import views

urlpatterns = [
    path("sit/<str:sitting>", views.sitting, name="sitting"),
    path("sit/<str:sitting>/respond", views.respond, name="respond"),
    path("sit/<str:sitting>/took", views.took, name="took"),
    path("sit/<str:sitting>/heard", views.heard, name="heard"),
    path("sit/<str:sitting>/end", views.end, name="end"),
    path("sit/<str:sitting>/close", views.close, name="close"),
    path("sit/<str:sitting>/audible", views.audible, name="audible"),
    path("sit/<str:sitting>/<int:revision>.vtt", views.captions, name="captions"),
    path("sit/<str:sitting>/<int:revision>.txt", views.transcript, name="transcript"),
    # The sound itself is answered by thaw.web.audio before Django sees it; these name it.
    path("audio/<str:sitting>/<int:revision>.<str:container>", views.native, name="audio"),
    path("voices/<str:voice>/sample.mp4", views.native, name="sample"),
    path("beds/<str:bed>/sample.mp4", views.native, name="bed-sample"),
]
