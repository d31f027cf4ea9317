"""The pages of the reading room."""

from django.urls import include, path

from yuebao.web import asking, counting, judging, publishing, rolling, searching, views

handler400 = views.bad_request
handler404 = views.not_found
handler500 = views.broken

urlpatterns = [
    path("", views.issues, name="issues"),
    # path, not str: a title or a name may hold a slash
    path("issue/<path:key>/source", views.source, name="source"),
    path("issue/<path:key>/<int:number>/finding/<int:position>/", judging.judge, name="judge"),
    path("issue/<path:key>/finding/<int:position>/", judging.judge, name="judge"),
    path("issue/<path:key>/revert/<str:digest>/", judging.revert, name="revert"),
    path("issue/<path:key>/publish/<str:format>", publishing.published, name="published"),
    path("issue/<path:key>/<int:number>/", views.item, name="item"),
    path("issue/<path:key>/", views.issue, name="issue"),
    path("desk/", include("yuebao.web.desk.urls")),
    path("search/", views.search, name="search"),
    path("search/saved/", searching.saved, name="saved"),
    path("ask/", asking.ask, name="ask"),
    path("projects/", asking.projects, name="projects"),
    path("brief/<str:of>/<str:format>", publishing.brief, name="brief"),
    path("year/", rolling.latest, name="latest-year"),
    path("year/<int:year>/", rolling.year, name="year"),
    path("year/<int:year>/<str:what>/<str:format>", rolling.taken, name="year-taken"),
    path("counts/", counting.counts, name="counts"),
    path("person/<path:name>/", views.person, name="person"),
    path("organisation/<path:name>/", views.named, {"layer": "organisation"}, name="organisation"),
    path("place/<path:name>/", views.named, {"layer": "place"}, name="place"),
    path("project/<path:name>/", views.named, {"layer": "project"}, name="project"),
]
