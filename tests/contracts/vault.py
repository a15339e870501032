"""What every SecretVault does, in memory or in a system's keyring.

A test module derives from this class and gives a fixture `vault`.
"""

from __future__ import annotations

from tchat_desktop.services.ports import SecretVault

NAMES = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")


class SecretVaultContract:
    """One name, one secret."""

    def test_what_was_never_written_is_not_there(self, vault: SecretVault) -> None:
        assert vault.read("consumer_key") is None

    def test_each_name_has_its_own_secret(self, vault: SecretVault) -> None:
        for name in NAMES:
            vault.write(name, f"secret of {name}")
        assert [vault.read(name) for name in NAMES] == [f"secret of {name}" for name in NAMES]

    def test_the_last_one_written_counts(self, vault: SecretVault) -> None:
        vault.write("access_token", "first")
        vault.write("access_token", "second")
        assert vault.read("access_token") == "second"

    def test_what_was_forgotten_is_gone_and_the_rest_stays(self, vault: SecretVault) -> None:
        vault.write("access_token", "one")
        vault.write("access_token_secret", "two")
        vault.forget("access_token")
        assert vault.read("access_token") is None
        assert vault.read("access_token_secret") == "two"

    def test_forgetting_what_is_not_there_is_no_error(self, vault: SecretVault) -> None:
        vault.forget("access_token")
        vault.forget("access_token")

    def test_letters_of_every_language_come_back(self, vault: SecretVault) -> None:
        vault.write("account", '{"name": "Éliane 🧡 مرحبا"}')
        assert vault.read("account") == '{"name": "Éliane 🧡 مرحبا"}'
