package dev.slipway.testkit;

import dev.slipway.store.Store;
import dev.slipway.store.migrate.Changelog;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The database of which platforms under test get copies. It has the tables of all features that the
 * platforms before asked for, and no rows but those of their changelogs: these run twice in a JVM,
 * however many platforms it starts.
 */
final class Template {
  private static final String NAME = "test_template";

  /** Those of all copies: what is granted in the template is granted to its roles. */
  private static final String ROLES = "test";

  private static final Map<String, Changelog> ASKED_FOR = new LinkedHashMap<>();
  private static int present;

  private Template() {}

  /** Opens a database of its own for a platform. */
  static synchronized Store copy() {
    if (ASKED_FOR.isEmpty()) {
      return Postgres.open(Postgres.fresh().url(), ROLES);
    }
    if (present < ASKED_FOR.size()) {
      complete();
    }
    return Postgres.open(Postgres.copy(NAME).url(), ROLES);
  }

  /** A feature whose tables the copies have from now on. */
  static synchronized void add(Changelog changelog) {
    ASKED_FOR.putIfAbsent(changelog.place(), changelog);
  }

  private static void complete() {
    if (present == 0) {
      Postgres.create(NAME, "");
    }
    try (var store = Postgres.open(Postgres.url(NAME), ROLES)) {
      ASKED_FOR.values().forEach(store::database);
    }
    present = ASKED_FOR.size();
  }
}
