"""Forms about accounts; allauth's own with our words, and labels instead of placeholders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diplowatch.accounts.models import ROLE_NAMES, User
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PASSWORD_RULE = _("At least 10 characters; not digits only, not a common one, not your name.")
NEW_PASSWORD: dict[str, tuple[_StrPromise, _StrPromise | str]] = {
    "password1": (_("New password"), PASSWORD_RULE),
    "password2": (_("The same password again"), ""),
}


class SignInForm(account_forms.LoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Our words; the field takes both kinds of name, so the browser may offer either."""
        super().__init__(*args, **kwargs)
        _word(
            self,
            login=(_("User name or e-mail address"), ""),
            password=(_("Password"), ""),
            remember=(_("Stay signed in on this computer"), ""),
        )
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false",
        }  # fmt: skip


class ChoosePasswordForm(account_forms.SetPasswordForm):
    """A first password, or a new one for a forgotten one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Our words."""
        super().__init__(*args, **kwargs)
        _word(self, **NEW_PASSWORD)


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """The old password, and twice the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Our words."""
        super().__init__(*args, **kwargs)
        _word(self, oldpassword=(_("Current password"), ""), **NEW_PASSWORD)


class ForgottenPasswordForm(account_forms.ResetPasswordForm):
    """Where to send the link that lets a new password be chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Our words."""
        super().__init__(*args, **kwargs)
        _word(self, email=(_("E-mail address"), ""))


class ResetPasswordForm(account_forms.ResetPasswordKeyForm):
    """A new password, by the link sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Our words."""
        super().__init__(*args, **kwargs)
        _word(self, **NEW_PASSWORD)


class ConfirmPasswordForm(account_forms.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Our words."""
        super().__init__(*args, **kwargs)
        _word(self, password=(_("Password"), ""))


class CodeForm(factor_forms.AuthenticateForm):
    """The code of the second factor, at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Our words; recovery codes are typed here too, so letters are not ruled out."""
        super().__init__(*args, **kwargs)
        _word(self, code=(_("Code"), _("From your authenticator app, or a recovery code.")))


class ConfirmCodeForm(factor_forms.ReauthenticateForm):
    """The code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Our words."""
        super().__init__(*args, **kwargs)
        _word(self, code=(_("Code"), _("From your authenticator app, or a recovery code.")))


class ActivateFactorForm(totp_forms.ActivateTOTPForm):
    """The first code, which shows that the app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Our words."""
        super().__init__(*args, **kwargs)
        _word(self, code=(_("Code"), _("The six digits that your authenticator app shows now.")))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class SettingsForm(forms.Form):
    """One's own name, address and language."""

    full_name = forms.CharField(
        label=_("Name"), max_length=150, required=False,
        help_text=_("As your colleagues see it; the user name is shown when it is empty."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"), required=False,
        help_text=_("For a forgotten password."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the interface"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        """Whose."""
        super().__init__(*args, **kwargs)
        self.person = person
        # Whoever has an address comes into its account by OpenID Connect: nobody claims one alone.
        if settings.SOCIALACCOUNT_PROVIDERS and person.held_role < Role.ADMIN:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("Your administrator can change it.")

    def clean_email(self) -> str:
        """One address belongs to one account, since it can be signed in with."""
        return free_address(self.cleaned_data["email"], but=self.person)


class InviteForm(forms.Form):
    """Who is to have an account, and what they may do."""

    username = forms.CharField(
        label=_("User name"), max_length=150,
        help_text=_("Letters, digits and @ . + - _"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        validators=[User.username_validator],
    )  # fmt: skip
    full_name = forms.CharField(
        label=_("Name"), max_length=150, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"), required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    role = forms.TypedChoiceField(
        label=_("Role"), coerce=lambda value: Role(int(value)), initial=int(Role.READER),
        choices=[(int(role), name) for role, name in ROLE_NAMES.items()],
    )  # fmt: skip

    def clean_username(self) -> str:
        """Names differ by more than upper and lower case."""
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("There is an account with this name already."))
        return name

    def clean_email(self) -> str:
        """One address belongs to one account."""
        return free_address(self.cleaned_data["email"])


class RoleForm(forms.Form):
    """Another role for somebody."""

    role = forms.TypedChoiceField(
        label=_("Role"), coerce=lambda value: Role(int(value)),
        choices=[(int(role), name) for role, name in ROLE_NAMES.items()],
    )  # fmt: skip


class AddressForm(forms.Form):
    """Another e-mail address for somebody."""

    email = forms.EmailField(
        label=_("E-mail address"), required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        """Whose."""
        super().__init__(*args, **kwargs)
        self.initial = {"email": person.email}
        self.person = person

    def clean_email(self) -> str:
        """One address belongs to one account."""
        return free_address(self.cleaned_data["email"], but=self.person)


def free_address(address: str, *, but: User | None = None) -> str:
    """The address, unless somebody else's account has it."""
    others = User.objects.exclude(pk=but.pk) if but else User.objects.all()
    if address and others.filter(email__iexact=address).exists():
        raise forms.ValidationError(_("Another account has this address."))
    return address


def _word(form: forms.Form, **words: tuple[_StrPromise, _StrPromise | str]) -> None:
    for name, (label, help_text) in words.items():
        if name not in form.fields:
            continue
        field = form.fields[name]
        field.label, field.help_text = label, help_text
        field.widget.attrs.pop("placeholder", None)
