package dev.slipway.api.rest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Marks a resource method, or a method of a gRPC service, as an operation. Its name is permission,
 * audit action, metric label and OpenAPI operationId in one. A method with neither {@code @Op} nor
 * {@link PublicOp} makes its bundle be refused. Over gRPC the same name stands for the same
 * operation: a service with one marked method needs a mark on each of them, and is then called by
 * signed-in callers only, whom it finds with {@link
 * dev.slipway.api.CurrentOperation#requireCaller}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ProviderType
public @interface Op {
  /** {@code feature.noun.verb} in lower case, words joined by {@code -}; unique on the platform. */
  String value();

  /** Who may call it. */
  Access access();

  /** One sentence for the API reference. */
  String summary();

  /** Status of success where it is neither 200 (a value) nor 204 (void), such as 201 or 202. */
  int status() default 200;

  /** Refusals worth documenting, each {@code "409 slug taken"}. */
  String[] errors() default {};

  /**
   * Whether it is audited although it only reads, because it shows a secret; its service reads in a
   * writing unit of work then.
   */
  boolean audited() default false;

  /**
   * The parameter of the path that names the object which the operation is about, where a
   * credential that is bound to that object may call it: {@code appId} for {@code
   * /api/apps/{appId}/…}. Empty, as for nearly all operations: no bound credential may.
   *
   * @since 1.2
   */
  String bound() default "";
}
