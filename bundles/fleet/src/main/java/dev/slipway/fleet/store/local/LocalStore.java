package dev.slipway.fleet.store.local;

import dev.slipway.data.Database;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What the platform remembers of servers that it starts itself; every call needs a platform-wide
 * unit of work.
 */
@Component(service = LocalStore.class)
public final class LocalStore {
  private final LocalMapper mapper;

  @Activate
  public LocalStore(@Reference Database database) {
    mapper = database.mapper(LocalMapper.class);
  }

  /** The server that a node is. */
  public record Local(UUID tenantId, UUID serverId) {}

  public Optional<UUID> root() {
    return Optional.ofNullable(mapper.root());
  }

  public void setRoot(UUID tenantId) {
    mapper.setRoot(tenantId);
  }

  public Optional<Local> local(UUID node) {
    return Optional.ofNullable(mapper.local(node));
  }

  public void setLocal(UUID node, Local local) {
    mapper.setLocal(node, local.tenantId(), local.serverId());
  }

  /** The key that agents' programs are signed with, the private half sealed. */
  public record UpdateKeys(String publicKey, String sealed) {}

  /** The key of agents' programs; the one offered where there is none yet. */
  public UpdateKeys updateKey(UpdateKeys offered) {
    mapper.addUpdateKey(offered);
    return mapper.updateKey();
  }

  /** The sealed key of install tokens; the one offered where there is none yet. */
  public String signingKey(String offered) {
    mapper.addSigningKey(offered);
    return mapper.signingKey();
  }
}
