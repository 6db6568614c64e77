package dev.slipway.fleet.store.server;

import dev.slipway.data.Database;
import dev.slipway.fleet.ServerRight;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Rights of users on servers; every call needs a unit of work. */
@Component(service = GrantStore.class)
public final class GrantStore {
  private final GrantMapper mapper;

  @Activate
  public GrantStore(@Reference Database database) {
    mapper = database.mapper(GrantMapper.class);
  }

  /** All on a server, the oldest first. */
  public List<GrantRow> onServer(UUID server) {
    return mapper.onServer(server);
  }

  /** All of a user in the tenant. */
  public List<GrantRow> ofUser(UUID user) {
    return mapper.ofUser(user);
  }

  public Optional<ServerRight> role(UUID server, UUID user) {
    return Optional.ofNullable(mapper.role(server, user));
  }

  /** Grants, or changes what was granted; returns what stands. */
  public GrantRow put(GrantRow grant) {
    return mapper.put(grant);
  }

  /** False where there was none. */
  public boolean remove(UUID server, UUID user) {
    return mapper.remove(server, user) == 1;
  }
}
