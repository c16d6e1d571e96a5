"""Every address."""

from django.urls import include, path

urlpatterns = [
    path("", include("thaw.web.home.urls")),
    path("", include("thaw.web.today.urls")),
    path("", include("thaw.web.shelf.urls")),
    path("", include("thaw.web.sit.urls")),
    path("", include("thaw.web.after.urls")),
    path("", include("thaw.web.help.urls")),
    path("", include("thaw.web.learn.urls")),
    path("", include("thaw.web.find.urls")),
    path("", include("thaw.web.words.urls")),
    path("", include("thaw.web.course.urls")),
    path("", include("thaw.web.checkin.urls")),
    path("", include("thaw.web.write.urls")),
    path("", include("thaw.web.days.urls")),
    path("", include("thaw.web.me.urls")),
    path("", include("thaw.web.preferences.urls")),
    path("", include("thaw.web.take.urls")),
    path("", include("thaw.web.worker.urls")),
    path("", include("thaw.web.people.urls")),
]

handler400 = "thaw.web.errors.bad_request"
handler403 = "thaw.web.errors.refused"
handler404 = "thaw.web.errors.not_found"
handler500 = "thaw.web.errors.failed"
