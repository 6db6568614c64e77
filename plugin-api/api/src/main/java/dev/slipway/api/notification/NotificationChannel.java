package dev.slipway.api.notification;

import dev.slipway.api.offering.Offering;
import dev.slipway.api.offering.RemoteFailure;
import dev.slipway.api.offering.Setup;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way in which notifications reach people: of alerts, incidents, deployments and whatever else is
 * told. Permission {@code offers:notification-channel}.
 *
 * @since 0.1.0
 */
@ConsumerType
public interface NotificationChannel extends Offering {
  /**
   * Hands one notification to the other side, within 30 seconds. What was handed over before a
   * crash may come again; {@link Notification#id()} tells.
   *
   * @return that the other side has it
   * @throws RemoteFailure where it has not; a {@linkplain RemoteFailure#passing passing} one is
   *     tried again later
   * @throws InterruptedException where it took too long
   */
  Receipt send(Notification notification, Setup setup) throws RemoteFailure, InterruptedException;

  /**
   * The other side has taken it.
   *
   * @param status status of its HTTP answer; 0 where it speaks something else
   */
  record Receipt(int status) {}
}
