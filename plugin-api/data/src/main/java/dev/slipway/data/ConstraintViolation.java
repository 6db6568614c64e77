package dev.slipway.data;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The database refused a change because of a constraint; features turn it into an error of their
 * own.
 */
@ProviderType
public final class ConstraintViolation extends RuntimeException {
  private final Kind kind;
  private final String constraint;

  /** Made by the store alone. */
  public ConstraintViolation(Kind kind, String constraint) {
    super(kind + " violated: " + constraint);
    this.kind = kind;
    this.constraint = constraint;
  }

  /** Which sort of constraint. */
  public Kind kind() {
    return kind;
  }

  /** Its name in the database. */
  public String constraint() {
    return constraint;
  }

  /** Sorts of constraints. */
  public enum Kind {
    UNIQUE,
    FOREIGN_KEY,
    CHECK,
    NOT_NULL
  }
}
