package dev.slipway.security.token;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key as stored, and the statements on its table. */
record SigningKeyRow(String id, String sealed, Instant createdAt, @Nullable Instant retiredAt) {
  static List<SigningKeyRow> all(Connection on) throws SQLException {
    try (var query =
            on.prepareStatement(
                "select id, sealed, created_at, retired_at from security_signing_key");
        var result = query.executeQuery()) {
      var found = new ArrayList<SigningKeyRow>();
      while (result.next()) {
        var retired = result.getObject("retired_at", OffsetDateTime.class);
        found.add(
            new SigningKeyRow(
                result.getString("id"),
                result.getString("sealed"),
                result.getObject("created_at", OffsetDateTime.class).toInstant(),
                retired == null ? null : retired.toInstant()));
      }
      return found;
    }
  }

  static boolean insert(Connection on, UUID id, String sealed, Instant now) throws SQLException {
    // Does nothing where a rival's key signs already: the index on the one active key sees to it.
    try (var insert =
        on.prepareStatement(
            "insert into security_signing_key (id, sealed, created_at) values (?, ?, ?)"
                + " on conflict do nothing")) {
      insert.setObject(1, id);
      insert.setString(2, sealed);
      insert.setObject(3, now.atOffset(ZoneOffset.UTC));
      return insert.executeUpdate() == 1;
    }
  }

  static boolean retire(Connection on, Instant now, Instant madeBefore) throws SQLException {
    try (var update =
        on.prepareStatement(
            "update security_signing_key set retired_at = ?"
                + " where retired_at is null and created_at < ?")) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setObject(2, madeBefore.atOffset(ZoneOffset.UTC));
      return update.executeUpdate() == 1;
    }
  }

  static void remove(Connection on, Instant retiredBefore) throws SQLException {
    try (var delete =
        on.prepareStatement("delete from security_signing_key where retired_at < ?")) {
      delete.setObject(1, retiredBefore.atOffset(ZoneOffset.UTC));
      delete.executeUpdate();
    }
  }
}
