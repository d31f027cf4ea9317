"""The addresses of the desk, under /desk/."""

from django.urls import path

from yuebao.web.desk import signing_in

urlpatterns = [
    path("first/", signing_in.first_account, name="first-account"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
]
