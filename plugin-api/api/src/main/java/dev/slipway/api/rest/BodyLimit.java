package dev.slipway.api.rest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.versioning.ProviderType;

/** Lifts or lowers the limit of a request body, which is 1 MiB where nothing else is said. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ProviderType
public @interface BodyLimit {
  /** Most bytes; a larger body is refused with 413. */
  long value();
}
