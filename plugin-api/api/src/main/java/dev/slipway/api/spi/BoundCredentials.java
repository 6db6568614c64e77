package dev.slipway.api.spi;

import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows one kind of credential that is good for one object alone, such as the deploy tokens of an
 * app; the feature that owns the object registers it as a service. The platform asks it for each
 * request that carries such a credential and keeps no answer. A caller with one reaches nothing but
 * the operations that are marked with {@link dev.slipway.api.rest.Op#bound}, as a member of the
 * tenant, and only while whoever made the credential has a seat there.
 *
 * @since 1.2
 */
@ConsumerType
public interface BoundCredentials {
  /**
   * How a raw credential begins: 3 lower-case letters and {@code _}, such as {@code sdt_}; unique
   * on the platform, and not {@code lsk_}.
   */
  String prefix();

  /**
   * What a raw credential is good for. Called outside any unit of work.
   *
   * @param sha256 lower-case hex of the raw credential's SHA-256
   * @return empty where there is none, or it has expired
   */
  Optional<Holder> find(String sha256);

  /**
   * A credential that works.
   *
   * @param id of the credential, which the audit names as the caller
   * @param name what people call it; for logs and audit only
   * @param tenantId where it works
   * @param objectId the only object that it is good for
   * @param madeBy the user who made it, and on whose seat it depends
   */
  record Holder(UUID id, String name, UUID tenantId, UUID objectId, UUID madeBy) {}
}
