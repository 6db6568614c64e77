package dev.slipway.api.service;

import dev.slipway.api.offering.Offering;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of service that tenants launch on their servers: a database, a cache, a ready-made
 * application. It says what is to be run; the platform runs it, and keeps its secrets. What a
 * tenant sets up are the service's own options. Permission {@code offers:service-template}.
 *
 * <p>All methods compute and wait for nothing: they end within two seconds, and give the same for
 * the same arguments, since a service that is repaired or upgraded is described anew.
 *
 * @since 0.1.0
 */
@ConsumerType
public interface ServiceTemplate extends Offering {
  /** What there is to choose from; asked once, when it is registered. */
  ServiceProfile profile();

  /**
   * What is to be run.
   *
   * @throws IllegalArgumentException where the order can not be met, in words for the tenant
   */
  ServicePlan plan(ServiceOrder order);

  /**
   * What others need in order to use the service, by the names of {@link ServiceProfile#outputs()}.
   *
   * @param where how the main container is reached
   */
  Map<String, String> outputs(ServiceOrder order, ServiceAddress where);
}
