"""Authentication by user name or e-mail, and permissions by role and place."""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend

from sinergi.accounts.roles import ROLES


class RoleBackend(BaseBackend):
    """
    Answer `user.has_perm(permission)`, anywhere, and `user.has_perm(permission, record)`, where
    that record lies.

    An account that is disabled loses its session with the next request, because `get_user` no
    longer finds it.
    """

    def authenticate(self, request, username=None, password=None, **kwargs):
        users = get_user_model()
        found = users.objects.filter(is_active=True).known_as(username or "")
        if found and found.check_password(password or ""):
            return found
        if not found:
            # Hash once all the same, so that the time of the answer does not tell which accounts
            # exist.
            users().set_password(password or "")
        return None

    def get_user(self, user_id):
        return get_user_model().objects.filter(pk=user_id, is_active=True).first()

    def get_all_permissions(self, user_obj, obj=None):
        if not user_obj.is_active or user_obj.is_anonymous:
            return set()
        return set().union(*(ROLES[a.role].permissions for a in user_obj.held_roles))

    def has_perm(self, user_obj, perm, obj=None):
        if user_obj.is_anonymous:
            return False
        scope = user_obj.scope(perm)
        return bool(scope) if obj is None else scope.covers(obj)

    def has_module_perms(self, user_obj, app_label):
        return any(name.startswith(f"{app_label}.") for name in self.get_all_permissions(user_obj))
