from tests.registry.admissions.conftest import ring_of_the_worker

__all__ = ["ring_of_the_worker"]
