"""The addresses of the desk, under /desk/."""

from django.urls import path

from yuebao.web.desk import accounts, audit, office, signing_in

urlpatterns = [
    path("first/", signing_in.first_account, name="first-account"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("own/", signing_in.own_account, name="own-account"),
    path("accounts/", accounts.listed, name="accounts"),
    path("accounts/<int:number>/", accounts.one, name="account"),
    path("accounts/<int:number>/password/", accounts.password, name="account-password"),
    path("accounts/<int:number>/unlock/", accounts.unlock, name="account-unlock"),
    path("office/", office.office, name="office"),
    path("audit/", audit.log, name="audit"),
    path("audit/table.csv", audit.table, name="audit-table"),
]
