package dev.slipway.apps.store;

import dev.slipway.apps.RegistryCredential;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Credentials of registries of the current scope. */
public final class RegistryCredentialStore {
  private final RegistryCredentialMapper credentials;

  public RegistryCredentialStore(Database database) {
    credentials = database.mapper(RegistryCredentialMapper.class);
  }

  /** All of them in order of host. */
  public List<RegistryCredential> all() {
    return credentials.all();
  }

  /** One that nobody else can change until the unit of work ends. */
  public Optional<RegistryCredential> lock(UUID id) {
    return Optional.ofNullable(credentials.lock(id));
  }

  public void insert(RegistryCredential credential) {
    credentials.insert(credential);
  }

  /** Writes one that was locked in this unit of work; as it is then. */
  public RegistryCredential update(RegistryCredential credential) {
    if (credentials.update(credential) != 1) {
      throw new IllegalStateException("credential " + credential.id() + " was written unlocked");
    }
    return lock(credential.id()).orElseThrow();
  }

  public void used(UUID id, Instant at) {
    credentials.used(id, at);
  }

  public void delete(UUID id) {
    credentials.delete(id);
  }
}
