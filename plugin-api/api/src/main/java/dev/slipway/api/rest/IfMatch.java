package dev.slipway.api.rest;

import dev.slipway.api.CommonError;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The version that a client's edit is based on. A resource method that declares a parameter of this
 * type annotated with {@code @Context} receives the {@code If-Match} header, already parsed.
 *
 * @param version null where the client sent none, or {@code *}
 */
@ProviderType
public record IfMatch(@Nullable Long version) {
  /** Refuses with 412 where the client has seen another version than the current one. */
  public void check(String noun, long current) {
    if (version != null && version != current) {
      throw CommonError.STALE.of(noun);
    }
  }
}
