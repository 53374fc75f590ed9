import pytest
from django.test import Client


@pytest.fixture
def client_of():
    def signed_in(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in
