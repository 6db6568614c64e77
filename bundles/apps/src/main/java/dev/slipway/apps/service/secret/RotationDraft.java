package dev.slipway.apps.service.secret;

import dev.slipway.apps.TemplateVariable.Generator;
import dev.slipway.apps.service.Faults;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When a secret is to get new values, as its user wants it.
 *
 * @param generate what makes them; null = what the template says, else somebody gives them
 * @param templateId a template whose variable of the same key says what makes them
 * @param intervalDays how long a value is good for
 * @param expiresAt when the present value ends; null = an interval from now
 */
public record RotationDraft(
    @Nullable Generator generate,
    @Nullable UUID templateId,
    @Nullable Integer intervalDays,
    @Nullable Instant expiresAt,
    boolean redeploy) {

  public RotationDraft {
    // As exactly as it is kept, so that what is answered is what is read later.
    expiresAt = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
  }

  void check(Instant now) {
    new Faults()
        .add(
            "interval_days",
            intervalDays == null && expiresAt == null ? "or expires_at must be given" : null)
        .add("expires_at", expiresAt != null && !expiresAt.isAfter(now) ? "must lie ahead" : null)
        .raise();
  }
}
