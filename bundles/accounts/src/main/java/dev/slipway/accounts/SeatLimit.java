package dev.slipway.accounts;

import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says how many members a tenant may have. Registered as a service by the feature that knows the
 * plans; without it nothing is limited.
 */
@ConsumerType
public interface SeatLimit {
  /**
   * Asked inside the platform-wide unit of work that adds an invitation or a member and holds the
   * tenant's lock, so that concurrent ones never exceed it; must answer from the database, quickly,
   * and must not lock a tenant itself.
   *
   * @return members and open invitations that the tenant may have together; 0 = unlimited
   */
  int seats(UUID tenantId);
}
