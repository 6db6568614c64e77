package com.example.specimen;

import dev.slipway.api.notification.Notification;
import dev.slipway.api.notification.NotificationChannel;
import dev.slipway.api.offering.Setup;

/** A channel to nowhere; its key is that of another one. */
public class Channel implements NotificationChannel {
  @Override
  public String key() {
    return "ntfy";
  }

  @Override
  public String name() {
    return "Nowhere";
  }

  @Override
  public String description() {
    return "Tells nobody";
  }

  @Override
  public Receipt send(Notification notification, Setup setup) throws InterruptedException {
    throw new StackOverflowError("on purpose");
  }
}
