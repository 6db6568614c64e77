package dev.slipway.store;

import dev.slipway.api.CommonError;
import dev.slipway.data.ConstraintViolation;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** What a database failure means to whoever asked. */
public final class Failures {
  private Failures() {}

  /** The exception to throw in place of this one. */
  public static RuntimeException translate(SQLException failure) {
    var state = Objects.requireNonNullElse(failure.getSQLState(), "");
    return switch (state) {
      case "23505" -> violation(ConstraintViolation.Kind.UNIQUE, failure);
      case "23503" -> violation(ConstraintViolation.Kind.FOREIGN_KEY, failure);
      case "23514" -> violation(ConstraintViolation.Kind.CHECK, failure);
      case "23502" -> violation(ConstraintViolation.Kind.NOT_NULL, failure);
      // Text with a NUL, a number or time out of range, more than an index takes: no column can
      // hold what the client sent.
      case "22021", "22P05", "22001", "22003", "22008", "54000" ->
          CommonError.MALFORMED.of("it holds a value that can not be stored");
      case "40001", "40P01", "55P03" -> busy("The row");
      default -> isUnreachable(failure) ? busy("The database") : new IllegalStateException(failure);
    };
  }

  /** What the driver said, where others have wrapped it; null where it said nothing. */
  public static @Nullable SQLException inside(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  /** Whether it is the database that is away, and not the statement that is wrong. */
  public static boolean isUnreachable(SQLException failure) {
    var state = Objects.requireNonNullElse(failure.getSQLState(), "");
    return failure instanceof SQLTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("53");
  }

  private static RuntimeException busy(String what) {
    return CommonError.UNAVAILABLE.of(what).retryAfter(Duration.ofSeconds(1));
  }

  private static RuntimeException violation(ConstraintViolation.Kind kind, SQLException failure) {
    var server = failure instanceof PSQLException known ? known.getServerErrorMessage() : null;
    var constraint = server == null ? null : server.getConstraint();
    return new ConstraintViolation(kind, Objects.requireNonNullElse(constraint, "unknown"));
  }
}
