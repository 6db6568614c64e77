package dev.slipway.security.audit;

import dev.slipway.api.Scope;
import dev.slipway.api.security.AuditLog;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The audit log for operators. */
@Component
public final class SealedAudit implements AuditLog {
  private static final Scope SCOPE = Scope.platform("operators read the audit of all tenants");
  private static final int BATCH = 1_000;

  private final Database database;
  private final AuditMapper mapper;

  /** Made by the component runtime. */
  @Activate
  public SealedAudit(@Reference Database database) {
    this.database = database;
    mapper = database.mapper(AuditMapper.class);
  }

  @Override
  public List<Entry> page(Filter filter, @Nullable UUID before, int limit) {
    return database.read(SCOPE, () -> mapper.page(filter, before, Math.min(limit, MOST)));
  }

  @Override
  public void export(Instant from, Instant to, Consumer<Entry> each) {
    Entry last = null;
    List<Entry> batch;
    do {
      var at = last == null ? null : last.at();
      var id = last == null ? null : last.id();
      batch = database.read(SCOPE, () -> mapper.between(from, to, at, id, BATCH));
      batch.forEach(each);
      last = batch.isEmpty() ? null : batch.getLast();
    } while (batch.size() == BATCH);
  }

  @Override
  public Verdict verify() {
    var hash = Chain.START;
    var sealed = 0L;
    var batch = after(0);
    while (!batch.isEmpty()) {
      for (var each : batch) {
        var text = each.text();
        var expected = text == null ? null : Chain.next(hash, text);
        if (each.position() != sealed + 1 || !each.hash().equals(expected)) {
          return new Verdict(sealed, each.auditId());
        }
        hash = each.hash();
        sealed++;
      }
      batch = after(sealed);
    }
    return new Verdict(sealed, null);
  }

  private List<AuditMapper.Sealed> after(long position) {
    return database.read(SCOPE, () -> mapper.sealed(position, BATCH));
  }
}
