package dev.slipway.api.rest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Caps how often one remote address may call an operation; over it the answer is 429 with {@code
 * Retry-After}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ProviderType
public @interface RateLimit {
  /** Calls per window, at least 1. */
  int calls();

  /** Length of the window in seconds. */
  long seconds();
}
