package dev.slipway.security.audit;

import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.security.audit.AuditMapper.Seal;
import java.time.Duration;
import java.util.ArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Adds new entries of the audit to the chain. */
@Component(service = Job.class)
public final class Sealer implements Job {
  private static final Scope SCOPE = Scope.platform("the audit is one chain over all tenants");
  private static final int BATCH = 1_000;

  /** An entry has the time at which its transaction began, and none lasts longer. */
  private static final Duration LONGEST_TRANSACTION = Duration.ofHours(1);

  private final Database database;
  private final AuditMapper mapper;

  /** Made by the component runtime. */
  @Activate
  public Sealer(@Reference Database database) {
    this.database = database;
    mapper = database.mapper(AuditMapper.class);
  }

  @Override
  public String name() {
    return "security.audit-seal";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void run() {
    var more = true;
    while (more) {
      more = database.write(SCOPE, this::seal) == BATCH;
    }
  }

  private int seal() {
    mapper.gate();
    var last = mapper.last();
    var since = last == null || last.at() == null ? null : last.at().minus(LONGEST_TRANSACTION);
    var fresh = mapper.unsealed(since, BATCH);
    if (fresh.isEmpty()) {
      return 0;
    }
    var hash = last == null ? Chain.START : last.hash();
    var position = last == null ? 0 : last.position();
    var seals = new ArrayList<Seal>();
    for (var entry : fresh) {
      hash = Chain.next(hash, entry.text());
      seals.add(new Seal(++position, entry.id(), hash, entry.at()));
    }
    mapper.seal(seals);
    return fresh.size();
  }
}
