package dev.slipway.fleet.store.removal;

import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Leftovers on servers; every call needs a unit of work. */
@Component(service = OrphanStore.class)
public final class OrphanStore {
  private final OrphanMapper mapper;

  @Activate
  public OrphanStore(@Reference Database database) {
    mapper = database.mapper(OrphanMapper.class);
  }

  /** All of a server, the oldest first. */
  public List<OrphanRow> ofServer(UUID server) {
    return mapper.ofServer(server);
  }

  /** Adds those that are not known yet; returns how many. */
  public int add(List<OrphanRow> orphans) {
    return orphans.isEmpty() ? 0 : mapper.addAll(orphans);
  }

  /** What was given up may be added anew. */
  public void forgetFailed(UUID server, OrphanRow.Kind kind, String name) {
    mapper.forgetFailed(server, kind, name);
  }

  /** Those whose turn it is on servers that are online. */
  public List<OrphanRow> due(Instant now, int limit) {
    return mapper.due(now, limit);
  }

  /** What an earlier server of this machine left becomes the new one's. */
  public void adopt(String machine, UUID server) {
    mapper.adopt(machine, server, Instant.now());
  }

  /** A command removes it now. */
  public void sweeping(UUID id, UUID command) {
    mapper.sweeping(id, command);
  }

  public Optional<OrphanRow> byCommand(UUID command) {
    return Optional.ofNullable(mapper.byCommand(command));
  }

  /** It is still there; null for the next time leaves it to an operator. */
  public void again(UUID id, String error, @Nullable Instant next) {
    var status = next == null ? OrphanRow.Status.FAILED : OrphanRow.Status.PENDING;
    mapper.again(id, status, error, next);
  }

  /** False where the server has none with this id. */
  public boolean forget(UUID server, UUID id) {
    return mapper.forget(server, id) == 1;
  }
}
