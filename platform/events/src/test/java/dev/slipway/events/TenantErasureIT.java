package dev.slipway.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantErasureIT {
  private static final String[] TABLES = {
    "create table left_parent (id uuid primary key, tenant_id uuid not null)",
    "create table left_a_child (id uuid primary key, tenant_id uuid not null,"
        + " parent uuid references left_parent (id), sibling uuid references left_a_child (id))",
    "create table left_kept (id uuid primary key, tenant_id uuid not null)",
    "create table left_ledger (id uuid primary key, tenant_id uuid not null)",
    "do $$ begin"
        + " perform slipway_tenant_table(t) from"
        + " unnest(array['left_parent', 'left_a_child', 'left_kept', 'left_ledger']) t;"
        + " perform slipway_keep_table('left_kept', 'it''s for the test');"
        + " execute format('revoke delete on left_ledger from %I, %I',"
        + " slipway_tenant_role(), slipway_platform_role()); end $$"
  };

  @TempDir Path folder;
  TestLog log;
  TenantErasure erasure;

  final UUID gone = Ids.next();
  final UUID other = Ids.next();

  @BeforeEach
  void open() throws Exception {
    log = new TestLog(folder);
    erasure = new TenantErasure(log.database, log.events);
    for (var statement : TABLES) {
      log.update(statement);
    }
    for (var tenant : List.of(gone, other)) {
      var parent = Ids.next();
      var first = Ids.next();
      log.update("insert into left_parent values (?, ?)", parent, tenant);
      log.update("insert into left_a_child values (?, ?, ?)", first, tenant, parent);
      log.update("insert into left_a_child values (?, ?, ?, ?)", Ids.next(), tenant, parent, first);
      log.update("insert into left_kept values (?, ?)", Ids.next(), tenant);
      log.update("insert into left_ledger values (?, ?)", Ids.next(), tenant);
    }
  }

  @AfterEach
  void close() throws Exception {
    log.close();
  }

  /** How many rows each table has of a tenant. */
  List<String> rows(UUID tenant) {
    return Stream.of("left_parent", "left_a_child", "left_kept", "left_ledger")
        .map(table -> log.query("select count(*) from " + table + " where tenant_id = ?", tenant))
        .toList();
  }

  @Test
  void aDayLaterAllGoesThatHasNoReasonToStay() {
    var now = Instant.now();
    var event =
        new StoredEvent(Ids.next(), "1", "accounts.tenant.deleted", null, gone, now, Map.of());
    assertThat(erasure.filter().matches(event.type())).isTrue();
    erasure.on(event);
    erasure.on(event);
    erasure.run(now.plus(TenantErasure.GRACE).minus(Duration.ofMinutes(1)));
    assertThat(rows(gone)).containsExactly("1", "2", "1", "1");
    erasure.run(now.plus(TenantErasure.GRACE).plusSeconds(1));
    assertThat(rows(gone)).containsExactly("0", "0", "1", "1");
    assertThat(rows(other)).containsExactly("1", "2", "1", "1");
    assertThat(log.query("select count(*) from events_gone_tenant")).isEqualTo("0");
    var erased = log.all(EventFilter.types("events.tenant.erased"));
    assertThat(erased).extracting(StoredEvent::subjectId).containsExactly(gone);
  }
}
