"""Django's password validators, with the portal's messages."""

from django.contrib.auth import password_validation


class MinimumLength(password_validation.MinimumLengthValidator):
    def get_error_message(self):
        return f"Kata sandi ini terlalu pendek. Pakai paling sedikit {self.min_length} karakter."

    def get_help_text(self):
        return f"Paling sedikit {self.min_length} karakter."


class NotNumeric(password_validation.NumericPasswordValidator):
    def get_error_message(self):
        return "Kata sandi ini angka semua. Tambahkan huruf."

    def get_help_text(self):
        return "Bukan angka semua."


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self):
        return "Kata sandi ini terlalu umum sehingga mudah ditebak. Pilih yang lain."

    def get_help_text(self):
        return "Bukan kata sandi yang umum."


class NotLikeTheAccount(password_validation.UserAttributeSimilarityValidator):
    def get_error_message(self):
        return "Kata sandi ini terlalu mirip dengan %(verbose_name)s. Pilih yang lain."

    def get_help_text(self):
        return "Tidak mirip dengan nama atau surel Anda."
