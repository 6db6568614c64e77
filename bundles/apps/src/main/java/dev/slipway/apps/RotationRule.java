package dev.slipway.apps;

import dev.slipway.apps.TemplateVariable.Generator;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When a secret needs a new value, and where that comes from.
 *
 * @param id the variable's
 * @param generate what makes the new value; {@code NONE} where somebody must give it
 * @param intervalDays 1 to 3650; null where a new value has no end by itself
 * @param dueAt when the present value ends; null where it has no end
 * @param redeploy whether what runs with the old value is deployed again with the new one
 * @param toldFor the {@code dueAt} for which it was said that a value must be given
 * @param setBy null where an API key set it
 */
public record RotationRule(
    UUID id,
    UUID tenantId,
    Generator generate,
    @Nullable Integer intervalDays,
    @Nullable Instant dueAt,
    boolean redeploy,
    @Nullable Instant toldFor,
    @Nullable Instant rotatedAt,
    @Nullable UUID setBy,
    String setByName,
    Instant createdAt,
    Instant updatedAt) {

  /** How long before the end of a value somebody is asked for the next one. */
  public static final Duration NOTICE = Duration.ofDays(7);

  /** Where a secret stands. */
  public enum Status {
    /** The value has no end. */
    UNSCHEDULED,
    SCHEDULED,
    /** It ends within {@link #NOTICE}, and somebody must give the next value. */
    DUE,
    OVERDUE
  }

  /** Whether nobody has to give a new value. */
  public boolean generates() {
    return generate != Generator.NONE;
  }

  /** Where the secret stands. */
  public Status status(Instant now) {
    if (dueAt == null) {
      return Status.UNSCHEDULED;
    }
    if (!now.isBefore(dueAt)) {
      return Status.OVERDUE;
    }
    return !generates() && !now.isBefore(dueAt.minus(NOTICE)) ? Status.DUE : Status.SCHEDULED;
  }

  /** It was said that somebody must give the next value. */
  public RotationRule told(Instant now) {
    return new RotationRule(
        id,
        tenantId,
        generate,
        intervalDays,
        dueAt,
        redeploy,
        dueAt,
        rotatedAt,
        setBy,
        setByName,
        createdAt,
        now);
  }
}
