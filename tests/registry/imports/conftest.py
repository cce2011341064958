from tests.registry.imports.running import no_process_stays, worker

__all__ = ["no_process_stays", "worker"]
