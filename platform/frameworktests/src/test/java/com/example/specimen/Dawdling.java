package com.example.specimen;

import dev.slipway.api.spi.ConfigVariable;
import dev.slipway.api.spi.Integration;
import dev.slipway.api.spi.SettingsListener;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Keeps whoever asks it waiting, and says on which thread. */
public final class Dawdling implements Integration, ConfigVariable, SettingsListener {
  @Override
  public String name() {
    return "dawdling.thing";
  }

  @Override
  public Check check() {
    try {
      new CountDownLatch(1).await();
      return new Check(Status.HEALTHY, null);
    } catch (InterruptedException late) {
      throw new IllegalStateException(late);
    }
  }

  @Override
  public String initial() {
    return Thread.currentThread().getName();
  }

  @Override
  public String description() {
    return "On whose thread it was asked for";
  }

  @Override
  public void changed(Map<String, @Nullable Object> settings) {
    throw new IllegalStateException("on " + Thread.currentThread().getName());
  }
}
