package dev.slipway.api.rest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.versioning.ProviderType;

/** Marks a resource method that anyone may call, and says why that is right. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ProviderType
public @interface PublicOp {
  /** As in {@link Op#value()}. */
  String value();

  /** Why no user credential is needed, such as "the token in the path is the credential". */
  String reason();

  /** One sentence for the API reference. */
  String summary();

  /** As in {@link Op#status()}. */
  int status() default 200;

  /** As in {@link Op#errors()}. */
  String[] errors() default {};
}
